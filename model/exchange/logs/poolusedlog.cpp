// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/poolusedlog.h"

#include "model/exchange/logs/logwords.h"
#include "model/formats/numbertext.h"

#include <algorithm>
#include <array>
#include <span>

namespace poolscope {

namespace {

constexpr qsizetype TagLength = 4;

constexpr std::array<QByteArrayView, 2> Short{"Allocs", "Used"};
constexpr std::array<QByteArrayView, 4> Verbose{"Allocs", "Frees", "Diff", "Used"};

/// How often `titles` fill the words from `words[1]` on; 0 when they do not.
size_t timesTitled(const std::vector<QByteArrayView> &words, std::span<const QByteArrayView> titles)
{
    const size_t count = words.size() - 1;
    if (count == 0 || count % titles.size() != 0)
        return 0;
    for (size_t i = 0; i < count; ++i) {
        if (words[i + 1] != titles[i % titles.size()])
            return 0;
    }
    return count / titles.size();
}

} // namespace

bool PoolusedLog::readHeading(QByteArrayView line)
{
    const auto at = line.indexOf("Tag");
    if (at < 0)
        return false;
    const auto words = logWords(line.sliced(at));
    if (words[0] != "Tag")
        return false;
    const size_t shortly = timesTitled(words, Short);
    const size_t pools = shortly > 0 ? shortly : timesTitled(words, Verbose);
    if (pools == 0 || pools > 2)
        return false;
    m_tagAt = at;
    m_pools = pools;
    m_isVerbose = shortly == 0;
    return true;
}

Reading PoolusedLog::reading(const std::vector<Counter> &numbers, size_t pool) const
{
    if (!m_isVerbose)
        return {{}, {}, numbers[pool * Short.size()], numbers[pool * Short.size() + 1]};
    const Counter *const first = &numbers[pool * Verbose.size()];
    return {first[0], first[1], first[2], first[3]};
}

LogLine PoolusedLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const QByteArrayView text = line.trimmed();
    if (text.contains("!poolused") || text.startsWith("Sorting by") || readHeading(line))
        return LogLine::Begins;
    if (text.startsWith("NonPaged") || text.startsWith("Pool Used:") || text.startsWith("TOTAL")
        || std::ranges::all_of(text, [](char c) { return c == '.'; }))
        return LogLine::Known;
    if (m_pools == 0 || line.size() <= m_tagAt + TagLength)
        return LogLine::Foreign;
    const QByteArrayView before = line.first(m_tagAt).trimmed();
    if (!before.isEmpty() && before != "#")
        return LogLine::Foreign;
    const QByteArrayView tag = line.sliced(m_tagAt, TagLength);
    const char *at = line.data() + m_tagAt + TagLength;
    const char *const end = line.data() + line.size();
    std::vector<Counter> numbers;
    const size_t wanted = m_pools * (m_isVerbose ? Verbose.size() : Short.size());
    while (numbers.size() < wanted) {
        const char *const from = at;
        skipBlanks(at, end);
        if (at == end && !numbers.empty())
            return LogLine::Part;
        qint64 value = 0;
        if (at == from || !takeNumber(at, end, value))
            return numbers.empty() ? LogLine::Foreign : LogLine::Damaged;
        numbers.emplace_back(value);
    }
    constexpr std::array Types{PoolType::Nonpaged, PoolType::Paged};
    const size_t rowsBefore = rows.size();
    for (size_t pool = 0; pool < m_pools; ++pool) {
        const Reading found = reading(numbers, pool);
        const bool isUsed = found.bytes != Counter(0) || found.outstanding != Counter(0);
        const bool isLastChance = pool + 1 == m_pools && rows.size() == rowsBefore;
        if (isUsed || isLastChance)
            rows.push_back({{{tag.toByteArray(), m_pools == 1 ? PoolType::None : Types[pool]}, {}}, found});
    }
    return LogLine::Row;
}

} // namespace poolscope
