// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/eventstreams.h"

namespace poolscope {

void EventWriter::append(quint32 offset, const Reading &reading)
{
    if (reading == m_predictor.reading())
        return;
    const ReadingDelta delta = m_predictor.encode(reading);
    m_streams[GapStream].number(offset - m_next);
    m_next = offset + 1;
    m_streams[MaskStream].byte(delta.mask);
    for (size_t i = 0; i < CounterCount; ++i) {
        if (delta.has(i))
            m_streams[FirstResidualStream + i].signedNumber(delta.residuals[i]);
    }
}

EventStreamViews EventWriter::views() const
{
    EventStreamViews views;
    for (size_t i = 0; i < views.size(); ++i)
        views[i] = m_streams[i].bytes();
    return views;
}

size_t EventWriter::memoryBytes() const
{
    size_t sum = 0;
    for (const ByteWriter &stream : m_streams)
        sum += stream.memoryBytes();
    return sum;
}

EventCursor::EventCursor(const EventStreamViews &streams)
{
    for (size_t i = 0; i < streams.size(); ++i)
        m_streams[i] = ByteReader(streams[i]);
    m_next = 0;
    peek();
}

/// m_next is the first offset that the next change may have.
void EventCursor::peek()
{
    if (m_streams[GapStream].atEnd()) {
        m_next = End;
        return;
    }
    const quint64 gap = m_streams[GapStream].number();
    m_ok = m_ok && m_streams[GapStream].ok() && gap < End - m_next;
    m_next = m_ok ? m_next + static_cast<quint32>(gap) : End;
}

void EventCursor::advance()
{
    ReadingDelta delta;
    delta.mask = m_streams[MaskStream].byte();
    for (size_t i = 0; i < CounterCount; ++i) {
        if (delta.has(i))
            delta.residuals[i] = m_streams[FirstResidualStream + i].signedNumber();
        m_ok = m_ok && m_streams[FirstResidualStream + i].ok();
    }
    m_ok = m_ok && m_streams[MaskStream].ok();
    m_predictor.decode(delta);
    ++m_next;
    peek();
}

} // namespace poolscope
