// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/platformsource.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<std::unique_ptr<Source>> createSlabSource(const QString &directory)
{
    return Error{ErrorKind::SourceUnavailable, u"slab caches are a thing of Linux kernels"_s,
        u"slab:"_s + directory,
        u"look at a Linux machine from here: command:ssh HOST poolscope-cli stream"_s};
}

QString liveSourceUri()
{
    return u"pool:"_s;
}

} // namespace poolscope
