// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"
#include "model/exchange/logfile.h"
#include "model/exchange/logtimes.h"

namespace poolscope {

/// Whether the file is a recording by its content, or at least by its name. Reads 16 bytes.
[[nodiscard]] bool isRecordingFile(const QString &path);

/// Opens a recording, a stream, a snapshot file or a log of any format of importFormats(), told apart by
/// content. What was left out of a log or assumed is in info().remarks. Blocks; the
/// archive is for the thread that opened it. Errors are BadInput and name the file. `times` are for a log
/// that leaves them open; see Error::choices for one that cannot be read without. `goesOn` is asked while a
/// log is read, which takes a second for each 100 MB.
[[nodiscard]] Result<std::unique_ptr<SampleArchive>> openArchive(
    const QString &path, const LogTimes &times = {}, const Progress &goesOn = {});

/// What a URI or a path names, see fileUriFrom(); its speed is not looked at.
[[nodiscard]] Result<std::unique_ptr<SampleArchive>> openArchiveUri(const QString &uri);

} // namespace poolscope
