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
    , m_times(device, fileName, [this](qint64 line, const QString &what) { doubt(line, what); })
{
    if (m_grammar->kind() == SourceKind::Site)
        m_table.keepEqualRows();
}

LogLine LogSampleReader::read(QByteArrayView line)
{
    m_row.clear();
    const LogLine kind = m_grammar->read(line, m_row);
    const bool isRow = kind == LogLine::Row || kind == LogLine::RowAndNext;
    m_rowTime = isRow ? m_grammar->rowTime() : std::nullopt;
    return kind;
}

std::pair<WallTime, TimeBase> LogSampleReader::timeOfTable() const
{
    // What the kernel's log says of itself is more exact than a line that somebody put above it.
    if (m_stamp && m_stamp->hasYear)
        return {m_stamp->time, TimeBase::Own};
    if (m_time)
        return {*m_time, TimeBase::Own};
    if (m_stamp)
        return {m_stamp->time, TimeBase::WithoutYear};
    if (m_sinceBoot)
        return {WallTime(*m_sinceBoot), TimeBase::SinceStart};
    return {WallTime{}, TimeBase::Unknown};
}

void LogSampleReader::forgetTime()
{
    m_time.reset();
    m_stamp.reset();
    m_sinceBoot.reset();
}

void LogSampleReader::takeHeading()
{
    if (m_table.isEmpty() && m_headingLine == 0)
        m_headingLine = m_tableLine = m_lines.number();
}

/// A heading below which nothing stands, where it is certain that nothing will.
void LogSampleReader::sayIfEmpty()
{
    if (m_headingLine > 0 && m_table.isEmpty())
        doubt(m_headingLine, u"no row follows this heading: it gives no sample"_s);
    m_headingLine = 0;
}

void LogSampleReader::endTable()
{
    m_table.end();
    takeTables();
}

/// What the log told of the time is of the first of the tables.
void LogSampleReader::takeTables()
{
    for (SampleBuilder &table : m_table.takeFinished()) {
        if (m_stamp)
            m_times.sayUnknownZone(m_stamp->unknownZone, m_tableLine);
        const auto [wall, base] = timeOfTable();
        if (base == TimeBase::Own || base == TimeBase::Unknown)
            m_times.tableEnds(m_tableLine, base == TimeBase::Own ? std::optional(wall) : std::nullopt);
        if (base == TimeBase::WithoutYear)
            m_times.sayNoYear(m_tableLine);
        auto sample = table.take(nullptr, wall, m_before);
        m_before = sample;
        m_ready.push_back(ReadSample{std::move(sample), m_grammar->kind(), base, false, {}});
        forgetTime();
        m_tableLine = m_lines.number();
    }
    for (const LogTable::Remark &remark : m_table.takeRemarks()) {
        if (remark.isLeftOut)
            skip(remark.line, u"this row stands twice in its table, with the same numbers"_s);
        else
            doubt(remark.line, u"its name stands twice in the table: the rows are added up"_s);
    }
}

void LogSampleReader::takeTimeOfRow()
{
    if (const QByteArrayView date = m_grammar->lineDate(); !m_stamp && !date.isEmpty())
        m_stamp = logStamp(date);
    if (!m_sinceBoot)
        m_sinceBoot = m_grammar->sinceBoot();
}

Result<Done> LogSampleReader::addRows()
{
    std::optional<WallTime> time;
    if (m_rowTime) {
        const auto settled = m_times.timeOfRow(*m_rowTime, m_lines.number(), start(),
            [this](QByteArrayView line) { return m_grammar->timeOfOther(line); });
        if (!settled)
            return settled.error();
        time = settled.value();
    }
    if (time && m_time && *time != *m_time)
        endTable();
    if (m_table.isEmpty() && m_headingLine == 0)
        m_tableLine = m_lines.number();
    m_headingLine = 0;
    if (time) {
        m_time = time;
        m_table.addCertain(m_row, m_lines.number());
    } else {
        m_table.add(m_row, m_lines.number());
    }
    takeTables();
    takeTimeOfRow();
    countRows(1);
    return Done{};
}

void LogSampleReader::dropPending()
{
    if (!m_pending.text.isEmpty())
        skip(m_pending.line, u"this row is cut short"_s);
    m_pending = {};
}

/// Whether the line at hand completes the row that waits, or waits on with it.
Result<bool> LogSampleReader::completed()
{
    constexpr int MostParts = 4;
    if (m_pending.text.isEmpty())
        return false;
    const QByteArray joined = m_pending.text + ' ' + m_lines.line().trimmed().toByteArray();
    const LogLine kind = read(joined);
    if (kind == LogLine::Row) {
        m_pending = {};
        if (const Result<Done> added = addRows(); !added)
            return added.error();
        return true;
    }
    if (kind != LogLine::Part || ++m_pending.parts >= MostParts)
        return false;
    m_pending.text = joined;
    return true;
}

Result<Done> LogSampleReader::take(LogLine kind, qint64 number)
{
    switch (kind) {
    case LogLine::Row:
    case LogLine::RowAndNext:
        dropPending();
        if (const Result<Done> added = addRows(); !added)
            return added.error();
        if (kind == LogLine::RowAndNext)
            m_table.repeatHeading();
        takeTables();
        return Done{};
    case LogLine::Begins:
        dropPending();
        if (!m_table.isEmpty())
            endTable();
        takeHeading();
        m_table.begin();
        return Done{};
    case LogLine::Repeats:
        dropPending();
        takeHeading();
        m_table.repeatHeading();
        takeTables();
        return Done{};
    case LogLine::Known:
    case LogLine::Part:
    case LogLine::Foreign:
    case LogLine::Damaged:
        break;
    }
    const QByteArrayView text = m_lines.line().trimmed();
    if (text.isEmpty())
        return Done{};
    const Result<bool> isCompleted = completed();
    if (!isCompleted)
        return isCompleted.error();
    if (isCompleted.value())
        return Done{};
    if (kind == LogLine::Part) {
        dropPending();
        m_pending = {m_lines.line().toByteArray(), number, 0}; // what stands where may count
    } else if (kind != LogLine::Known) {
        dropPending();
        skip(number,
            kind == LogLine::Damaged ? u"this row cannot be read"_s : u"this is no row of the table"_s);
    }
    return Done{};
}

Result<bool> LogSampleReader::takeTime()
{
    const auto read = m_times.take(m_lines.line(), m_lines.number(), start());
    if (!read)
        return read.error();
    const auto &found = read.value();
    // A number alone may be the end of a row that was wrapped.
    if (!found || (found->isBare && !m_pending.text.isEmpty()))
        return false;
    if (found->isGlued)
        skip(m_lines.number(), u"this row is cut short"_s);
    if (!found->time)
        return true;
    dropPending();
    sayIfEmpty();
    if (!m_table.isEmpty())
        endTable();
    m_time = found->time;
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
    return take(kind, m_lines.number());
}

std::optional<ReadSample> LogSampleReader::takeSample()
{
    if (m_ready.empty())
        return std::nullopt;
    auto sample = std::exchange(m_ready.front(), std::nullopt);
    m_ready.pop_front();
    return sample;
}

Result<std::optional<ReadSample>> LogSampleReader::next()
{
    while (m_ready.empty() && m_lines.next()) {
        if (const Result<Done> taken = takeLine(); !taken)
            return taken.error();
    }
    if (m_ready.empty() && !m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    if (m_ready.empty() && !std::exchange(m_ended, true)) {
        dropPending();
        sayIfEmpty();
        m_times.logEnds(m_time && m_table.isEmpty());
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
