// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/systemreading.h"

#include <cstddef>
#include <span>

namespace poolscope {

/// PoolMon's header from the answers of class 0 (SystemBasicInformation) and class 2
/// (SystemPerformanceInformation), each as long as the kernel wrote it. The same offsets on x86, x64 and
/// ARM64 and in all lengths of class 2 that Windows versions have (312, 344, 376 bytes); a field beyond the
/// end of an answer stays unknown, as do all bytes while the page size is unknown or absurd. Page faults are
/// the kernel's 32-bit counter. Untagged is left unknown: it needs the tags.
[[nodiscard]] SystemReading systemReadingFromKernel(
    std::span<const std::byte> basic, std::span<const std::byte> performance);

} // namespace poolscope
