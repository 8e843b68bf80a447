// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/linereader.h"

#include <QBuffer>

#include <algorithm>
#include <cstring>

namespace poolscope {

namespace {

constexpr qsizetype LargestBlock = 262'144;
constexpr QByteArrayView LittleMark = "\xFF\xFE";
constexpr QByteArrayView BigMark = "\xFE\xFF";
constexpr QByteArrayView Utf8Mark = "\xEF\xBB\xBF";

bool hasByte(QByteArrayView text, char byte)
{
    return !text.isEmpty() && std::memchr(text.data(), byte, static_cast<size_t>(text.size())) != nullptr;
}

/// Whether lines end with CR alone; one at the end may be half of a CR LF that goes on.
bool endsLinesWithCr(QByteArrayView block)
{
    while (block.endsWith('\r') || block.endsWith('\0'))
        block.chop(1);
    return hasByte(block, '\r');
}

/// Whether at least half of the units have a null where Latin-1 has one. `high` is the place in a unit.
bool isWide(QByteArrayView line, qsizetype high)
{
    qsizetype nulls = 0;
    for (qsizetype i = high; i < line.size(); i += 2)
        nulls += line[i] == '\0' ? 1 : 0;
    return nulls > 0 && 4 * nulls >= line.size();
}

QByteArray latin1(QByteArrayView units, qsizetype high)
{
    QByteArray text;
    text.reserve(units.size() / 2);
    for (qsizetype i = 0; i + 1 < units.size(); i += 2)
        text += units[i + high] == '\0' ? units[i + 1 - high] : '?';
    return text;
}

} // namespace

LineReader::LineReader(QIODevice &device)
    : m_device(device)
{
}

/// What only the start of a file tells.
void LineReader::begin(QByteArray &block)
{
    if (block.startsWith(Utf8Mark))
        block.remove(0, Utf8Mark.size());
    if (!block.contains('\n') && endsLinesWithCr(block))
        m_lineEnd = '\r';
    m_started = true;
}

bool LineReader::readMore()
{
    QByteArray block = m_device.read(m_blockSize);
    if (block.size() == m_blockSize)
        m_blockSize = std::min(m_blockSize * 4, LargestBlock);
    if (block.isEmpty()) {
        if (!m_device.atEnd())
            m_failure = m_device.errorString();
        return false;
    }
    if (!m_started)
        begin(block);
    m_mayBeWide = m_mayBeWide || hasByte(block, '\0');
    m_buffer.remove(0, m_at);
    m_at = 0;
    m_buffer += block;
    return true;
}

/// The line in single bytes. Its line end was found as a byte, so that the other half of that is at the start
/// of the next line (little-endian) or at the end of this one (big-endian).
QByteArrayView LineReader::narrowed(QByteArrayView line)
{
    if (m_width == Width::LittleEndian && line.startsWith('\0'))
        line = line.sliced(1);
    const bool isMarkedBig = line.startsWith(BigMark);
    const bool isMarked = isMarkedBig || line.startsWith(LittleMark);
    const QByteArrayView units = isMarked ? line.sliced(2) : line;
    const bool isBig = isMarkedBig || (units.startsWith('\0') && isWide(units, 0));
    const bool isFirst = m_number == 0 && isMarked;
    if (!isBig && !isFirst && !isWide(units, 1)) {
        m_width = Width::Byte;
        return line;
    }
    m_width = isBig ? Width::BigEndian : Width::LittleEndian;
    m_narrowed = latin1(units, isBig ? 0 : 1);
    return m_narrowed;
}

bool LineReader::next()
{
    m_tooLong = false;
    qsizetype searched = m_at;
    qsizetype end = -1;
    bool dropping = false;
    for (;;) {
        end = m_buffer.indexOf(m_lineEnd, searched);
        if (end >= 0)
            break;
        const qsizetype waiting = m_buffer.size() - m_at;
        if (waiting > LongestLine) {
            // The start of the line is kept, the rest of it is read past.
            m_tooLong = dropping = true;
            m_buffer.resize(m_at + LongestLine);
        }
        searched = m_buffer.size() - m_at; // readMore() moves what is left to the front
        if (!readMore())
            break;
    }
    const bool isHalfEnd = m_width == Width::LittleEndian && m_buffer.size() - m_at == 1;
    if (end < 0 && (m_at >= m_buffer.size() || (isHalfEnd && m_buffer.back() == '\0')))
        return false;
    m_unended = end < 0;
    const qsizetype stop = end < 0 ? m_buffer.size() : end;
    m_line = QByteArrayView(m_buffer).sliced(m_at, std::min(stop - m_at, LongestLine));
    if (m_mayBeWide)
        m_line = narrowed(m_line);
    while (m_line.endsWith('\r') && !dropping)
        m_line.chop(1);
    m_at = end < 0 ? stop : end + 1;
    ++m_number;
    return true;
}

QByteArray plainHead(const QByteArray &bytes)
{
    if (bytes.startsWith(Utf8Mark))
        return plainHead(bytes.sliced(Utf8Mark.size()));
    if (!bytes.contains('\0') && bytes.contains('\n'))
        return bytes;
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    if (!buffer.open(QIODevice::ReadOnly))
        return bytes;
    QByteArray plain;
    LineReader lines(buffer);
    while (lines.next()) {
        plain += lines.line();
        if (!lines.isUnended())
            plain += '\n';
    }
    return plain;
}

} // namespace poolscope
