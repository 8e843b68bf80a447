// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/testtablemodel.h"

#include "model/core/tagtext.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ColumnText
{
    const char *title;
    const char *toolTip;
};

constexpr ColumnText Columns[] = {
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Tag"),
        QT_TRANSLATE_NOOP("poolscope::TestTableModel", "What the memory is booked under")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Grew by"),
        QT_TRANSLATE_NOOP("poolscope::TestTableModel",
            "Bytes held at the stop, or now while the test runs, minus those at the start")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Freed"),
        QT_TRANSLATE_NOOP(
            "poolscope::TestTableModel", "Bytes given back since the stop; below 0: it went on growing")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Share freed"),
        QT_TRANSLATE_NOOP("poolscope::TestTableModel",
            "What was freed since the stop, of what it grew by: a leak has 0 %")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Now"),
        QT_TRANSLATE_NOOP("poolscope::TestTableModel",
            "Whether the bytes rise, stay or fall at the moment; “–” while that cannot be told from chance")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Objects"),
        QT_TRANSLATE_NOOP(
            "poolscope::TestTableModel", "Outstanding allocations that it grew by until the stop, or now")},
    {QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Type"),
        QT_TRANSLATE_NOOP("poolscope::TestTableModel", "Pool type")},
};
static_assert(std::size(Columns) == TestTableModel::ColumnCount);

std::optional<double> numberOf(const TestRow &row, int column)
{
    const auto known = [](Counter value) {
        return value.isKnown() ? std::optional(static_cast<double>(value.value())) : std::nullopt;
    };
    switch (column) {
    case TestTableModel::GrewBy:
        return known(row.grewBy);
    case TestTableModel::Objects:
        return known(row.outstandingGrewBy);
    case TestTableModel::Freed:
        return known(row.freed);
    case TestTableModel::ShareFreed:
        return row.shareFreed;
    case TestTableModel::Course:
        // Falling, flat, rising.
        return row.course == TestCourse::Unknown ? std::nullopt
                                                 : std::optional(-static_cast<double>(row.course));
    default:
        return std::nullopt;
    }
}

bool isText(int column)
{
    return column == TestTableModel::TagColumn || column == TestTableModel::TypeColumn;
}

bool isNumber(int column)
{
    return !isText(column) && column != TestTableModel::Course;
}

/// Unknown last in both directions; what is equal by name.
bool comesBefore(const TestRow &a, const TestRow &b, int column, Qt::SortOrder order)
{
    const bool rises = order == Qt::AscendingOrder;
    if (column == TestTableModel::TypeColumn && a.tag.type != b.tag.type)
        return rises ? a.tag.type < b.tag.type : b.tag.type < a.tag.type;
    if (column == TestTableModel::TagColumn && a.tag.bytes != b.tag.bytes)
        return rises ? a.tag.bytes < b.tag.bytes : b.tag.bytes < a.tag.bytes;
    const auto x = numberOf(a, column);
    const auto y = numberOf(b, column);
    if (x.has_value() != y.has_value())
        return x.has_value();
    if (x && *x != *y)
        return rises ? *x < *y : *y < *x;
    return a.tag.bytes != b.tag.bytes ? a.tag.bytes < b.tag.bytes : a.tag.type < b.tag.type;
}

} // namespace

QString testCourseText(TestCourse course)
{
    switch (course) {
    case TestCourse::Unknown:
        return unknownText();
    case TestCourse::Rising:
        return TestTableModel::tr("still rising");
    case TestCourse::Flat:
        return TestTableModel::tr("flat");
    case TestCourse::Falling:
        return TestTableModel::tr("falling");
    }
    return {};
}

