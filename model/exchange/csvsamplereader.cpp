// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/csvsamplereader.h"

#include "model/core/tagtext.h"
#include "model/formats/csvrow.h"
#include "model/formats/linetext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LongestRow = 1024LL * 1024;

bool hasOpenQuote(QByteArrayView text)
{
    return std::ranges::count(text, '"') % 2 != 0;
}

} // namespace

CsvSampleReader::CsvSampleReader(QIODevice &device, const QString &fileName)
    : m_lines(device)
    , m_fileName(fileName)
{
}

bool CsvSampleReader::recognises(const QByteArray &head)
{
    return looksLikeSampleCsv(head);
}

/// A row as text: quoted fields may hold line ends.
bool CsvSampleReader::nextRow()
{
    m_text.clear();
    while (m_lines.next()) {
        if (m_text.isEmpty()) {
            if (m_lines.line().trimmed().isEmpty())
                continue;
            m_rowLine = m_lines.number();
        }
        m_text += m_lines.line();
        if (!hasOpenQuote(m_text) || m_text.size() > LongestRow)
            return true;
        m_text += '\n';
    }
    return !m_text.isEmpty();
}

Error CsvSampleReader::unreadable(const QString &why) const
{
    return {ErrorKind::BadInput, why, fileAndLine(m_fileName, std::max<qint64>(m_rowLine, 1)),
        u"the first line must name the columns, as in time,tag,type,allocs,frees,outstanding,bytes"_s};
}

std::optional<Error> CsvSampleReader::readHeader()
{
    m_headed = true;
    if (!nextRow())
        return unreadable(u"the file is empty"_s);
    CsvReader reader(m_text);
    if (reader.next() != CsvReader::Outcome::Row)
        return unreadable(u"the first line is no row of a CSV file"_s);
    if (const auto why = m_columns.find(reader.fields()))
        return unreadable(*why);
    return std::nullopt;
}

ReadSample CsvSampleReader::take()
{
    if (!m_kind)
        m_kind = guessedSourceKind({}, m_builder.tags());
    auto sample = m_builder.take(nullptr, m_wall, m_before);
    m_before = sample;
    return {std::move(sample), *m_kind, m_columns.countsSeconds() ? TimeBase::SinceStart : TimeBase::Own,
        false, {}};
}

Result<std::optional<ReadSample>> CsvSampleReader::next()
{
    if (!m_headed) {
        if (auto error = readHeader())
            return *std::move(error);
    }
    if (m_waiting) {
        m_wall = m_waiting->wall;
        m_builder.add(std::move(m_waiting->entry), m_waiting->reading);
        m_waiting.reset();
    }
    while (!m_ended) {
        if (!nextRow()) {
            m_ended = true;
            if (!m_lines.failure().isEmpty())
                return unreadable(u"cannot read the file (%1)"_s.arg(m_lines.failure()));
            break;
        }
        if (m_lines.isUnended()) {
            skip(m_rowLine, u"the last line has no line end and may be cut off"_s);
            continue;
        }
        CsvReader reader(m_text);
        const CsvReader::Outcome outcome = reader.next();
        SampleCsvRow row;
        std::optional<QString> why;
        if (outcome == CsvReader::Outcome::Unclosed)
            why = u"a quoted field begins here and never ends"_s;
        else if (outcome == CsvReader::Outcome::TextAfterQuote)
            why = u"text stands between a closing quote and the next comma"_s;
        else if (outcome == CsvReader::Outcome::Row)
            why = m_columns.read(reader.fields(), WallTime{}, row);
        else
            continue;
        if (why) {
            skip(m_rowLine, *why);
            continue;
        }
        countRows(1);
        const bool isAgain = m_builder.contains(row.entry.tag);
        if (!m_builder.isEmpty() && (row.wall != m_wall || isAgain)) {
            if (row.wall == m_wall)
                row.wall += std::chrono::nanoseconds(1);
            m_waiting = std::move(row);
            return std::optional(take());
        }
        m_wall = row.wall;
        m_builder.add(std::move(row.entry), row.reading);
    }
    return m_builder.isEmpty() ? std::optional<ReadSample>() : std::optional(take());
}

} // namespace poolscope
