// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/chunkcontent.h"
#include "model/recording/compression.h"

#include <QByteArray>

#include <vector>

namespace poolscope {

/// A chunk as the blobs of the file.
struct EncodedChunk
{
    struct Part
    {
        quint32 number = 0; ///< 0: the machine; 1 + g: the tags of group g
        QByteArray blob;
    };
    QByteArray times;
    std::vector<Part> parts;
};

/// Collects the steps of one chunk. It can be read while it grows.
class ChunkBuilder final : public ChunkContent
{
public:
    /// `isStart`: the step says everything, nothing of the steps before holds on.
    void add(const RecordingStep &step, bool isStart);

    [[nodiscard]] const std::vector<SampleTime> &times() const { return m_times; }
    [[nodiscard]] const std::vector<RowsChange> &rows() const { return m_rows; }
    [[nodiscard]] std::optional<MachineStreamViews> machine() override;
    [[nodiscard]] TagId tagEnd() const override { return static_cast<TagId>(m_tags.size()); }
    [[nodiscard]] std::optional<EventStreamViews> tag(TagId id) override;
    [[nodiscard]] size_t memoryBytes() const;

    /// `first` is the number of the first sample in the recording.
    [[nodiscard]] EncodedChunk encode(Compression &compression, quint64 first, quint32 segment) const;

private:
    void addSystem(const SystemReading &system);
    void addDrivers(quint32 offset, const std::vector<TagDriver> &drivers, bool isStart);
    void addReadings(quint32 offset, const std::vector<TagReading> &readings, bool isStart);
    [[nodiscard]] QByteArray encodedTimes(Compression &compression, quint64 first, quint32 segment,
        const std::vector<EncodedChunk::Part> &parts) const;
    [[nodiscard]] QByteArray encodedGroup(Compression &compression, quint64 first, quint32 group) const;

    std::vector<SampleTime> m_times;
    std::array<ByteWriter, MachineStreamCount> m_machine;
    SystemPredictor m_system;
    std::vector<RowsChange> m_rows;
    std::vector<DriverId> m_drivers; ///< by TagId
    quint32 m_nextDrivers = 0; ///< the first offset that the next entry may have
    std::vector<EventWriter> m_tags; ///< by TagId
};

} // namespace poolscope
