// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/foldersync.h"

namespace poolscope {

void syncFolder(const QString &) { }

} // namespace poolscope
