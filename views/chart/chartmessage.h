// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"
#include "views/chart/chartpicture.h"

#include <span>

namespace poolscope {

/// What stands in the plot while there is nothing to draw, and why; empty when there are lines.
/// `ids`: the pinned tags that the session knows. `frame` may be null. `isAnswered`: the points of the
/// picture have arrived.
[[nodiscard]] QString chartMessage(
    const ChartPicture &picture, const Frame *frame, std::span<const TagId> ids, bool isAnswered);

} // namespace poolscope
