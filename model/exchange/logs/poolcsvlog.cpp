// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/poolcsvlog.h"

#include "model/exchange/logs/loglines.h"
#include "model/exchange/logs/logwords.h"
#include "model/exchange/logs/splitnumbers.h"
#include "model/formats/csvrow.h"

#include <QBuffer>

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

/// The number without what parts its thousands; empty when that parts them otherwise, as a decimal comma
/// does.
QByteArray withoutGroups(QByteArrayView number, char separator)
{
    constexpr qsizetype Group = 3;
    QByteArray digits;
    qsizetype sinceLast = 0;
    bool isGrouped = false;
    for (const char c : number) {
        if (c != separator) {
            digits += c;
            ++sinceLast;
            continue;
        }
        const bool isWhole = isGrouped ? sinceLast == Group : sinceLast >= 1 && sinceLast <= Group;
        if (!isWhole)
            return {};
        isGrouped = true;
        sinceLast = 0;
    }
    return isGrouped && sinceLast != Group ? QByteArray() : digits;
}

/// "1234", "1,234", "12 KB"
Counter counterOf(const QByteArray &field, char fieldSeparator)
{
    const QByteArray text = field.trimmed();
    const auto *const letter = std::ranges::find_if(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const QByteArray number = text.first(letter - text.begin()).trimmed();
    const QByteArray unit = text.sliced(letter - text.begin());
    // Only sizes with a unit have decimals. Which character parts those, the separator of the fields tells.
    const bool hasDecimals = !unit.isEmpty() && (number.contains(',') || number.contains('.'));
    if (hasDecimals && fieldSeparator != ',')
        return {};
    const char grouping = number.contains(',') ? ',' : number.contains('.') && unit.isEmpty() ? '.' : ' ';
    return sizeFrom(QByteArray(withoutGroups(number, grouping) + unit));
}

/// "Paged", "Non Paged", "NonPagedNx"; none for other words.
PoolType typeOf(const QByteArray &field)
{
    const QByteArray word = plainTitle(field);
    if (word.startsWith("paged"))
        return PoolType::Paged;
    return word.startsWith("non") || word.startsWith("npaged") ? PoolType::Nonpaged : PoolType::None;
}

/// Empty when it is no row of a CSV file.
QByteArrayList fieldsOf(QByteArrayView line, char separator)
{
    CsvReader reader(line, separator);
    if (!line.contains(separator) || reader.next() != CsvReader::Outcome::Row)
        return {};
    return {reader.fields().begin(), reader.fields().end()};
}

std::optional<TimeLine> timeOf(const QByteArray &field, bool isUtc)
{
    return timeLine(isUtc && !field.endsWith('Z') ? field + " UTC" : field);
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
    m_numbers = numberColumns(titles, pools);
    m_tag = tag;
    m_type = type;
    m_pools = pools;
    m_driver = columnOf(titles, {"binary", "source", "driver"});
    m_utc = columnOf(titles, {"datetimeutc"});
    m_local = columnOf(titles, {"datetime", "time"});
    return true;
}

/// From the first to the last column that holds a number, if all between do so.
PoolCsvLog::Columns PoolCsvLog::numberColumns(const QByteArrayList &titles, const std::vector<Pool> &pools)
{
    std::vector<qsizetype> columns;
    for (const Pool &pool : pools)
        columns.insert(columns.end(), pool.columns.begin(), pool.columns.end());
    for (const char *title : {"kbytes", "balloc"})
        columns.push_back(titles.indexOf(QByteArray(title)));
    std::erase(columns, -1);
    std::ranges::sort(columns);
    const qsizetype count = std::ssize(columns);
    const bool isGapless = columns.back() - columns.front() + 1 == count;
    return isGapless ? Columns{columns.front(), count} : Columns{};
}

/// A row with more fields than the heading, because commas part the thousands of its numbers.
std::optional<QByteArrayList> PoolCsvLog::mendedRow(const QByteArrayList &fields) const
{
    const auto isNumber = [](const QByteArray &field) { return isDigits(field); };
    const auto begin = fields.begin() + std::min(m_numbers.first, fields.size());
    const QByteArrayList pieces(begin, std::find_if_not(begin, fields.end(), isNumber));
    std::vector<CountColumns> pools;
    for (const Pool &pool : m_pools) {
        if (pool.columns[0] >= 0 && pool.columns[1] >= 0 && pool.columns[2] >= 0)
            pools.push_back({pool.columns[0] - m_numbers.first, pool.columns[1] - m_numbers.first,
                pool.columns[2] - m_numbers.first});
    }
    if (m_numbers.count == 0 || pools.size() != m_pools.size())
        return std::nullopt;
    const auto numbers = numbersFromPieces(pieces, m_numbers.count, pools);
    const qsizetype behind = m_fields - m_numbers.first - m_numbers.count;
    const QByteArrayList rest = fields.sliced(m_numbers.first + pieces.size());
    if (!numbers || rest.size() < behind)
        return std::nullopt;
    // A description with commas in it is no matter: it comes last and is not kept.
    return fields.first(m_numbers.first) + *numbers + rest.first(behind);
}

LogLine PoolCsvLog::readRow(const QByteArrayList &fields, std::vector<LogRow> &rows)
{
    if (fields.size() != m_fields)
        return LogLine::Damaged;
    const QByteArray tag = fields[m_tag].leftJustified(TagLength, ' ');
    if (tag.size() != TagLength || fields[m_tag].isEmpty())
        return LogLine::Damaged;
    const qsizetype timeAt = m_utc >= 0 ? m_utc : m_local;
    if (timeAt >= 0 && fields[timeAt] != m_timeText) {
        m_timeText = fields[timeAt];
        m_time = timeOf(m_timeText, m_utc >= 0);
    }
    if (timeAt >= 0 && !m_time)
        return LogLine::Damaged;
    for (const Pool &pool : m_pools) {
        std::array<Counter, 4> counters;
        for (size_t i = 0; i < counters.size(); ++i) {
            if (pool.columns[i] >= 0)
                counters[i] = counterOf(fields[pool.columns[i]], m_separator);
        }
        if (!counters[3].isKnown())
            return LogLine::Damaged;
        PoolType type = pool.type;
        if (type == PoolType::None)
            type = typeOf(fields[m_type]);
        const bool isNeverUsed = counters[0] == Counter(0) && counters[3] == Counter(0);
        if (m_pools.size() == 1 || !isNeverUsed) {
            rows.push_back({{{tag, type}, m_driver < 0 ? QByteArray() : fields[m_driver].trimmed()},
                {counters[0], counters[1], counters[2], counters[3]}});
        }
    }
    return LogLine::Row;
}

bool PoolCsvLog::recognises(const QByteArray &head)
{
    QByteArray bytes = head;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return false;
    PoolCsvLog log;
    std::vector<LogRow> rows;
    for (LogLines lines(buffer); lines.next();) {
        if (log.read(lines.line(), rows) == LogLine::Begins)
            return true;
    }
    return false;
}

LogLine PoolCsvLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    if (m_fields == 0 || line.contains("Tag") || line.contains("tag")) {
        for (const char separator : {',', ';', '\t'}) {
            if (readHeading(fieldsOf(line, separator))) {
                m_separator = separator;
                return LogLine::Begins;
            }
        }
    }
    const QByteArrayList fields = m_fields == 0 ? QByteArrayList() : fieldsOf(line, m_separator);
    if (fields.isEmpty())
        return LogLine::Foreign;
    if (fields.size() <= m_fields || m_separator != ',')
        return readRow(fields, rows);
    const auto mended = mendedRow(fields);
    return mended ? readRow(*mended, rows) : LogLine::Damaged;
}

std::optional<TimeLine> PoolCsvLog::timeOfOther(QByteArrayView line) const
{
    const QByteArrayList fields = fieldsOf(line, m_separator);
    const qsizetype timeAt = m_utc >= 0 ? m_utc : m_local;
    return timeAt < 0 || fields.size() != m_fields ? std::nullopt : timeOf(fields[timeAt], m_utc >= 0);
}

} // namespace poolscope
