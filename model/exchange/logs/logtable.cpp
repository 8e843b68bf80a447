// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/logtable.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

/// So many rows of tags that are known, in one go, are no caches that share their names.
constexpr size_t CertainRows = 8;
/// So many samples wait at most.
constexpr size_t MostRounds = 16;

bool knowsAny(const SampleBuilder &table, std::span<const LogRow> rows)
{
    return std::ranges::any_of(rows, [&](const LogRow &row) { return table.contains(row.entry.tag); });
}

bool tellsSomething(const Reading &reading)
{
    const auto isMore = [](Counter counter) { return counter.isKnown() && counter.value() != 0; };
    return isMore(reading.outstanding) || isMore(reading.bytes) || isMore(reading.allocs);
}

} // namespace

void LogTable::repeatHeading()
{
    settle(true);
    m_headingCame = !m_first.isEmpty();
    m_isHeaded = true;
}

void LogTable::add(std::span<LogRow> rows, qint64 line)
{
    if (std::exchange(m_headingCame, false)) {
        m_kind = Kind::Headed;
        m_rounds.emplace_back();
    }
    if (m_rounds.empty()) {
        if (knowsAny(m_first, rows)) {
            m_kind = Kind::Again;
            m_rounds.emplace_back();
            wait(rows, line);
        } else {
            addCertain(rows, line);
        }
        return;
    }
    const bool isAgain = knowsAny(m_rounds.back().rows, rows);
    const bool isKnown = m_kind == Kind::Headed || knowsAny(m_first, rows);
    if (!isKnown || (isAgain && m_kind == Kind::Headed)) {
        settle(false);
        add(rows, line);
        return;
    }
    if (isAgain && m_rounds.size() == MostRounds) {
        settle(true);
        add(rows, line);
        return;
    }
    if (isAgain)
        m_rounds.emplace_back();
    wait(rows, line);
}

void LogTable::addCertain(std::span<LogRow> rows, qint64 line)
{
    for (LogRow &row : rows)
        merge(std::move(row), line);
}

void LogTable::wait(std::span<LogRow> rows, qint64 line)
{
    Round &round = m_rounds.back();
    for (LogRow &row : rows) {
        const size_t place = round.lines.size();
        round.isInOrder =
            round.isInOrder && place < m_first.tags().size() && m_first.tags()[place].tag == row.entry.tag;
        round.lines.push_back(line);
        round.rows.add(std::move(row.entry), row.reading);
    }
    const bool isMuch = round.isInOrder || 2 * round.lines.size() >= m_first.tags().size();
    if (m_kind == Kind::Again && round.lines.size() >= CertainRows && isMuch)
        finishRounds();
}

bool LogTable::mostAreKnown(const SampleBuilder &rows) const
{
    const auto known = std::ranges::count_if(
        rows.tags(), [&](const TagEntry &entry) { return m_first.contains(entry.tag); });
    return 2 * static_cast<size_t>(known) >= rows.tags().size();
}

bool LogTable::isNextSample(bool isAtEnd) const
{
    const Round &round = m_rounds.front();
    if (m_kind == Kind::Headed)
        return mostAreKnown(round.rows);
    const bool isMuch = round.isInOrder || 2 * round.lines.size() >= m_first.tags().size();
    if (isAtEnd)
        return isMuch || (!m_isHeaded && m_first.tags().size() < CertainRows);
    return isMuch && !m_isHeaded;
}

void LogTable::settle(bool isAtEnd)
{
    if (m_rounds.empty())
        return;
    if (isNextSample(isAtEnd))
        finishRounds();
    else
        mergeRounds();
}

/// All but the last are whole samples, and that one is the table at hand.
void LogTable::finishRounds()
{
    m_finished.push_back(std::exchange(m_first, {}));
    for (Round &round : m_rounds)
        m_finished.push_back(std::move(round.rows));
    m_first = std::move(m_finished.back());
    m_finished.pop_back();
    m_rounds.clear();
    m_kind = Kind::Again;
}

void LogTable::mergeRounds()
{
    for (Round &round : m_rounds) {
        const TagList &tags = round.rows.tags();
        for (size_t i = 0; i < tags.size(); ++i)
            merge({tags[i], *round.rows.find(tags[i].tag)}, round.lines[i]);
    }
    m_rounds.clear();
    m_kind = Kind::Again;
}

void LogTable::merge(LogRow row, qint64 line)
{
    const Reading *const before = m_first.find(row.entry.tag);
    if (before && !m_keepsEqual && *before == row.reading && tellsSomething(row.reading)) {
        m_remarks.push_back({line, true});
        return;
    }
    // A kernel has more caches than a few, so that these rows are not all of a table.
    if (before && m_first.tags().size() < CertainRows)
        m_remarks.push_back({line, false});
    m_first.addUp(std::move(row.entry), row.reading);
}

void LogTable::end()
{
    settle(true);
    if (!m_first.isEmpty())
        m_finished.push_back(std::exchange(m_first, {}));
    m_isHeaded = m_headingCame = false;
}

std::vector<SampleBuilder> LogTable::takeFinished()
{
    return std::exchange(m_finished, {});
}

std::vector<LogTable::Remark> LogTable::takeRemarks()
{
    return std::exchange(m_remarks, {});
}

} // namespace poolscope
