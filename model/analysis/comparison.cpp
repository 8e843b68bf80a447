// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/comparison.h"

#include "model/core/duration.h"

#include <QHash>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 Largest = std::numeric_limits<qint64>::max();

qint64 saturatingSum(qint64 a, qint64 b)
{
    return a > Largest - b ? Largest : a + b;
}

/// Where a tag stands in one snapshot.
struct Cell
{
    const Reading *reading = nullptr; ///< null: absent
};

struct Key
{
    SourceKind kind;
    Tag tag;
    friend bool operator==(const Key &, const Key &) = default;
};

size_t qHash(const Key &key, size_t seed = 0) noexcept
{
    return qHashMulti(seed, key.tag, static_cast<quint8>(key.kind));
}

/// What an absent tag holds is nothing, what a present one holds may be unknown.
Counter heldBy(const Cell &cell, Counter Reading::*counter)
{
    return cell.reading == nullptr ? Counter(0) : cell.reading->*counter;
}

/// Subtraction that cannot overflow: damaged files hold any number.
Counter safeDifference(Counter now, Counter before)
{
    if (!now.isKnown() || !before.isKnown())
        return {};
    qint64 result = 0;
    if (__builtin_sub_overflow(now.value(), before.value(), &result))
        return Counter(now.value() > before.value() ? Largest : -Largest);
    return Counter(result);
}

bool roseEveryStep(const std::vector<Cell> &cells)
{
    for (size_t i = 1; i < cells.size(); ++i) {
        const Counter now = heldBy(cells[i], &Reading::bytes);
        const Counter before = heldBy(cells[i - 1], &Reading::bytes);
        if (!now.isKnown() || !before.isKnown() || now.value() <= before.value())
            return false;
    }
    return cells.size() > 1;
}

ComparisonStatus statusOf(const std::vector<Cell> &cells)
{
    if (cells.back().reading == nullptr)
        return ComparisonStatus::Gone;
    return cells.front().reading == nullptr ? ComparisonStatus::New : ComparisonStatus::Both;
}

bool sameBoot(const Origin &a, const Origin &b)
{
    return !a.bootId.isEmpty() && a.bootId == b.bootId && a.host == b.host;
}

std::chrono::nanoseconds timeBetween(const Sample &first, const Sample &last)
{
    // A sample from a plain log has no monotonic time.
    const bool measured = first.monotonic.count() != 0 && last.monotonic.count() != 0;
    if (measured && sameBoot(*first.origin, *last.origin))
        return last.monotonic - first.monotonic;
    return last.wall - first.wall;
}

QStringList warningsFor(std::span<const Snapshot> snapshots)
{
    QStringList warnings;
    const Origin &first = *snapshots.front().sample->origin;
    const auto differs = [&](auto &&isOther) {
        return std::ranges::any_of(
            snapshots, [&](const Snapshot &s) { return isOther(first, *s.sample->origin); });
    };
    const auto bothKnown = [](const QString &a, const QString &b) { return !a.isEmpty() && !b.isEmpty(); };
    if (differs([](const Origin &a, const Origin &b) { return a.kind != b.kind; }))
        warnings += u"The snapshots hold different kinds of tags; tags of one kind are only compared "
                    "among themselves."_s;
    if (differs(
            [&](const Origin &a, const Origin &b) { return bothKnown(a.host, b.host) && a.host != b.host; }))
        warnings += u"The snapshots come from different machines."_s;
    else if (differs([&](const Origin &a, const Origin &b) {
                 return bothKnown(a.bootId, b.bootId) && a.bootId != b.bootId;
             }))
        warnings += u"The machine was restarted between the snapshots: counters started anew."_s;
    const auto later = [](const Snapshot &a, const Snapshot &b) { return a.sample->wall < b.sample->wall; };
    if (!std::ranges::is_sorted(snapshots, later))
        warnings += u"The snapshots are not in the order of their times."_s;
    return warnings;
}

/// Collects the cells of every tag, in the order the tags are met.
class Table
{
public:
    explicit Table(std::span<const Snapshot> snapshots)
    {
        for (size_t column = 0; column < snapshots.size(); ++column)
            add(*snapshots[column].sample, column, snapshots.size());
    }

