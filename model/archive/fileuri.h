// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/exchange/logtimes.h"

#include <optional>

namespace poolscope {

/// What "file:PATH", "file:PATH?speed=60&start=2026-11-22T18:25:04Z&interval=10m" or a plain PATH names.
struct FileUri
{
    QString path;
    std::optional<double> speed; ///< recorded seconds a second; nullopt: not given
    LogTimes times; ///< of a log that does not tell them

    static constexpr double SlowestSpeed = 0.1;
    static constexpr double FastestSpeed = 100'000;
};

/// False for the URI of another kind of source, "slab:" or "command:…". Whatever exists under its name is a
/// file, also one with a colon; what does not exist is one if it looks like a path. Looks at the file system.
[[nodiscard]] bool isFileUri(const QString &uri);
/// Of what isFileUri() says yes to. An option that makes no sense is a usage error; whether the file is there
/// is not looked at.
[[nodiscard]] Result<FileUri> fileUriFrom(const QString &uri);
/// What fileUriFrom() reads back.
[[nodiscard]] QString fileUriText(const FileUri &file);

} // namespace poolscope
