// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"

#include <QString>

#include <vector>

namespace poolscope {

/// The samples that an argument of `compare` names: FILE (all that the file holds), FILE#LABEL, or FILE@TIME
/// (the nearest in time; TIME is ISO 8601, or +90s from the file's first sample). A file whose name holds
/// # or @ is recognised by being there. A recording as a whole is its snapshots or, with fewer than two of
/// them, its first and last sample. Reads the file. Errors: BadInput for the file, Usage for a label or
/// time that it does not have.
[[nodiscard]] Result<std::vector<Snapshot>> snapshotsFromArgument(const QString &argument);

} // namespace poolscope
