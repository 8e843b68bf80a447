// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/core/result.h"

#include <QByteArray>
#include <QStringList>

#include <functional>
#include <vector>

namespace poolscope {

/// Calls `work` with offset and size of one piece of some megabytes after the other, up to `size`. `goesOn`
/// is asked between them, so not at all for an ordinary driver; false ends it.
void forEachPiece(
    qsizetype size, const Progress &goesOn, const std::function<void(qsizetype, qsizetype)> &work);

/// What there is to search.
struct DriverFiles
{
    QStringList paths;
    std::vector<Error> problems = {}; ///< folders that could not be listed, each with its place
};

/// Files as they are, folders as the *.sys, *.exe and *.dll in and below them, each once. Links to folders
/// are not followed, so that there is an end. `goesOn` is asked before each folder; when it says false, the
/// files are those found so far. Blocks on the disk; any thread.
[[nodiscard]] DriverFiles driverFilesIn(const QStringList &paths, const Progress &goesOn = {});

/// Larger files are refused. The largest graphics drivers and programs have a third of it.
constexpr qint64 LargestDriverFile = qint64(512) * 1024 * 1024;

/// A driver's file as it is now, in memory. BadInput with the path when it is no ordinary file, cannot be
/// read, is too large or changes its length meanwhile. `goesOn` as in forEachPiece(); when it says false, the
/// bytes are those read so far. Blocks on the disk; any thread.
[[nodiscard]] Result<QByteArray> readDriverFile(const QString &path, const Progress &goesOn = {});

} // namespace poolscope
