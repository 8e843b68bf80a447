// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driverfile.h"

#include <QByteArrayView>
#include <QStringList>

namespace poolscope {

/// The files of the drivers that this machine's kernel has loaded, wherever they lie. SourceUnavailable
/// where that is not Windows.
[[nodiscard]] Result<DriverFiles> loadedDriverFiles();

/// Whether there is a kernel here that can be asked.
[[nodiscard]] bool hasWindowsDrivers();

/// Those paths out of SystemModuleInformation's answer (class 11; layout RTL_PROCESS_MODULES in System
/// Informer's phnt/include/ntldr.h), as ordinary paths: "\SystemRoot\system32\x.sys" and "\??\C:\y.sys" are
/// the kernel's way to name them. Entries that the answer does not hold are left out.
[[nodiscard]] QStringList driverPathsFrom(
    QByteArrayView answer, int pointerBytes, const QString &windowsFolder);

/// For writing crash dumps Windows clones some drivers in memory and lists "dump_x.sys", a file that is
/// nowhere, for what was read from x.sys. Such a path becomes the one of its original, where that is a file.
[[nodiscard]] QStringList withoutDumpClones(const QStringList &paths);

} // namespace poolscope
