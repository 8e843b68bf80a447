// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/poolmonsamplereader.h"

#include "model/formats/linetext.h"

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
    , m_times(device, fileName, [this](qint64 line, const QString &what) { doubt(line, what); })
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
        if (isPoolMonLine(readPoolMonLine(withoutComment(lines.line()), row, system)))
            return true;
    }
    return false;
}

void PoolMonSampleReader::tell(const std::vector<PoolMonRemark> &remarks)
{
    for (const PoolMonRemark &remark : remarks) {
        if (remark.kind == PoolMonRemark::Kind::Doubt)
            doubt(remark.line, remark.why);
        else
            skip(remark.line, remark.why);
        const bool isDamaged = remark.kind == PoolMonRemark::Kind::Damaged;
        // What a file that is cut off lost there is not what makes its table empty.
        const bool isCut = m_lines.isUnended() && remark.line == m_lines.number();
        m_isDamaged = m_isDamaged || (isDamaged && !isCut);
        if (isDamaged && !m_firstDamaged)
            m_firstDamaged = SkippedLine{remark.line, remark.why};
    }
}

/// The time above a sheet is of that one, even if it gives no sample.
std::optional<ReadSample> PoolMonSampleReader::takeIfSample(PoolMonSheet sheet)
{
    const bool isDamaged = std::exchange(m_isDamaged, false);
    if (!sheet.isSample())
        return std::nullopt;
    const qint64 line = sheet.rows.empty() ? m_sheetLine : sheet.rows.front().line;
    if (sheet.rows.empty() && isDamaged) {
        doubt(line, u"no row of this table can be read: it gives no sample"_s);
        m_time.reset();
        return std::nullopt;
    }
    m_times.tableEnds(line, m_time);
    return take(std::move(sheet));
}

ReadSample PoolMonSampleReader::take(PoolMonSheet sheet)
{
    m_longNames = m_longNames || sheet.hasLongNames();
    const SourceKind kind = m_reader.namedKind().value_or(m_longNames ? SourceKind::Slab : SourceKind::Pool);
    if (kind == SourceKind::Pool)
        tell(leaveOutLongNames(sheet));
    auto sample = sampleFromSheet(sheet, kind, nullptr, m_time.value_or(WallTime{}), m_before);
    m_before = sample;
    countRows(static_cast<qint64>(sheet.rows.size()));
    const bool isTimed = std::exchange(m_time, std::nullopt).has_value();
    return {std::move(sample), kind, isTimed ? TimeBase::Own : TimeBase::Unknown, false, {}};
}

/// The sample that ends before the time, if one does.
std::optional<ReadSample> PoolMonSampleReader::takeTime(const TimeLines::Found &found)
{
    if (found.isGlued)
        skip(m_lines.number(), u"this row is cut short: a time follows it"_s);
    if (!found.time)
        return std::nullopt;
    PoolMonSheet sheet = m_reader.last();
    tell(m_reader.takeRemarks());
    auto sample = takeIfSample(std::move(sheet));
    m_time = found.time;
    m_sheetLine = m_lines.number();
    return sample;
}

Result<std::optional<ReadSample>> PoolMonSampleReader::next()
{
    while (m_lines.next()) {
        const QByteArrayView line = withoutComment(m_lines.line());
        // A number that completes the line before may look like a time.
        if (!m_reader.continues(line)) {
            const auto told = m_times.take(line, m_lines.number(), start());
            if (!told)
                return told.error();
            if (const auto &found = told.value()) {
                if (auto sample = takeTime(*found))
                    return sample;
                continue;
            }
        }
        const bool begins = m_reader.take(line, m_lines.number(), m_lines.isUnended());
        tell(m_reader.takeRemarks());
        if (!begins)
            continue;
        auto sample = takeIfSample(m_reader.finished());
        m_sheetLine = m_lines.number();
        if (sample)
            return sample;
    }
    if (!m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    PoolMonSheet sheet = m_ended ? PoolMonSheet() : m_reader.last();
    tell(m_reader.takeRemarks());
    if (!std::exchange(m_ended, true))
        m_times.logEnds(m_time && !sheet.isSample());
    auto sample = takeIfSample(std::move(sheet));
    // An empty table is an answer, one whose rows are all lost is none.
    if (rows() == 0 && m_firstDamaged) {
        return Error{ErrorKind::BadInput, m_firstDamaged->why, fileAndLine(m_fileName, m_firstDamaged->line),
            u"no row of the file can be read: correct its rows (tag, Nonp or Paged, five numbers)"_s};
    }
    if (rows() == 0 && sample)
        doubt(m_lines.number(), u"no table of the file has a row: use one with the table's rows"_s);
    return sample;
}

} // namespace poolscope
