// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/poolmonsamplereader.h"

#include <QBuffer>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Scripts keep samples of the format in their comments.
QByteArrayView withoutComment(QByteArrayView line)
{
    return line.startsWith("# ") ? line.sliced(2) : line;
}

} // namespace

PoolMonSampleReader::PoolMonSampleReader(QIODevice &device, const QString &fileName)
    : m_lines(device)
    , m_fileName(fileName)
    , m_times(device, fileName)
{
}

bool PoolMonSampleReader::recognises(const QByteArray &head)
{
    QByteArray bytes = head;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return false;
    SystemReading system;
    PoolMonRow row;
    for (LogLines lines(buffer); lines.next();) {
        const PoolMonLine kind = readPoolMonLine(withoutComment(lines.line()), row, system);
        if (kind != PoolMonLine::Other && kind != PoolMonLine::Damaged)
            return true;
    }
    return false;
}

ReadSample PoolMonSampleReader::take(const PoolMonSheet &sheet)
{
    m_longNames = m_longNames || sheet.hasLongNames();
    const SourceKind kind = m_reader.namedKind().value_or(m_longNames ? SourceKind::Slab : SourceKind::Pool);
    auto sample = sampleFromSheet(sheet, kind, nullptr, m_time.value_or(WallTime{}), m_before);
    m_before = sample;
    countRows(static_cast<qint64>(sheet.rows.size()));
    const bool isTimed = std::exchange(m_time, std::nullopt).has_value();
    return {std::move(sample), kind, isTimed ? TimeBase::Own : TimeBase::Unknown, false, {}};
}

Result<std::optional<ReadSample>> PoolMonSampleReader::next()
{
    while (m_lines.next()) {
        const QByteArrayView line = withoutComment(m_lines.line());
        const auto time = m_times.take(line, m_lines.number(), start());
        if (!time)
            return time.error();
        if (time.value()) {
            std::optional<ReadSample> sample;
            if (m_reader.hasRows())
                sample = take(m_reader.last());
            m_time = time.value();
            if (sample)
                return sample;
            continue;
        }
        const auto outcome = m_reader.take(line, m_lines.isUnended());
        if (outcome == PoolMonSheetReader::Outcome::Damaged)
            skip(m_lines.number(), u"this line of a PoolMon table cannot be read"_s);
        if (outcome == PoolMonSheetReader::Outcome::Foreign)
            skip(m_lines.number(), u"this is no line of a PoolMon table"_s);
        if (outcome != PoolMonSheetReader::Outcome::SheetBegins)
            continue;
        if (const PoolMonSheet sheet = m_reader.finished(); sheet.isSample())
            return std::optional(take(sheet));
    }
    if (!m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    const PoolMonSheet sheet = m_ended ? PoolMonSheet() : m_reader.last();
    m_ended = true;
    return sheet.isSample() ? std::optional(take(sheet)) : std::nullopt;
}

} // namespace poolscope
