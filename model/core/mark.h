// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArray>
#include <QString>

namespace poolscope {

enum class MarkKind : quint8
{
    Snapshot,
    Gap, ///< samples are missing from here to the next one
    Reboot, ///< the boot id changed: counters do not run across it
    SourceLost,
    SourceBack,
    Baseline, ///< changes are counted from here
    Note,
    Sleep, ///< the machine slept from here to the next sample
    ClockChange, ///< the wall clock was set
    TestStart, ///< a test starts; text: which pool it is of, see testPoolWord()
    TestStop,
};

/// "snapshot", "gap", "reboot", "source_lost", "source_back", "baseline", "note", "sleep", "clock",
/// "test_start" or "test_stop": the words of files and of the command line.
[[nodiscard]] QByteArray markKindWord(MarkKind kind);

/// A named instant of a session.
struct Mark
{
    WallTime wall{};
    MarkKind kind = MarkKind::Note;
    QString text;

    friend bool operator==(const Mark &, const Mark &) = default;
};

} // namespace poolscope
