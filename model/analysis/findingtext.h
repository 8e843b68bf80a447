// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/exhaustion.h"
#include "model/analysis/finding.h"

#include <QString>

namespace poolscope {

/// The evidence in one plain sentence, every number of it from the finding: "Grows 1.8 MiB/h (90 %: 1.6 to
/// 2.0), 2,310 objects/h, for 3 h 10 min; the later half grew at 97 % of the average."
[[nodiscard]] QString reasonText(const Finding &finding);

/// How sure the word leak is: "almost certainly a leak", "very likely a leak", "likely a leak", "worth
/// watching", "no leak seen".
[[nodiscard]] QString verdictText(const Finding &finding);

/// "11.8 MiB/h"; "–" for NaN. With interval: "11.8 MiB/h (11.2 to 12.4)".
[[nodiscard]] QString rateText(double bytesPerHour);
[[nodiscard]] QString rateIntervalText(const Finding &finding);

/// "available memory is used up in 5 d 3 h (4 d 20 h to 5 d 12 h)".
[[nodiscard]] QString exhaustionText(const Exhaustion &exhaustion);

} // namespace poolscope