TestTableModel::TestTableModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void TestTableModel::setResult(const TestResult &result)
{
    m_kind = result.kind;
    removeMissing(result);
    takeRows(result);
    sortRows();
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void TestTableModel::removeMissing(const TestResult &result)
{
    QSet<Tag> stay;
    stay.reserve(static_cast<qsizetype>(result.rows.size()));
    for (const TestRow &row : result.rows)
        stay.insert(row.tag);
    if (std::ranges::none_of(m_rows, [&](const TestRow &row) { return stay.contains(row.tag); })) {
        beginResetModel();
        m_rows.clear();
        endResetModel();
        return;
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (stay.contains(rowAt(row).tag))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
}

void TestTableModel::takeRows(const TestResult &result)
{
    QHash<Tag, size_t> places;
    places.reserve(static_cast<qsizetype>(m_rows.size()));
    for (size_t i = 0; i < m_rows.size(); ++i)
        places.insert(m_rows[i].tag, i);
    std::vector<TestRow> added;
    for (const TestRow &row : result.rows) {
        if (const auto place = places.constFind(row.tag); place != places.constEnd())
            m_rows[*place] = row;
        else
            added.push_back(row);
    }
    if (added.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(added.size()) - 1);
    m_rows.insert(m_rows.end(), added.begin(), added.end());
    endInsertRows();
}

void TestTableModel::sortRows()
{
    const auto before = [this](const TestRow &a, const TestRow &b) {
        return comesBefore(a, b, m_sortColumn, m_sortOrder);
    };
    if (std::ranges::is_sorted(m_rows, before))
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList old = persistentIndexList();
    std::vector<Tag> tags;
    for (const QModelIndex &index : old)
        tags.push_back(rowAt(index.row()).tag);
    std::ranges::stable_sort(m_rows, before);
    QHash<Tag, int> places;
    if (!old.isEmpty()) {
        for (int row = 0; row < rowCount(); ++row)
            places.insert(rowAt(row).tag, row);
    }
    QModelIndexList now;
    for (qsizetype i = 0; i < old.size(); ++i)
        now << index(places.value(tags[static_cast<size_t>(i)]), old[i].column());
    changePersistentIndexList(old, now);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

void TestTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= ColumnCount)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    sortRows();
}

void TestTableModel::setNumberStyle(NumberStyle style)
{
    m_style = style;
    if (!m_rows.empty())
        emit dataChanged(index(0, GrewBy), index(rowCount() - 1, Freed), {Qt::DisplayRole});
}

int TestTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TestTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TestTableModel::textOf(const TestRow &row, int column, NumberStyle style) const
{
    switch (column) {
    case TagColumn:
        return escapedTag(row.tag.bytes);
    case TypeColumn:
        return poolTypeTitle(row.tag.type, m_kind);
    case GrewBy:
        return signedBytesText(row.grewBy, style);
    case Objects:
        return signedGroupedText(row.outstandingGrewBy);
    case Freed:
        return bytesText(row.freed, style);
    case ShareFreed:
        return row.shareFreed ? QString(QString::number(*row.shareFreed * 100, 'f', 1) + u" %"_s)
                              : unknownText();
    case Course:
        return testCourseText(row.course);
    default:
        return {};
    }
}

QString TestTableModel::toolTipOf(const TestRow &row, int column) const
{
    if (column != TagColumn)
        return textOf(row, column, NumberStyle::Grouped);
    QStringList lines{escapedTag(row.tag.bytes)};
    if (!row.driver.isEmpty())
        lines << driverText(row.driver);
    if (row.isNew)
        lines << tr("Came after the start of the test");
    if (row.isGone)
        lines << tr("Not in the newest sample: holds nothing now");
    return lines.join(u'\n');
}

QString TestTableModel::plainText(int row, int column) const
{
    return textOf(rowAt(row), column, NumberStyle::Grouped);
}

QVariant TestTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TestRow &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, index.column(), m_style);
    case Qt::ToolTipRole:
        return toolTipOf(row, index.column());
    case Qt::TextAlignmentRole:
        return static_cast<int>(
            (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ChangeRole: {
        const auto number = isNumber(index.column()) ? numberOf(row, index.column()) : std::nullopt;
        return number ? QVariant(*number) : QVariant();
    }
    case CourseRole:
        return index.column() == Course ? QVariant(static_cast<int>(row.course)) : QVariant();
    default:
        return {};
    }
}

QVariant TestTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(Columns[section].title);
    if (role == Qt::ToolTipRole)
        return tr(Columns[section].toolTip);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace poolscope
