// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/poolcsvlog.h"

#include "model/exchange/logs/logwords.h"
#include "model/exchange/logs/timelines.h"
#include "model/formats/csvrow.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr qsizetype TagLength = 4;

using Titles = std::initializer_list<QByteArray>;

/// A title with its letters only, in lower case.
QByteArray plainTitle(const QByteArray &title)
{
    QByteArray plain;
    for (const char c : title.toLower()) {
        if (c >= 'a' && c <= 'z')
            plain += c;
    }
    return plain;
}

qsizetype columnOf(const QByteArrayList &titles, Titles names)
{
    for (const QByteArray &name : names) {
        if (const auto at = titles.indexOf(name); at >= 0)
            return at;
    }
    return -1;
}

/// "1234", "1,234", "12 KB"
Counter counterOf(QByteArray field)
{
    field.replace(',', "").replace(' ', "");
    return sizeFrom(field);
}

std::optional<WallTime> timeOf(const QByteArray &field, bool isUtc)
{
    const auto found = timeLine(isUtc && !field.endsWith('Z') ? field + " UTC" : field);
    // The column says what it is in every row: whichever order fits, it is the same for all.
    if (!found)
        return std::nullopt;
    return found->monthFirst ? found->monthFirst : found->dayFirst;
}

} // namespace

bool PoolCsvLog::readHeading(const QByteArrayList &fields)
{
    QByteArrayList titles;
    for (const QByteArray &field : fields)
        titles += plainTitle(field);
    const auto counters = [&](PoolType type, std::initializer_list<const char *> prefixes) {
        Pool pool{type, {-1, -1, -1, -1}};
        for (const QByteArray prefix : prefixes) {
            const auto column = [&](const char *name) {
                return columnOf(titles, {QByteArray(prefix + name)});
            };
            std::array found{column("allocs"), column("frees"), column("diff"), column("usedbytes")};
            for (const char *name : {"usage", "bytes"})
                found[3] = found[3] < 0 ? column(name) : found[3];
            if (found[3] >= 0)
                pool.columns = found;
        }
        return pool;
    };
    const qsizetype tag = columnOf(titles, {"tag", "tagname"});
    if (tag < 0)
        return false;
    std::vector<Pool> pools;
    for (const Pool &pool :
        {counters(PoolType::Nonpaged, {"nonpaged", "npaged"}), counters(PoolType::Paged, {"paged"})}) {
        if (pool.columns[3] >= 0)
            pools.push_back(pool);
    }
    const qsizetype type = columnOf(titles, {"type"});
    // A row a tag and type is our own CSV, too, but not with these columns.
    const bool isPoolMonX = type >= 0 && columnOf(titles, {"kbytes", "balloc"}) >= 0;
    if (pools.empty() && isPoolMonX)
        pools.push_back(counters(PoolType::None, {""}));
    if (pools.empty() || pools.front().columns[3] < 0)
        return false;
    m_fields = fields.size();
    m_tag = tag;
    m_type = type;
    m_pools = pools;
    m_driver = columnOf(titles, {"binary", "source", "driver"});
    m_utc = columnOf(titles, {"datetimeutc"});
    m_local = columnOf(titles, {"datetime", "time"});
    return true;
}

LogLine PoolCsvLog::readRow(const QByteArrayList &fields, std::vector<LogRow> &rows)
{
    if (fields.size() != m_fields)
        return LogLine::Damaged;
    const QByteArray tag = fields[m_tag].leftJustified(TagLength, ' ');
    if (tag.size() != TagLength || fields[m_tag].isEmpty())
        return LogLine::Damaged;
    const qsizetype timeAt = m_utc >= 0 ? m_utc : m_local;
    m_time = timeAt < 0 ? std::nullopt : timeOf(fields[timeAt], m_utc >= 0);
    if (timeAt >= 0 && !m_time)
        return LogLine::Damaged;
    for (const Pool &pool : m_pools) {
        std::array<Counter, 4> counters;
        for (size_t i = 0; i < counters.size(); ++i) {
            if (pool.columns[i] >= 0)
                counters[i] = counterOf(fields[pool.columns[i]]);
        }
        if (!counters[3].isKnown())
            return LogLine::Damaged;
        PoolType type = pool.type;
        if (type == PoolType::None)
            type = fields[m_type].startsWith('P') ? PoolType::Paged : PoolType::Nonpaged;
        const bool isNeverUsed = counters[0] == Counter(0) && counters[3] == Counter(0);
        if (m_pools.size() == 1 || !isNeverUsed) {
            rows.push_back({{{tag, type}, m_driver < 0 ? QByteArray() : fields[m_driver].trimmed()},
                {counters[0], counters[1], counters[2], counters[3]}});
        }
    }
    return LogLine::Row;
}

LogLine PoolCsvLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    CsvReader reader(line);
    if (!line.contains(',') || reader.next() != CsvReader::Outcome::Row)
        return LogLine::Foreign;
    const QByteArrayList fields(reader.fields().begin(), reader.fields().end());
    if (readHeading(fields))
        return LogLine::Begins;
    return m_fields == 0 ? LogLine::Foreign : readRow(fields, rows);
}

} // namespace poolscope
