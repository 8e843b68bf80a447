// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/bytecodec.h"
#include "model/recording/readingpredictor.h"

#include <array>
#include <limits>
#include <span>

namespace poolscope {

/// A tag's changes within a chunk as six streams of bytes: how many samples lie between, what changed, and
/// the residuals of each counter.
enum EventStream : size_t
{
    GapStream,
    MaskStream,
    FirstResidualStream,
    EventStreamCount = FirstResidualStream + CounterCount,
};
using EventStreamViews = std::array<std::span<const quint8>, EventStreamCount>;

/// Writes them; the first change is a step from "all unknown".
class EventWriter
{
public:
    /// Offsets of samples within the chunk rise. A reading that equals the one before adds nothing.
    void append(quint32 offset, const Reading &reading);

    [[nodiscard]] const Reading &reading() const { return m_predictor.reading(); }
    [[nodiscard]] EventStreamViews views() const;
    [[nodiscard]] bool isEmpty() const { return m_streams[MaskStream].isEmpty(); }
    [[nodiscard]] size_t memoryBytes() const;

private:
    ReadingPredictor m_predictor;
    quint32 m_next = 0; ///< the first offset that the next change may have
    std::array<ByteWriter, EventStreamCount> m_streams;
};

/// Walks through them. Bytes that make no sense end the walk with ok() false.
class EventCursor
{
public:
    static constexpr quint32 End = std::numeric_limits<quint32>::max();

    EventCursor() = default;
    explicit EventCursor(const EventStreamViews &streams);

    /// Offset of the next change; End: none.
    [[nodiscard]] quint32 next() const { return m_next; }
    /// Makes the next change. Only while next() is not End.
    void advance();
    [[nodiscard]] const Reading &reading() const { return m_predictor.reading(); }
    [[nodiscard]] bool ok() const { return m_ok; }

private:
    void peek();

    ReadingPredictor m_predictor;
    std::array<ByteReader, EventStreamCount> m_streams;
    quint32 m_next = End;
    bool m_ok = true;
};

} // namespace poolscope
