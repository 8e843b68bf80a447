// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/recordingstep.h"
#include "model/recording/tagcatalogue.h"

#include <vector>

namespace poolscope {

/// Samples to steps: finds what changed since the sample before. One thread.
class StepMaker
{
public:
    /// `catalogue` has matched the sample. The step is valid until the next call.
    [[nodiscard]] const RecordingStep &step(
        const Sample &sample, const TagCatalogue &catalogue, bool afterGap);
    /// The next step says everything.
    void startAnew();

private:
    void takeRows(const TagCatalogue &catalogue);
    void takeReadings(const Sample &sample, std::span<const TagId> ids);

    RecordingStep m_step;
    quint64 m_generation = 0; ///< of the rows; 0: none yet
    std::vector<TagId> m_rows;
    std::vector<Reading> m_readings; ///< by TagId
    std::vector<DriverId> m_drivers; ///< by TagId
    std::vector<quint64> m_seen; ///< by TagId: generation of the last rows that held it
};

} // namespace poolscope
