// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/logsamplereader.h"

#include <QBuffer>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

LogSampleReader::LogSampleReader(
    QIODevice &device, const QString &fileName, std::unique_ptr<LogGrammar> grammar)
    : m_lines(device)
    , m_fileName(fileName)
    , m_grammar(std::move(grammar))
    , m_times(device, fileName)
{
}

LogLine LogSampleReader::read(QByteArrayView line)
{
    m_row.clear();
    return m_grammar->read(line, m_row);
}

void LogSampleReader::endTable()
{
    if (m_table.isEmpty()) {
        m_isHeaded = false;
        return;
    }
    auto sample = m_table.take(
        nullptr, m_time.value_or(WallTime(m_sinceBoot.value_or(WallTime::duration{}))), m_before);
    m_before = sample;
    const TimeBase base = m_time ? TimeBase::Own : m_sinceBoot ? TimeBase::SinceStart : TimeBase::Unknown;
    m_ready = ReadSample{std::move(sample), m_grammar->kind(), base, false, {}};
    m_isHeaded = false;
    m_time.reset();
    m_sinceBoot.reset();
}

void LogSampleReader::addRows()
{
    const auto comesAgain = [&](const LogRow &row) { return m_table.contains(row.entry.tag); };
    const auto time = m_grammar->rowTime();
    const bool isLater = time && m_time && *time != *m_time;
    const bool isAgain = !m_isHeaded && std::ranges::any_of(m_row, comesAgain);
    if (isLater || (isAgain && !time))
        endTable();
    if (time)
        m_time = time;
    if (!m_sinceBoot)
        m_sinceBoot = m_grammar->sinceBoot();
    for (LogRow &row : m_row)
        m_table.addUp(std::move(row.entry), row.reading);
    m_row.clear();
    countRows(1);
}

void LogSampleReader::dropPending()
{
    if (!m_pending.text.isEmpty())
        skip(m_pending.line, u"this row is cut short"_s);
    m_pending = {};
}

/// Whether the line at hand completes the row that waits, or waits on with it.
bool LogSampleReader::completed()
{
    constexpr int MostParts = 4;
    if (m_pending.text.isEmpty())
        return false;
    const QByteArray joined = m_pending.text + ' ' + m_lines.line().trimmed().toByteArray();
    const LogLine kind = read(joined);
    if (kind == LogLine::Row) {
        m_pending = {};
        addRows();
        return true;
    }
    if (kind != LogLine::Part || ++m_pending.parts >= MostParts)
        return false;
    m_pending.text = joined;
    return true;
}

void LogSampleReader::take(LogLine kind, qint64 number)
{
    switch (kind) {
    case LogLine::Row:
    case LogLine::RowAndNext:
        dropPending();
        addRows();
        if (kind == LogLine::Row)
            return;
        endTable();
        m_isHeaded = true;
        return;
    case LogLine::Begins:
        dropPending();
        if (!m_table.isEmpty())
            endTable();
        m_isHeaded = true;
        return;
    case LogLine::Known:
    case LogLine::Part:
    case LogLine::Foreign:
    case LogLine::Damaged:
        break;
    }
    const QByteArrayView text = m_lines.line().trimmed();
    if (text.isEmpty() || completed())
        return;
    if (kind == LogLine::Part) {
        dropPending();
        m_pending = {text.toByteArray(), number, 0};
    } else if (kind != LogLine::Known) {
        dropPending();
        skip(number,
            kind == LogLine::Damaged ? u"this row cannot be read"_s : u"this is no row of the table"_s);
    }
}

Result<bool> LogSampleReader::takeTime()
{
    const auto time = m_times.take(m_lines.line(), m_lines.number(), start());
    if (!time)
        return time.error();
    if (!time.value())
        return false;
    dropPending();
    if (!m_table.isEmpty())
        endTable();
    m_time = time.value();
    return true;
}

Result<Done> LogSampleReader::takeLine()
{
    const Result<bool> isTime = takeTime();
    if (!isTime)
        return isTime.error();
    if (isTime.value())
        return Done{};
    const LogLine kind = read(m_lines.line());
    const bool mayBeCut = m_lines.isUnended() && m_grammar->needsWholeRows();
    if (mayBeCut && (kind == LogLine::Row || kind == LogLine::Part)) {
        skip(m_lines.number(), u"the last line has no line end and may be cut off"_s);
        return Done{};
    }
    if (mayBeCut && !m_pending.text.isEmpty())
        return Done{}; // it might complete the row that waits, with half a word
    take(kind, m_lines.number());
    return Done{};
}

std::optional<ReadSample> LogSampleReader::takeSample()
{
    return std::exchange(m_ready, std::nullopt);
}

Result<std::optional<ReadSample>> LogSampleReader::next()
{
    while (!m_ready && m_lines.next()) {
        if (const Result<Done> taken = takeLine(); !taken)
            return taken.error();
    }
    if (!m_ready && !m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    if (!m_ready && !std::exchange(m_ended, true)) {
        dropPending();
        endTable();
    }
    return takeSample();
}

bool looksLikeLog(const QByteArray &head, LogGrammar &grammar)
{
    QByteArray bytes = head;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return false;
    LogLines lines(buffer);
    std::vector<LogRow> rows;
    QByteArray part;
    while (lines.next()) {
        const LogLine kind = grammar.read(lines.line(), rows);
        if (kind == LogLine::Row || kind == LogLine::RowAndNext)
            return true;
        const QByteArray joined = part + ' ' + lines.line().toByteArray();
        if (!part.isEmpty() && grammar.read(joined, rows) == LogLine::Row)
            return true;
        part = kind == LogLine::Part ? lines.line().toByteArray() : QByteArray();
    }
    return false;
}

} // namespace poolscope
