// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/systemreading.h"
#include "model/formats/poolmoncursor.h"

namespace poolscope {

/// Read the first and the second line of PoolMon's header into the fields of `system`; what is not whole may
/// have filled some of them. PageFlts is filled in as it stands.
[[nodiscard]] Found readMemoryLine(QByteArrayView line, SystemReading &system);
[[nodiscard]] Found readCommitLine(QByteArrayView line, SystemReading &system);

} // namespace poolscope
