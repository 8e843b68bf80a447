// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/clockpredictor.h"
#include "model/recording/readingpredictor.h"
#include "model/recording/recordingstep.h"
#include "model/recording/systempredictor.h"

#include <array>
#include <memory>
#include <vector>

namespace poolscope {

/// Steps as the records of the journal, each relative to the state that the ones before it left. Both
/// directions start from the same empty state. One thread.
class JournalCodec
{
public:
    void write(ByteWriter &writer, const RecordingStep &step);
    /// False: the bytes make no sense; the state is then of no use any more.
    [[nodiscard]] bool read(ByteReader &reader, RecordingStep &step);

private:
    static constexpr size_t PageSize = 512;
    using Page = std::array<ReadingPredictor, PageSize>;

    [[nodiscard]] ReadingPredictor &predictor(TagId id);
    [[nodiscard]] bool readDrivers(ByteReader &reader, RecordingStep &step) const;
    [[nodiscard]] bool readReadings(ByteReader &reader, RecordingStep &step);

    ClockPredictor m_clock;
    SystemPredictor m_system;
    std::vector<TagId> m_rows;
    /// By TagId, a page for those that were met: a damaged file may name any of four million.
    std::vector<std::unique_ptr<Page>> m_readings;
};

} // namespace poolscope
