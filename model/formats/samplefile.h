// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// In which layouts samples leave the program.
enum class SampleFormat : quint8
{
    PoolMonText,
    Csv,
    Json, ///< one snapshot indented; several one object a line
    Markdown, ///< for reading only: readSampleFile() does not know it
};

/// "poolmon", "csv", "json" or "md": the words of the command line, and the suffixes of files but for
/// PoolMon text, whose files end in .txt.
[[nodiscard]] QString sampleFormatWord(SampleFormat format);
[[nodiscard]] std::optional<SampleFormat> sampleFormatFromWord(QStringView word);
[[nodiscard]] QString sampleFormatSuffix(SampleFormat format);
/// From a file's name: .txt, .log, .csv, .json, .jsonl, .md.
[[nodiscard]] std::optional<SampleFormat> sampleFormatFromFileName(QStringView fileName);

/// The bytes of one or more snapshots in a layout.
[[nodiscard]] QByteArray snapshotsToBytes(std::span<const Snapshot> snapshots, SampleFormat format);

/// snapshotsToBytes() into a file, whole or not at all. Blocks: not for the window's thread. The error is
/// WriteFailed and names the path.
[[nodiscard]] Result<Done> exportSnapshots(
    std::span<const Snapshot> snapshots, SampleFormat format, const QString &path);

/// Every sample of a JSON, CSV or PoolMon text file, told apart by content, in the file's order; never
/// empty. Where the format has no labels, the file's name is the label (with a number when there are
/// several); where it has no time, the time of the file's last change. Blocks: not for the window's thread.
/// Errors are BadInput and name file and, where there is one, line.
[[nodiscard]] Result<std::vector<Snapshot>> readSampleFile(const QString &path);

} // namespace poolscope
