// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/topheader.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype NarrowestTitle = 9;

QString kibibytes(Counter bytes)
{
    return bytes.isKnown() ? QString::number(bytes.value() / 1024) + u'K' : unknownText();
}

/// "Label:" and the value, right-aligned so that the cell is `width` wide.
QString headerCell(const QString &label, const QString &value, qsizetype width)
{
    return label + u':' + value.rightJustified(width - label.size() - 1);
}

} // namespace

std::vector<TopLine> topHeader(const Frame &frame, bool changes, int width)
{
    using F = SystemField;
    constexpr std::array<std::array<F, 5>, 2> Fields{{
        {F::MemTotal, F::MemAvailable, F::PageFaults, F::KernelResident, F::PagedResident},
        {F::Commit, F::CommitLimit, F::CommitPeak, F::PoolNonpaged, F::PoolPaged},
    }};
    const SystemReading &system = frame.sample->system;
    const auto value = [&](F field) {
        if (field == F::PageFaults) {
            const Counter faults = changes ? frame.systemChange[field] : system[field];
            return faults.isKnown() ? QString::number(faults.value()) : unknownText();
        }
        return kibibytes(system[field]);
    };
    // PoolMon's two pool fields are "InRam Krnl: … P: …" and "Pool N: … P: …".
    const auto label = [](F field) {
        return field == F::PagedResident || field == F::PoolPaged ? u"P"_s
                                                                  : systemFieldInfo(field).title.toString();
    };

    std::array<QString, 2> lines;
    for (size_t column = 0; column < Fields[0].size(); ++column) {
        qsizetype cell = 0;
        for (const auto &row : Fields)
            cell = std::max(cell, label(row[column]).size() + 1 + value(row[column]).size());
        for (size_t i = 0; i < lines.size(); ++i)
            lines[i] += u' ' + headerCell(label(Fields[i][column]), value(Fields[i][column]), cell);
    }
    std::vector<TopLine> out;
    out.reserve(lines.size());
    for (const QString &text : lines)
        out.push_back({width > 0 ? text.left(width) : text, TopLineKind::Header});
    return out;
}

TopLine topCaption(
    const Frame &frame, const TopAnswer &answer, const TopQuery &query, const QString &sourceTitle, int width)
{
    const QDateTime local = toDateTime(frame.sample->wall);
    QString facts = u"  "_s + local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate) + u"  "_s;
    if (answer.all.tags != answer.tagsInSample)
        facts += QString::number(answer.all.tags) + u" of "_s;
    facts += QString::number(answer.tagsInSample) + u" tags"_s;
    if (query.type)
        facts += u", "_s + QString::fromLatin1(poolTypeWord(*query.type)) + u" only"_s;
    facts += u", sorted by "_s + topKeyInfo(query.sort).title;
    if (query.byChange)
        facts += u" (change)"_s;

    QString title = printable(sourceTitle);
    const qsizetype room = std::max<qsizetype>(NarrowestTitle, width - 1 - facts.size());
    if (width > 0 && title.size() > room)
        title = title.first((room - 1) / 2) + u'…' + title.last(room / 2);
    return {u' ' + title + facts, TopLineKind::Header};
}

} // namespace poolscope
