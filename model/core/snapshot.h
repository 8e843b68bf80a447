// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QString>
#include <QUuid>

namespace poolscope {

/// A sample that the user (or the timer) kept.
struct Snapshot
{
    QUuid id;
    QString label;
    QString note;
    bool automatic = false; ///< taken by the timer
    SamplePtr sample; ///< never null
};

} // namespace poolscope
