// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/sources/source.h"

#include <QString>

#include <memory>
#include <vector>

namespace poolscope {

/// The live kernel of this machine: "slab:" on Linux, "pool:" on Windows.
[[nodiscard]] QString defaultSourceUri();

/// Makes the source that a URI names (`slab:`, `slab:/dir`, `command:PROGRAM ARGS`, `demo:`); does not
/// open it. A URI of an unknown kind is a usage error that lists the known ones.
[[nodiscard]] Result<std::unique_ptr<Source>> createSource(const QString &uri);

/// The same, with the drivers of pool tags filled in as this machine's files and the user's notes name them,
/// see TagNames.
[[nodiscard]] Result<std::unique_ptr<Source>> createNamedSource(const QString &uri);

/// One line of `poolscope-cli sources`.
struct SourceAvailability
{
    QString uri;
    QString description;
    bool available = false;
    QString reason; ///< why it cannot be read and what to do; empty when available
};
[[nodiscard]] std::vector<SourceAvailability> probeSources();

} // namespace poolscope
