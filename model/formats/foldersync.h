// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace poolscope {

/// Brings a folder's list of names to the disk. Does what it can: a folder that may be written to but not
/// read stays as it is. Windows has no such call, and NTFS keeps names in its journal.
void syncFolder(const QString &folder);

} // namespace poolscope
