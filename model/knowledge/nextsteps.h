// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"

#include <QString>

#include <vector>

namespace poolscope {

/// One thing to do about a tag that grows: a command that can be pasted as it stands.
struct NextStep
{
    QString title; ///< what it finds out
    QString place; ///< where the command is typed: "WinDbg", "cmd as administrator", "shell as root"
    QString command; ///< may have several lines
    QString note; ///< what it does and what it costs; one or two sentences

    friend bool operator==(const NextStep &, const NextStep &) = default;
};

/// What to do next about a tag of a source of this kind, the cheapest first. Commands are exact: tags with
/// blanks or bytes that cannot be typed are given in the form that the tool takes. Sources: Microsoft's
/// documentation of WinDbg, gflags, Driver Verifier and the Windows Performance Toolkit; the kernel's
/// documentation of SLUB, kmemleak and memory allocation profiling; bpftrace and perf.
[[nodiscard]] std::vector<NextStep> nextSteps(const TagEntry &entry, SourceKind kind);

/// The steps as text, each with its title, command and note.
[[nodiscard]] QString nextStepsText(const std::vector<NextStep> &steps);

} // namespace poolscope
