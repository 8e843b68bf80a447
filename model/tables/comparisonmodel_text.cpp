// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/comparisonmodel.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"

#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

double hours(std::chrono::nanoseconds elapsed)
{
    return std::chrono::duration<double, std::ratio<3600>>(elapsed).count();
}

std::optional<double> perHourOf(Counter change, std::chrono::nanoseconds elapsed)
{
    if (!change.isKnown() || elapsed.count() == 0)
        return std::nullopt;
    return static_cast<double>(change.value()) / hours(elapsed);
}

Counter rounded(double value)
{
    return std::abs(value) < 9e18 ? Counter(std::llround(value)) : Counter();
}

} // namespace

QString ComparisonModel::textOf(const ComparisonRow &row, int column, NumberStyle style) const
{
    const bool bytes = m_metric == Metric::Bytes;
    const auto signedText = [&](Counter value) {
        return bytes ? signedBytesText(value, style) : signedGroupedText(value);
    };
    switch (fieldOf(column)) {
    case Field::Tag:
        return escapedTag(row.tag.bytes);
    case Field::Type:
        return poolTypeTitle(row.tag.type, row.kind);
    case Field::Value:
        return bytes ? bytesText(valueOf(row, column), style) : groupedText(valueOf(row, column));
    case Field::Change:
        return signedText(changeOf(row));
    case Field::PerHour: {
        const auto perHour = perHourOf(changeOf(row), m_comparison->elapsed);
        return signedText(perHour ? rounded(*perHour) : Counter());
    }
    case Field::Share:
        return row.shareOfGrowth ? QString(QString::number(*row.shareOfGrowth * 100, 'f', 1) + u" %"_s)
                                 : unknownText();
    case Field::Remark: {
        QStringList words;
        if (row.roseEveryStep && m_comparison->columns.size() > 2)
            words += tr("rose in every step");
        else if (row.roseEveryStep)
            words += tr("rose");
        if (row.status == ComparisonStatus::New)
            words += tr("new");
        if (row.status == ComparisonStatus::Gone)
            words += tr("gone");
        return words.join(u", "_s);
    }
    }
    return {};
}

QString ComparisonModel::toolTipOf(const ComparisonRow &row, int column) const
{
    switch (fieldOf(column)) {
    case Field::Tag:
        return row.driver.isEmpty()
            ? escapedTag(row.tag.bytes)
            : QString(escapedTag(row.tag.bytes) + u'\n' + QString::fromUtf8(row.driver));
    case Field::Value:
        return valueOf(row, column).isKnown() ? textOf(row, column, NumberStyle::Grouped)
                                              : tr("Not there, or the source does not say");
    case Field::Change:
    case Field::PerHour:
        return textOf(row, column, NumberStyle::Grouped);
    case Field::Share:
        return tr("Part in the sum of all bytes that tags grew by");
    case Field::Type:
    case Field::Remark:
        return {};
    }
    return {};
}

QString ComparisonModel::plainText(int row, int column) const
{
    return textOf(rowAt(row), column, NumberStyle::Grouped);
}

QString ComparisonModel::headerText(int section) const
{
    switch (fieldOf(section)) {
    case Field::Tag:
        return tr("Tag");
    case Field::Type:
        return tr("Type");
    case Field::Value:
        return m_comparison->columns[snapshotOf(section)].label.simplified();
    case Field::Change:
        return tr("Change");
    case Field::PerHour:
        return tr("Change/h");
    case Field::Share:
        return tr("Share");
    case Field::Remark:
        return tr("Remark");
    }
    return {};
}

QString ComparisonModel::headerToolTip(int section) const
{
    const QString what = m_metric == Metric::Bytes ? tr("Bytes") : tr("Outstanding objects");
    switch (fieldOf(section)) {
    case Field::Tag:
        return tr("What the memory is booked under");
    case Field::Type:
        return tr("Pool type");
    case Field::Value: {
        const Comparison::Column &column = m_comparison->columns[snapshotOf(section)];
        return tr("%1 in the snapshot \"%2\" of %3")
            .arg(
                what, column.label, QLocale::c().toString(toDateTime(column.wall), u"yyyy-MM-dd HH:mm:ss"_s));
    }
    case Field::Change:
        return tr("%1: last snapshot minus first").arg(what);
    case Field::PerHour:
        return tr("%1: change over the time between first and last").arg(what);
    case Field::Share:
        return tr("Share of all growth in bytes");
    case Field::Remark:
        return tr("Rose from every snapshot to the next; new; gone");
    }
    return {};
}

} // namespace poolscope
