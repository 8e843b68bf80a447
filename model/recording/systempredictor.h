// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/systemreading.h"
#include "model/recording/bytecodec.h"

#include <array>

namespace poolscope {

constexpr size_t SystemFieldCount = static_cast<size_t>(SystemField::Count);

/// The machine-wide fields as a mask and the differences of those that changed. Bit 2n of the mask: field n
/// is known and its value is not the last known one; bit 2n+1: it changed between known and unknown.
struct SystemDelta
{
    quint64 mask = 0;
    std::array<qint64, SystemFieldCount> residuals{};

    [[nodiscard]] bool has(size_t field) const { return (mask >> (2 * field) & 1) != 0; }
};
static_assert(SystemFieldCount <= 32);

class SystemPredictor
{
public:
    [[nodiscard]] const SystemReading &reading() const { return m_reading; }
    [[nodiscard]] SystemDelta encode(const SystemReading &next);
    void decode(const SystemDelta &delta);

private:
    SystemReading m_reading;
    std::array<qint64, SystemFieldCount> m_last{};
};

} // namespace poolscope
