// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <optional>

namespace poolscope {

/// What "file:PATH", "file:PATH?speed=60" or a plain PATH names.
struct FileUri
{
    QString path;
    std::optional<double> speed; ///< recorded seconds a second; nullopt: not given

    static constexpr double SlowestSpeed = 0.1;
    static constexpr double FastestSpeed = 100'000;
};

/// False for the URI of another kind of source, "slab:" or "command:…". Whatever exists under its name is a
/// file, also one with a colon; what does not exist is one if it looks like a path. Looks at the file system.
[[nodiscard]] bool isFileUri(const QString &uri);
/// Of what isFileUri() says yes to. A speed out of bounds or an unknown option is a usage error; whether the
/// file is there is not looked at.
[[nodiscard]] Result<FileUri> fileUriFrom(const QString &uri);

} // namespace poolscope
