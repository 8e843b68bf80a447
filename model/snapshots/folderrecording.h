// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/recordingwriter.h"

namespace poolscope {

/// A new recording of a name of its own (time and a random part) in `folder`, which is made where it is
/// missing. `kept` says in the error what the folder is for: "snapshots". Blocks; the thread that then
/// writes.
[[nodiscard]] Result<std::unique_ptr<RecordingWriter>> makeRecordingIn(
    const QString &folder, const QString &kept);

} // namespace poolscope
