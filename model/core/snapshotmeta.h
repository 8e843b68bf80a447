// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QString>
#include <QUuid>

namespace poolscope {

/// What lists show of a snapshot: all but its tags and readings, which stay on the disk until needed.
struct SnapshotMeta
{
    QUuid id;
    QString label;
    QString note;
    bool automatic = false; ///< taken by the timer
    WallTime wall{};
    std::shared_ptr<const Origin> origin; ///< never null
    SystemReading system;
    qint64 tagCount = 0;
    QString fileName; ///< the recording that has it; empty: not on the disk, lost when the program ends

    [[nodiscard]] bool isSaved() const { return !fileName.isEmpty(); }
};

/// "12:03:15", or "auto 12:03" for one the timer took; local time.
[[nodiscard]] QString defaultSnapshotLabel(WallTime wall, bool automatic);

} // namespace poolscope
