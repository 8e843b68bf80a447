// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/snapshotlistmodel.h"

#include "model/core/duration.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// -1, 0 or 1; unknown is before every number.
int compareCounters(Counter a, Counter b)
{
    if (a.isKnown() != b.isKnown())
        return a.isKnown() ? 1 : -1;
    return a.value() < b.value() ? -1 : (a.value() > b.value() ? 1 : 0);
}

int compareTexts(const QString &a, const QString &b)
{
    return QString::compare(a, b, Qt::CaseInsensitive);
}

int compareIn(const SnapshotMeta &a, const SnapshotMeta &b, int column)
{
    switch (column) {
    case SnapshotListModel::Label:
        return compareTexts(a.label, b.label);
    case SnapshotListModel::Nonpaged:
        return compareCounters(a.system[SystemField::PoolNonpaged], b.system[SystemField::PoolNonpaged]);
    case SnapshotListModel::Paged:
        return compareCounters(a.system[SystemField::PoolPaged], b.system[SystemField::PoolPaged]);
    case SnapshotListModel::Tags:
        return compareCounters(Counter(a.tagCount), Counter(b.tagCount));
    case SnapshotListModel::Machine:
        return compareTexts(a.origin->host, b.origin->host);
    case SnapshotListModel::Note:
        return compareTexts(a.note, b.note);
    default:
        return a.wall < b.wall ? -1 : (a.wall > b.wall ? 1 : 0);
    }
}

QString dateTimeText(WallTime wall)
{
    return QLocale::c().toString(toDateTime(wall), u"yyyy-MM-dd HH:mm:ss"_s);
}

} // namespace

SnapshotListModel::SnapshotListModel(SnapshotStore *store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
{
    connect(store, &SnapshotStore::loaded, this, &SnapshotListModel::rebuild);
    connect(store, &SnapshotStore::added, this, &SnapshotListModel::addRow);
    connect(store, &SnapshotStore::changed, this, &SnapshotListModel::changeRow);
    connect(store, &SnapshotStore::removed, this, &SnapshotListModel::removeRowsOf);
    rebuild();
}

int SnapshotListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SnapshotListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SnapshotListModel::textOf(const SnapshotMeta &meta, int column) const
{
    switch (column) {
    case Label:
        return meta.label;
    case Time:
        return dateTimeText(meta.wall);
    case Nonpaged:
        return bytesText(meta.system[SystemField::PoolNonpaged], m_style);
    case Paged:
        return bytesText(meta.system[SystemField::PoolPaged], m_style);
    case Tags:
        return groupedText(Counter(meta.tagCount));
    case Machine:
        return meta.origin->host.isEmpty() ? unknownText() : meta.origin->host;
    case Note:
        return meta.note.simplified();
    default:
        return {};
    }
}

QString SnapshotListModel::toolTipOf(const SnapshotMeta &meta, int column) const
{
    const auto exact = [](Counter bytes) {
        return bytes.isKnown() ? QString(groupedText(bytes) + u" bytes"_s) : tr("The source does not say");
    };
    switch (column) {
    case Label:
        if (!meta.isSaved())
            return tr("Not on the disk yet: it could not be written and is lost when the program ends");
        return meta.automatic ? tr("Taken by the timer. F2 renames it") : tr("F2 renames it");
    case Time:
        return isoUtc(meta.wall) + u" UTC"_s;
    case Nonpaged:
        return exact(meta.system[SystemField::PoolNonpaged]);
    case Paged:
        return exact(meta.system[SystemField::PoolPaged]);
    case Machine:
        return meta.origin->system.isEmpty() ? meta.origin->uri
                                             : QString(meta.origin->system + u'\n' + meta.origin->uri);
    case Note:
        return meta.note;
    default:
        return {};
    }
}

QVariant SnapshotListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SnapshotMeta &meta = metaAt(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(meta, column);
    case Qt::EditRole:
        return column == Note ? meta.note : textOf(meta, column);
    case Qt::ToolTipRole:
        return toolTipOf(meta, column);
    case Qt::AccessibleTextRole:
        if (column == Label && meta.automatic)
            return tr("%1, taken by the timer").arg(meta.label);
        return textOf(meta, column);
    case Qt::TextAlignmentRole: {
        const bool number = column == Nonpaged || column == Paged || column == Tags;
        return QVariant::fromValue(Qt::Alignment(number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case IdRole:
        return meta.id;
    case AutomaticRole:
        return meta.automatic;
    case SavedRole:
        return meta.isSaved();
    default:
        return {};
    }
}

QVariant SnapshotListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Nonpaged || section == Paged || section == Tags;
        return QVariant::fromValue(Qt::Alignment(number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::InitialSortOrderRole) {
        const bool text = section == Label || section == Machine || section == Note;
        return text ? Qt::AscendingOrder : Qt::DescendingOrder;
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (section) {
    case Label:
        return tip ? tr("The snapshot's name; F2 changes it") : tr("Label");
    case Time:
        return tip ? tr("When it was taken, local time") : tr("Time");
    case Nonpaged:
        return tip ? tr("Nonpaged pool then; on Linux unreclaimable slab memory") : tr("Pool N");
    case Paged:
        return tip ? tr("Paged pool then; on Linux reclaimable slab memory") : tr("Pool P");
    case Tags:
        return tip ? tr("Number of tags in it") : tr("Tags");
    case Machine:
        return tip ? tr("The machine it was taken on") : tr("Machine");
    case Note:
        return tip ? tr("Your note") : tr("Note");
    default:
        return {};
    }
}

Qt::ItemFlags SnapshotListModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags base = QAbstractTableModel::flags(index);
    const bool editable = index.isValid() && (index.column() == Label || index.column() == Note);
    return editable ? base | Qt::ItemIsEditable : base;
}

bool SnapshotListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const QUuid id = idAt(index.row());
    const QString text = value.toString();
    if (index.column() == Label && !text.trimmed().isEmpty())
        m_store->setLabel(id, text.trimmed());
    else if (index.column() == Note)
        m_store->setNote(id, text);
    else
        return false;
    return true;
}

bool SnapshotListModel::matches(const SnapshotMeta &meta) const
{
    if (m_filter.isEmpty())
        return true;
    return meta.label.contains(m_filter, Qt::CaseInsensitive)
        || meta.note.contains(m_filter, Qt::CaseInsensitive)
        || meta.origin->host.contains(m_filter, Qt::CaseInsensitive);
}

bool SnapshotListModel::isBefore(const SnapshotMeta &a, const SnapshotMeta &b) const
{
    int order = compareIn(a, b, m_sortColumn);
    if (order == 0)
        order = compareIn(a, b, Time);
    if (order != 0)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    return a.id < b.id;
}

void SnapshotListModel::sortRows()
{
    std::ranges::sort(
        m_rows, [this](const SnapshotMeta &a, const SnapshotMeta &b) { return isBefore(a, b); });
}

void SnapshotListModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const SnapshotMeta &meta : m_store->snapshots()) {
        if (matches(meta))
            m_rows.push_back(meta);
    }
    sortRows();
    endResetModel();
}

void SnapshotListModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < 0 ? int(Time) : column;
    m_sortOrder = order;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<QUuid> ids;
    for (const QModelIndex &index : before)
        ids.push_back(idAt(index.row()));
    sortRows();
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(indexOf(ids[static_cast<size_t>(i)], before[i].column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

void SnapshotListModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    m_filter = text;
    rebuild();
}

void SnapshotListModel::setNumberStyle(NumberStyle style)
{
    m_style = style;
    if (!m_rows.empty())
        emit dataChanged(index(0, Nonpaged), index(rowCount() - 1, Paged), {Qt::DisplayRole});
}

QModelIndex SnapshotListModel::indexOf(const QUuid &id, int column) const
{
    const auto at = std::ranges::find(m_rows, id, &SnapshotMeta::id);
    return at == m_rows.end() ? QModelIndex() : index(static_cast<int>(at - m_rows.begin()), column);
}

void SnapshotListModel::addRow(const QUuid &id)
{
    const SnapshotMeta *const meta = m_store->find(id);
    if (meta == nullptr || !matches(*meta))
        return;
    const auto at = std::ranges::upper_bound(
        m_rows, *meta, [this](const SnapshotMeta &a, const SnapshotMeta &b) { return isBefore(a, b); });
    const int row = static_cast<int>(at - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(at, *meta);
    endInsertRows();
}

void SnapshotListModel::changeRow(const QUuid &id)
{
    const SnapshotMeta *const meta = m_store->find(id);
    const QModelIndex first = indexOf(id);
    if (meta == nullptr || !first.isValid())
        return;
    m_rows[static_cast<size_t>(first.row())] = *meta;
    // A row that was just edited stays where it is until the next sort or filter.
    emit dataChanged(first, first.siblingAtColumn(ColumnCount - 1));
}

void SnapshotListModel::removeRowsOf(const QList<QUuid> &ids)
{
    for (const QUuid &id : ids) {
        const auto at = std::ranges::find(m_rows, id, &SnapshotMeta::id);
        if (at == m_rows.end())
            continue;
        const int row = static_cast<int>(at - m_rows.begin());
        beginRemoveRows({}, row, row);
        m_rows.erase(at);
        endRemoveRows();
    }
}

} // namespace poolscope
