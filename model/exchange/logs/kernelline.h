// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace poolscope {

/// A line of the kernel's log as dmesg, journalctl and syslog write it, parted. The views point into the
/// line.
struct KernelLine
{
    QByteArrayView text; ///< what the kernel said
    QByteArrayView date; ///< as it stands there: "Nov 22 18:00:05", "2026-11-22T18:00:05,12+01:00"; empty:
                         ///< none. See logStamp().
    std::optional<std::chrono::nanoseconds> sinceBoot; ///< of "[  123.456789]"
};

/// Leaves out, in any order that these programs know: level ("<4>"), date, seconds since boot with or without
/// the change since the line before, caller ("[ T123]"), host, and "kernel:" or "kernel[1]:".
[[nodiscard]] KernelLine kernelLine(QByteArrayView line);

} // namespace poolscope
