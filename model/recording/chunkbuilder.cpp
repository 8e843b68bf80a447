// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/chunkbuilder.h"

#include "model/recording/chunkformat.h"
#include "model/recording/rowscodec.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

constexpr int ChunkLevel = 6; ///< of zstd

template <typename Streams>
void appendWithLengths(ByteWriter &writer, const Streams &streams)
{
    for (const ByteWriter &stream : streams)
        writer.number(stream.bytes().size());
    for (const ByteWriter &stream : streams)
        writer.append(stream.bytes());
}

} // namespace

void ChunkBuilder::add(const RecordingStep &step, bool isStart)
{
    const auto offset = static_cast<quint32>(m_times.size());
    m_times.push_back({step.wall, step.monotonic, step.afterGap});
    addSystem(step.system);
    if (step.hasRows && (offset == 0 || step.rows != *m_rows.back().ids))
        m_rows.push_back({offset, std::make_shared<const std::vector<TagId>>(step.rows)});
    addDrivers(offset, step.drivers, isStart);
    addReadings(offset, step.readings, isStart);
}

void ChunkBuilder::addSystem(const SystemReading &system)
{
    const SystemDelta delta = m_system.encode(system);
    m_machine[SystemMaskStream].number(delta.mask);
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        if (delta.has(i))
            m_machine[FirstSystemStream + i].signedNumber(delta.residuals[i]);
    }
}

void ChunkBuilder::addDrivers(quint32 offset, const std::vector<TagDriver> &drivers, bool isStart)
{
    std::vector<TagDriver> changed;
    const auto take = [&](TagId id, DriverId driver) {
        if (id >= m_drivers.size())
            m_drivers.resize(id + 1);
        if (std::exchange(m_drivers[id], driver) != driver)
            changed.push_back({id, driver});
    };
    TagId next = 0;
    for (const TagDriver &driver : drivers) {
        for (; isStart && next < std::min<size_t>(driver.id, m_drivers.size()); ++next)
            take(next, 0);
        take(driver.id, driver.driver);
        next = driver.id + 1;
    }
    for (; isStart && next < m_drivers.size(); ++next)
        take(next, 0);
    if (changed.empty())
        return;

    ByteWriter &stream = m_machine[DriversStream];
    stream.number(offset - std::exchange(m_nextDrivers, offset + 1));
    stream.number(changed.size());
    next = 0;
    for (const TagDriver &driver : changed) {
        stream.number(driver.id - std::exchange(next, driver.id + 1));
        stream.number(driver.driver);
    }
}

void ChunkBuilder::addReadings(quint32 offset, const std::vector<TagReading> &readings, bool isStart)
{
    if (!readings.empty() && readings.back().id >= m_tags.size())
        m_tags.resize(readings.back().id + 1);
    TagId next = 0;
    for (const TagReading &reading : readings) {
        for (; isStart && next < reading.id; ++next)
            m_tags[next].append(offset, {});
        m_tags[reading.id].append(offset, reading.reading);
        next = reading.id + 1;
    }
    for (; isStart && next < m_tags.size(); ++next)
        m_tags[next].append(offset, {});
}

std::optional<MachineStreamViews> ChunkBuilder::machine()
{
    MachineStreamViews views;
    for (size_t i = 0; i < views.size(); ++i)
        views[i] = m_machine[i].bytes();
    return views;
}

std::optional<EventStreamViews> ChunkBuilder::tag(TagId id)
{
    return id < m_tags.size() ? m_tags[id].views() : EventStreamViews();
}

size_t ChunkBuilder::memoryBytes() const
{
    size_t sum = m_times.capacity() * sizeof(SampleTime) + m_tags.capacity() * sizeof(EventWriter);
    for (const EventWriter &tag : m_tags)
        sum += tag.memoryBytes();
    for (const ByteWriter &stream : m_machine)
        sum += stream.memoryBytes();
    return sum;
}

EncodedChunk ChunkBuilder::encode(Compression &compression, quint64 first, quint32 segment) const
{
    EncodedChunk chunk;
    ByteWriter machine;
    machine.byte(static_cast<quint8>(BlobKind::Machine));
    machine.number(first);
    machine.number(m_times.size());
    appendWithLengths(machine, m_machine);
    chunk.parts.push_back({MachinePart, compression.packed(machine.view(), ChunkLevel)});

    for (TagId tag = 0; tag < m_tags.size(); tag += TagsPerGroup) {
        const auto end = m_tags.begin() + std::min<qsizetype>(tag + TagsPerGroup, std::ssize(m_tags));
        if (!std::all_of(
                m_tags.begin() + tag, end, [](const EventWriter &events) { return events.isEmpty(); }))
            chunk.parts.push_back({partOfTag(tag), encodedGroup(compression, first, tag / TagsPerGroup)});
    }
    chunk.times = encodedTimes(compression, first, segment, chunk.parts);
    return chunk;
}

QByteArray ChunkBuilder::encodedTimes(Compression &compression, quint64 first, quint32 segment,
    const std::vector<EncodedChunk::Part> &parts) const
{
    std::array<ByteWriter, TimesStreamCount> streams;
    ClockPredictor clock;
    quint32 nextGap = 0;
    for (quint32 offset = 0; offset < m_times.size(); ++offset) {
        const SampleTime &time = m_times[offset];
        const ClockDelta delta = clock.encode(time.wall, time.monotonic);
        streams[MonotonicStream].signedNumber(delta.monotonic);
        streams[WallStream].signedNumber(delta.wall);
        if (time.afterGap)
            streams[GapsStream].number(offset - std::exchange(nextGap, offset + 1));
    }
    quint32 nextRows = 0;
    std::span<const TagId> before;
    for (const RowsChange &rows : m_rows) {
        streams[RowsStream].number(rows.offset - std::exchange(nextRows, rows.offset + 1));
        writeRows(streams[RowsStream], before, *rows.ids);
        before = *rows.ids;
    }
    ByteWriter writer;
    writer.byte(static_cast<quint8>(BlobKind::Times));
    writer.number(first);
    writer.number(segment);
    writer.number(m_times.size());
    writer.number(parts.size());
    quint32 next = 0;
    for (const EncodedChunk::Part &part : parts)
        writer.number(part.number - std::exchange(next, part.number + 1));
    appendWithLengths(writer, streams);
    return compression.packed(writer.view(), ChunkLevel);
}

QByteArray ChunkBuilder::encodedGroup(Compression &compression, quint64 first, quint32 group) const
{
    ByteWriter writer;
    writer.byte(static_cast<quint8>(BlobKind::Tags));
    writer.number(first);
    writer.number(m_times.size());
    writer.number(group);
    std::array<EventStreamViews, TagsPerGroup> tags;
    for (size_t i = 0; i < TagsPerGroup; ++i) {
        const size_t id = size_t(group) * TagsPerGroup + i;
        if (id < m_tags.size())
            tags[i] = m_tags[id].views();
        for (const std::span<const quint8> stream : tags[i])
            writer.number(stream.size());
    }
    std::array<ByteWriter, EventStreamCount> streams;
    std::array<QByteArrayView, EventStreamCount + 1> pieces{writer.view()};
    for (size_t stream = 0; stream < EventStreamCount; ++stream) {
        for (const EventStreamViews &tag : tags)
            streams[stream].append(tag[stream]);
        pieces[stream + 1] = streams[stream].view();
    }
    return compression.packed(pieces, ChunkLevel);
}

} // namespace poolscope
