// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/eventstreams.h"
#include "model/recording/recordingstep.h"
#include "model/recording/systempredictor.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace poolscope {

struct SampleTime
{
    WallTime wall{};
    MonotonicTime monotonic{};
    bool afterGap = false;

    friend bool operator==(const SampleTime &, const SampleTime &) = default;
};

/// The rows of the samples of a chunk from `offset` on.
struct RowsChange
{
    quint32 offset = 0;
    std::shared_ptr<const std::vector<TagId>> ids; ///< never null
};

/// What a chunk holds beyond times, rows and readings: the machine-wide fields and the drivers of tags.
enum MachineStream : size_t
{
    SystemMaskStream,
    FirstSystemStream,
    DriversStream = FirstSystemStream + SystemFieldCount,
    MachineStreamCount,
};
using MachineStreamViews = std::array<std::span<const quint8>, MachineStreamCount>;

/// A run of samples within one segment, as streams of changes: in memory while it grows, or unpacked from
/// the file.
class ChunkContent
{
public:
    ChunkContent() = default;
    ChunkContent(const ChunkContent &) = delete;
    ChunkContent &operator=(const ChunkContent &) = delete;
    virtual ~ChunkContent() = default;

    /// nullopt: damaged.
    [[nodiscard]] virtual std::optional<MachineStreamViews> machine() = 0;
    /// Tags from this id on have no readings in the chunk.
    [[nodiscard]] virtual TagId tagEnd() const = 0;
    /// Empty streams: the tag's readings are unknown throughout. nullopt: damaged.
    [[nodiscard]] virtual std::optional<EventStreamViews> tag(TagId id) = 0;
};

/// Walks through the machine part of a chunk.
class MachineCursor
{
public:
    MachineCursor() = default;
    explicit MachineCursor(const MachineStreamViews &streams);

    /// To the next sample; false when the bytes make no sense.
    [[nodiscard]] bool advance();
    [[nodiscard]] const SystemReading &system() const { return m_system.reading(); }
    /// By TagId; ids behind the end have none.
    [[nodiscard]] const std::vector<DriverId> &drivers() const { return m_drivers; }
    /// Counts the changes of drivers.
    [[nodiscard]] quint32 driverChanges() const { return m_driverChanges; }

private:
    [[nodiscard]] bool readSystem();
    [[nodiscard]] bool readDrivers();
    void peekDrivers();

    std::array<ByteReader, MachineStreamCount> m_streams;
    SystemPredictor m_system;
    std::vector<DriverId> m_drivers;
    quint32 m_offset = 0;
    quint32 m_nextDrivers = 0;
    quint32 m_driverChanges = 0;
};

} // namespace poolscope