    struct Line
    {
        Key key;
        QByteArray driver;
        std::vector<Cell> cells;
    };
    std::vector<Line> lines;

private:
    void add(const Sample &sample, size_t column, size_t columns)
    {
        m_index.reserve(static_cast<qsizetype>(sample.readings.size()));
        for (size_t row = 0; row < sample.readings.size(); ++row) {
            const TagEntry &entry = (*sample.tags)[row];
            const Key key{sample.origin->kind, entry.tag};
            auto at = m_index.constFind(key);
            if (at == m_index.constEnd()) {
                at = m_index.insert(key, lines.size());
                lines.push_back({key, {}, std::vector<Cell>(columns)});
            }
            Line &line = lines[at.value()];
            line.cells[column].reading = &sample.readings[row];
            if (!entry.driver.isEmpty())
                line.driver = entry.driver;
        }
    }

    QHash<Key, size_t> m_index;
};

ComparisonRow rowOf(const Table::Line &line, std::chrono::nanoseconds elapsed)
{
    ComparisonRow row;
    row.tag = line.key.tag;
    row.kind = line.key.kind;
    row.driver = line.driver;
    row.bytes.reserve(line.cells.size());
    row.outstanding.reserve(line.cells.size());
    for (const Cell &cell : line.cells) {
        row.bytes.push_back(cell.reading == nullptr ? Counter() : cell.reading->bytes);
        row.outstanding.push_back(cell.reading == nullptr ? Counter() : cell.reading->outstanding);
    }
    const auto changeOf = [&](Counter Reading::*counter) {
        return safeDifference(heldBy(line.cells.back(), counter), heldBy(line.cells.front(), counter));
    };
    row.bytesChange = changeOf(&Reading::bytes);
    row.outstandingChange = changeOf(&Reading::outstanding);
    if (row.bytesChange.isKnown() && elapsed.count() != 0) {
        const double hours = std::chrono::duration<double, std::ratio<3600>>(elapsed).count();
        row.bytesPerHour = static_cast<double>(row.bytesChange.value()) / hours;
    }
    row.roseEveryStep = roseEveryStep(line.cells);
    row.status = statusOf(line.cells);
    return row;
}

bool growsMore(const ComparisonRow &a, const ComparisonRow &b)
{
    if (a.bytesChange != b.bytesChange) {
        if (!a.bytesChange.isKnown() || !b.bytesChange.isKnown())
            return a.bytesChange.isKnown();
        return a.bytesChange.value() > b.bytesChange.value();
    }
    // Equal changes stand in a fixed order, whatever order the sources list their tags in.
    if (const int order = a.tag.bytes.compare(b.tag.bytes); order != 0)
        return order < 0;
    return a.tag.type != b.tag.type ? a.tag.type < b.tag.type : a.kind < b.kind;
}

Comparison::Column columnOf(const Snapshot &snapshot)
{
    Comparison::Column column{
        snapshot.label, snapshot.sample->wall, snapshot.sample->system, snapshot.sample->origin, {}};
    for (const Reading &reading : snapshot.sample->readings) {
        if (reading.bytes.isKnown() && reading.bytes.value() >= 0)
            column.totalBytes = Counter(saturatingSum(column.totalBytes.valueOr(0), reading.bytes.value()));
    }
    return column;
}

} // namespace

Comparison compareSnapshots(std::span<const Snapshot> snapshots)
{
    Comparison comparison;
    if (snapshots.empty())
        return comparison;
    for (const Snapshot &snapshot : snapshots)
        comparison.columns.push_back(columnOf(snapshot));
    comparison.elapsed = timeBetween(*snapshots.front().sample, *snapshots.back().sample);
    comparison.warnings = warningsFor(snapshots);

    const Table table(snapshots);
    comparison.rows.reserve(table.lines.size());
    for (const Table::Line &line : table.lines) {
        comparison.rows.push_back(rowOf(line, comparison.elapsed));
        const qint64 change = comparison.rows.back().bytesChange.valueOr(0);
        comparison.growth = saturatingSum(comparison.growth, std::max<qint64>(change, 0));
    }
    for (ComparisonRow &row : comparison.rows) {
        if (comparison.growth == 0 || !row.bytesChange.isKnown())
            continue;
        const auto grew = static_cast<double>(std::max<qint64>(row.bytesChange.value(), 0));
        row.shareOfGrowth = std::min(1.0, grew / static_cast<double>(comparison.growth));
    }
    std::ranges::stable_sort(comparison.rows, growsMore);
    return comparison;
}

QByteArray comparisonStatusWord(ComparisonStatus status)
{
    switch (status) {
    case ComparisonStatus::Both:
        return "both"_ba;
    case ComparisonStatus::New:
        return "new"_ba;
    case ComparisonStatus::Gone:
        return "gone"_ba;
    }
    return {};
}

} // namespace poolscope
