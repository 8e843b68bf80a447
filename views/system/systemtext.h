// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/core/systemreading.h"
#include "model/core/tag.h"

#include <QString>

#include <optional>

namespace poolscope {

/// What the bar shows of a field: bytes in binary units (they change at every sample, grouped digits would
/// only flicker; the tool tip has them exactly), counts in groups of three.
[[nodiscard]] QString systemValueText(SystemField field, Counter value);

/// "+1,204/s", "–" when unknown.
[[nodiscard]] QString perSecondText(std::optional<double> perSecond);

/// Full name, exact value, change, and where the figure comes from on the platform whose tags these are.
/// Rich text.
[[nodiscard]] QString systemToolTip(SystemField field, Counter value, Counter change, SourceKind kind);

} // namespace poolscope
