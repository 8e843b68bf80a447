// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/poolmonsamplereader.h"

#include "model/core/duration.h"

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// The time of "===== 2026-11-22T18:00:00Z =====".
std::optional<WallTime> timeLine(QByteArrayView line)
{
    constexpr QByteArrayView Rule = "=====";
    const QByteArrayView text = line.trimmed();
    if (text.size() < 2 * Rule.size() || !text.startsWith(Rule) || !text.endsWith(Rule))
        return std::nullopt;
    const QByteArrayView inner = text.sliced(Rule.size(), text.size() - 2 * Rule.size()).trimmed();
    return wallTimeFromIso(QString::fromLatin1(inner));
}

} // namespace

PoolMonSampleReader::PoolMonSampleReader(QIODevice &device, const QString &fileName)
    : m_lines(device)
    , m_fileName(fileName)
{
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
        if (const auto time = timeLine(m_lines.line())) {
            m_nextTime = time;
            continue;
        }
        const auto outcome = m_reader.take(m_lines.line());
        if (outcome == PoolMonSheetReader::Outcome::Damaged)
            skip(m_lines.number(), u"this line of a PoolMon table cannot be read"_s);
        if (outcome != PoolMonSheetReader::Outcome::SheetBegins) {
            if (m_reader.hasBegun() && m_nextTime && !m_reader.hasRows())
                m_time = std::exchange(m_nextTime, std::nullopt);
            continue;
        }
        const PoolMonSheet sheet = m_reader.finished();
        std::optional<ReadSample> sample;
        if (sheet.isSample())
            sample = take(sheet);
        m_time = std::exchange(m_nextTime, std::nullopt);
        if (sample)
            return sample;
    }
    if (!m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    const PoolMonSheet sheet = m_ended ? PoolMonSheet() : m_reader.last();
    m_ended = true;
    return sheet.isSample() ? std::optional(take(sheet)) : std::nullopt;
}

} // namespace poolscope
