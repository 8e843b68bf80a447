// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/report.h"

#include "model/core/tagtext.h"

#include <cstdio>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

int report(const Error &error)
{
    // A path, or what another program said, may hold anything.
    const QByteArray line = (u"poolscope-cli: "_s + printable(error.text()) + u'\n').toUtf8();
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
    std::fflush(stderr); // buffered by some C libraries when it is a file
    return exitCode(error.kind);
}

} // namespace poolscope
