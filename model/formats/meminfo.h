// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/systemreading.h"

#include <QByteArrayView>
#include <QString>

namespace poolscope {

/// Reads /proc/meminfo ("Key:   number kB", Documentation/filesystems/proc.rst of the kernel) into the fields
/// that systemFieldInfo() describes as taken from it; rows differ by kernel, what is missing stays unknown.
/// KernelResident adds up those of its parts that the kernel prints and is unknown without SUnreclaim.
/// `file` is what errors call the text. A wanted row that is not a number of kB is an error naming the line.
[[nodiscard]] Result<Done> readMeminfo(QByteArrayView text, const QString &file, SystemReading &system);

} // namespace poolscope
