// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <chrono>
#include <optional>

namespace poolscope {

enum class SamplerState : quint8
{
    Idle, ///< no source
    Opening,
    Running,
    Paused,
    Failing, ///< the source fails; retried with back-off
    Ended, ///< a finite source has delivered all it has
};

/// What the status bar and the banners show of the sampler.
struct SamplerStatus
{
    SamplerState state = SamplerState::Idle;
    std::optional<Error> error; ///< while Failing, and while it is opened again until a sample comes
    std::chrono::milliseconds retryIn{0}; ///< while Failing: the pause before the next try
    std::chrono::milliseconds interval{2000}; ///< wanted
    /// Above `interval` when a read costs over 1 % of a core at the wanted interval: the sampler stretches.
    std::chrono::milliseconds effectiveInterval{2000};
    quint64 samples = 0;
    quint64 gaps = 0;
};

} // namespace poolscope
