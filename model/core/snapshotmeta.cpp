// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/snapshotmeta.h"

#include "model/core/duration.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

QString defaultSnapshotLabel(WallTime wall, bool automatic)
{
    const QDateTime local = toDateTime(wall);
    return automatic ? QString(u"auto "_s + local.toString(u"HH:mm"_s)) : local.toString(u"HH:mm:ss"_s);
}

} // namespace poolscope
