// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/linereader.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr qsizetype LargestBlock = 262'144;
constexpr QByteArrayView Utf16Mark = "\xFF\xFE";
constexpr QByteArrayView Utf8Mark = "\xEF\xBB\xBF";

} // namespace

LineReader::LineReader(QIODevice &device)
    : m_device(device)
    , m_utf16(QStringDecoder::Utf16LE)
{
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
    if (!m_started) {
        m_isUtf16 = block.startsWith(Utf16Mark);
        if (block.startsWith(Utf8Mark))
            block.remove(0, Utf8Mark.size());
        m_started = true;
    }
    if (m_isUtf16)
        block = QString(m_utf16(block)).toLatin1();
    m_buffer.remove(0, m_at);
    m_at = 0;
    m_buffer += block;
    return true;
}

bool LineReader::next()
{
    m_tooLong = false;
    qsizetype searched = m_at;
    qsizetype end = -1;
    bool dropping = false;
    for (;;) {
        end = m_buffer.indexOf('\n', searched);
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
    if (end < 0 && m_at >= m_buffer.size())
        return false;
    m_unended = end < 0;
    const qsizetype stop = end < 0 ? m_buffer.size() : end;
    m_line = QByteArrayView(m_buffer).sliced(m_at, std::min(stop - m_at, LongestLine));
    if (m_line.endsWith('\r') && !dropping)
        m_line.chop(1);
    m_at = end < 0 ? stop : end + 1;
    ++m_number;
    return true;
}

QByteArray plainHead(const QByteArray &bytes)
{
    if (bytes.startsWith(Utf16Mark)) {
        QStringDecoder decoder(QStringDecoder::Utf16LE);
        return QString(decoder(bytes)).toLatin1();
    }
    return bytes.startsWith(Utf8Mark) ? bytes.sliced(Utf8Mark.size()) : bytes;
}

} // namespace poolscope
