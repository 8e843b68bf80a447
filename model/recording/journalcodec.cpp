// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/journalcodec.h"

#include "model/recording/rowscodec.h"

#include <algorithm>

namespace poolscope {

namespace {

enum RecordFlag : quint8
{
    AfterGap = 1,
    HasRows = 2,
    HasDrivers = 4,
};

} // namespace

ReadingPredictor &JournalCodec::predictor(TagId id)
{
    const size_t number = id / PageSize;
    if (number >= m_readings.size())
        m_readings.resize(number + 1);
    std::unique_ptr<Page> &page = m_readings[number];
    if (!page)
        page = std::make_unique<Page>();
    return (*page)[id % PageSize];
}

void JournalCodec::write(ByteWriter &writer, const RecordingStep &step)
{
    writer.byte(static_cast<quint8>((step.afterGap ? AfterGap : 0) | (step.hasRows ? HasRows : 0)
        | (step.drivers.empty() ? 0 : HasDrivers)));
    const ClockDelta clock = m_clock.encode(step.wall, step.monotonic);
    writer.signedNumber(clock.monotonic);
    writer.signedNumber(clock.wall);

    const SystemDelta system = m_system.encode(step.system);
    writer.number(system.mask);
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        if (system.has(i))
            writer.signedNumber(system.residuals[i]);
    }
    if (step.hasRows) {
        writeRows(writer, m_rows, step.rows);
        m_rows = step.rows;
    }
    TagId next = 0;
    if (!step.drivers.empty()) {
        writer.number(step.drivers.size());
        for (const TagDriver &driver : step.drivers) {
            writer.number(driver.id - next);
            writer.number(driver.driver);
            next = driver.id + 1;
        }
    }
    writer.number(step.readings.size());
    next = 0;
    for (const TagReading &reading : step.readings) {
        writer.number(reading.id - next);
        next = reading.id + 1;
        const ReadingDelta delta = predictor(reading.id).encode(reading.reading);
        writer.byte(delta.mask);
        for (size_t i = 0; i < CounterCount; ++i) {
            if (delta.has(i))
                writer.signedNumber(delta.residuals[i]);
        }
    }
}

bool JournalCodec::read(ByteReader &reader, RecordingStep &step)
{
    const quint8 flags = reader.byte();
    step.afterGap = (flags & AfterGap) != 0;
    ClockDelta clock;
    clock.monotonic = reader.signedNumber();
    clock.wall = reader.signedNumber();
    m_clock.decode(clock);
    step.wall = m_clock.wall();
    step.monotonic = m_clock.monotonic();

    SystemDelta system;
    system.mask = reader.number();
    for (size_t i = 0; i < SystemFieldCount; ++i) {
        if (system.has(i))
            system.residuals[i] = reader.signedNumber();
    }
    m_system.decode(system);
    step.system = m_system.reading();

    step.hasRows = (flags & HasRows) != 0;
    step.rows.clear();
    if (step.hasRows) {
        m_rows = readRows(reader, m_rows);
        step.rows = m_rows;
    }
    step.drivers.clear();
    if ((flags & HasDrivers) != 0 && !readDrivers(reader, step))
        return false;
    return readReadings(reader, step);
}

bool JournalCodec::readDrivers(ByteReader &reader, RecordingStep &step) const
{
    const quint64 count = reader.number();
    if (count > reader.left())
        return false;
    quint64 next = 0;
    for (quint64 i = 0; i < count; ++i) {
        next += reader.number();
        const quint64 driver = reader.number();
        if (!reader.ok() || next >= MaxTags || driver > std::numeric_limits<DriverId>::max())
            return false;
        step.drivers.push_back({static_cast<TagId>(next++), static_cast<DriverId>(driver)});
    }
    return true;
}

bool JournalCodec::readReadings(ByteReader &reader, RecordingStep &step)
{
    step.readings.clear();
    const quint64 count = reader.number();
    if (!reader.ok() || count > reader.left())
        return false;
    step.readings.reserve(count);
    quint64 next = 0;
    for (quint64 i = 0; i < count; ++i) {
        const quint64 gap = reader.number();
        if (gap >= MaxTags - next)
            return false;
        next += gap;
        ReadingDelta delta;
        delta.mask = reader.byte();
        for (size_t counter = 0; counter < CounterCount; ++counter) {
            if (delta.has(counter))
                delta.residuals[counter] = reader.signedNumber();
        }
        if (!reader.ok())
            return false;
        const auto id = static_cast<TagId>(next++);
        ReadingPredictor &known = predictor(id);
        known.decode(delta);
        step.readings.push_back({id, known.reading()});
    }
    return true;
}

} // namespace poolscope
