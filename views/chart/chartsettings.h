// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"

#include <chrono>
#include <optional>

namespace poolscope {

/// What a chart remembers between two starts of the program.
struct ChartSettings
{
    Metric metric = Metric::Bytes;
    ChangeBase base = ChangeBase::None;
    /// Length of the window; nullopt: the whole session.
    std::optional<std::chrono::seconds> range = std::chrono::minutes(5);

    friend bool operator==(const ChartSettings &, const ChartSettings &) = default;
};

} // namespace poolscope
