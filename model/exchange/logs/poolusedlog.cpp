// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/poolusedlog.h"

#include "model/exchange/logs/logwords.h"
#include "model/formats/numbertext.h"

#include <algorithm>
#include <array>

namespace poolscope {

namespace {

constexpr qsizetype TagLength = 4;

constexpr std::array<QByteArrayView, 2> Short{"Allocs", "Used"};
constexpr std::array<QByteArrayView, 4> Verbose{"Allocs", "Frees", "Diff", "Used"};

/// How often `titles` fill the words; 0 when they do not.
size_t timesTitled(std::span<const QByteArrayView> words, std::span<const QByteArrayView> titles)
{
    if (words.empty() || words.size() % titles.size() != 0)
        return 0;
    for (size_t i = 0; i < words.size(); ++i) {
        if (words[i] != titles[i % titles.size()])
            return 0;
    }
    return words.size() / titles.size();
}

std::optional<PoolType> poolNamed(QByteArrayView word)
{
    if (word == "NonPaged")
        return PoolType::Nonpaged;
    return word == "Paged" ? std::optional(PoolType::Paged) : std::nullopt;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

bool PoolusedLog::readPools(QByteArrayView line)
{
    std::vector<PoolType> pools;
    for (const QByteArrayView word : logWords(line)) {
        const auto pool = poolNamed(word);
        if (!pool)
            return false;
        pools.push_back(*pool);
    }
    if (pools.empty())
        return false;
    m_named = std::move(pools);
    return true;
}

bool PoolusedLog::readHeading(QByteArrayView line)
{
    const auto at = line.indexOf("Tag");
    if (at < 0)
        return false;
    const auto words = logWords(line.sliced(at));
    if (words[0] != "Tag")
        return false;
    std::vector<QByteArrayView> titles;
    std::vector<PoolType> named;
    for (const QByteArrayView word : std::span(words).subspan(1)) {
        const auto pool = poolNamed(word);
        if (!pool)
            titles.push_back(word);
        else if (named.empty() || named.back() != *pool)
            named.push_back(*pool);
    }
    const size_t shortly = timesTitled(titles, Short);
    const size_t pools = shortly > 0 ? shortly : timesTitled(titles, Verbose);
    if (pools == 0 || pools > 2)
        return false;
    m_tagAt = at;
    m_isVerbose = shortly == 0;
    m_ends.clear();
    for (const QByteArrayView title : titles)
        m_ends.push_back(title.data() + title.size() - line.data());
    if (named.empty())
        named = m_named;
    m_named.clear();
    m_pools = std::move(named);
    if (m_pools.size() != pools) {
        m_pools = pools == 2 ? std::vector{PoolType::Nonpaged, PoolType::Paged} : std::vector{PoolType::None};
    }
    return true;
}

Reading PoolusedLog::reading(std::span<const Counter> numbers, size_t pool) const
{
    if (!m_isVerbose)
        return {{}, {}, numbers[pool * Short.size()], numbers[pool * Short.size() + 1]};
    const auto own = numbers.subspan(pool * Verbose.size(), Verbose.size());
    return {own[0], own[1], own[2], own[3]};
}

/// The last number of a row, behind column `before`. A description may be glued to it, and begin with a digit
/// ("1394 OHCI", "802.1x"). In a row with its columns in place, the number ends where its column ends unless
/// it fills that; elsewhere only what follows the digits can tell.
std::optional<qint64> PoolusedLog::lastNumber(QByteArrayView line, qsizetype before, bool isAligned) const
{
    const char *const first = line.data();
    const char *const end = first + line.size();
    const char *at = first + before;
    skipBlanks(at, end);
    const qsizetype begin = at - first;
    // No number has a zero before it.
    const bool isZero = at != end && *at == '0';
    qsizetype stop = begin;
    while (stop < line.size() && isDigit(line[stop]))
        ++stop;
    const qsizetype width = m_ends.back() - (m_ends.size() > 1 ? m_ends[m_ends.size() - 2] : 0);
    const qsizetype columnEnd = m_ends.size() > 1 ? before + width : m_ends.back();
    const bool isFilled = begin - before <= 1;
    if (isZero) {
        stop = begin + 1;
    } else if (isAligned && !isFilled && stop > columnEnd && begin < columnEnd) {
        stop = columnEnd;
    } else {
        const bool isGlued = stop < line.size() && line[stop] == '.';
        const bool mayBeGlued = isAligned && stop > columnEnd && stop < line.size() && line[stop] == ' '
            && !line.sliced(stop).trimmed().isEmpty();
        if (isGlued || mayBeGlued)
            return std::nullopt;
    }
    qint64 value = 0;
    const char *const numberEnd = first + stop;
    at = first + begin;
    return takeNumber(at, numberEnd, value) ? std::optional(value) : std::nullopt;
}

/// The numbers behind the tag: Row when they are all there.
LogLine PoolusedLog::readNumbers(QByteArrayView line, std::vector<Counter> &numbers) const
{
    const char *const first = line.data();
    const char *const end = first + line.size();
    const char *at = first + m_tagAt + TagLength;
    bool isAligned = true;
    qsizetype shift = 0; // of the columns, by numbers that are wider than theirs
    while (numbers.size() < m_ends.size()) {
        const char *const from = at;
        skipBlanks(at, end);
        if (at == end && !numbers.empty())
            return LogLine::Part;
        if (at == from || at == end || !isDigit(*at))
            return numbers.empty() ? LogLine::Foreign : LogLine::Damaged;
        qint64 value = 0;
        if (numbers.size() + 1 == m_ends.size()) {
            const auto last = lastNumber(line, from - first, isAligned);
            if (!last)
                return LogLine::Damaged;
            value = *last;
        } else if (const char *const begin = at; takeNumber(at, end, value)) {
            const qsizetype over = at - first - m_ends[numbers.size()] - shift;
            isAligned = isAligned && (over == 0 || (over > 0 && begin - from == 1));
            shift += over;
        } else {
            return LogLine::Damaged;
        }
        numbers.emplace_back(value);
    }
    return LogLine::Row;
}

void PoolusedLog::addRows(
    QByteArrayView tag, std::span<const Counter> numbers, std::vector<LogRow> &rows) const
{
    const size_t rowsBefore = rows.size();
    for (size_t pool = 0; pool < m_pools.size(); ++pool) {
        const Reading found = reading(numbers, pool);
        const bool isUsed = found.bytes != Counter(0) || found.outstanding != Counter(0);
        const bool isLastChance = pool + 1 == m_pools.size() && rows.size() == rowsBefore;
        if (isUsed || isLastChance)
            rows.push_back({{{tag.toByteArray(), m_pools[pool]}, {}}, found});
    }
}

LogLine PoolusedLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const QByteArrayView text = line.trimmed();
    if (text.contains("!poolused") || text.startsWith("Sorting by")) {
        m_named.clear();
        return LogLine::Begins;
    }
    if (readHeading(line))
        return LogLine::Begins;
    if (readPools(text) || text.startsWith("NonPaged") || text.startsWith("Pool Used:")
        || text.startsWith("TOTAL") || std::ranges::all_of(text, [](char c) { return c == '.'; }))
        return LogLine::Known;
    const LogLine kind = readRow(line, rows);
    if ((kind != LogLine::Foreign && kind != LogLine::Damaged) || !line.contains('\\'))
        return kind;
    // Markdown has a backslash before some characters of tags, which moves the columns.
    return readRow(withoutMarkdownEscapes(line), rows);
}

LogLine PoolusedLog::readRow(QByteArrayView line, std::vector<LogRow> &rows) const
{
    if (m_ends.empty() || line.size() <= m_tagAt + TagLength)
        return LogLine::Foreign;
    const QByteArrayView before = line.first(m_tagAt).trimmed();
    if (!before.isEmpty() && before != "#")
        return LogLine::Foreign;
    std::vector<Counter> numbers;
    numbers.reserve(m_ends.size());
    const LogLine kind = readNumbers(line, numbers);
    if (kind == LogLine::Row)
        addRows(line.sliced(m_tagAt, TagLength), numbers, rows);
    return kind;
}

} // namespace poolscope
