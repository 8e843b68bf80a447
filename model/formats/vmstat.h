// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/systemreading.h"

#include <QByteArrayView>
#include <QString>

namespace poolscope {

/// Reads the page faults since boot ("pgfault number") from /proc/vmstat; they stay unknown when the kernel
/// does not count them. `file` is what errors call the text.
[[nodiscard]] Result<Done> readVmstat(QByteArrayView text, const QString &file, SystemReading &system);

} // namespace poolscope
