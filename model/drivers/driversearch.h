// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/driverfile.h"
#include "model/drivers/taguse.h"

#include <QDateTime>
#include <QStringList>

#include <vector>

namespace poolscope {

/// A driver's file that names the tag that was looked for.
struct DriverHit
{
    QString path;
    PeImage::Machine machine = PeImage::Machine::Other;
    QString company;
    QString description;
    QString version;
    QDateTime changed; ///< the file
    QByteArray sha256; ///< in hexadecimal
    TagUse use;

    friend bool operator==(const DriverHit &, const DriverHit &) = default;
};

struct DriverSearch
{
    std::vector<DriverHit>
        hits; ///< the best grade first, then by company, ours to suspect first: not Microsoft's
    std::vector<Error> problems; ///< files and folders that could not be read; the search went on
    qsizetype searched = 0; ///< files that are drivers or programs
    qsizetype read = 0; ///< files whose bytes had to be read, drivers or not: the cache did not know them
    bool isCancelled = false; ///< hits are those found so far
};

/// Looks for a tag in files. What was found is kept in the file `cachePath` by the hash of each file, so that
/// the same search reads nothing a second time; an empty path keeps nothing, and a cache that cannot be read
/// is made anew. Files that are no Windows images are passed over. `goesOn` is asked before each file and
/// every few megabytes of a large one. Blocks on the disk.
[[nodiscard]] DriverSearch searchDrivers(
    const DriverFiles &files, QByteArrayView tag, const QString &cachePath, const Progress &goesOn = {});

/// poolscope/drivers.json in the user's cache folder.
[[nodiscard]] QString driverCachePath();

} // namespace poolscope
