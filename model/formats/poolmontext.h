// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace poolscope {

/// A sample in the layout of `poolmon /n` (the wide one of recent kits): two header lines, a blank line, the
/// column line, a blank line, one row a tag in the sample's order. Line ends are CR LF. When any driver is
/// known the column Mapped_Driver follows, as with `/g`. Windows tags are written as their four raw bytes,
/// as PoolMon does, so its readers read them; what PoolMon has no place for is written so:
/// - names longer than four characters (Linux): the tag column of the whole table is as wide as the longest
///   name; names are escaped as escapedTag() does, blanks at their ends and before what reads as a pool
///   type as \x20;
/// - a Windows tag with control bytes would break the lines: its row alone is escaped and so moves right;
/// - unknown numbers are "-", a tag without pool type has the type "-";
/// - Linux tables say what they hold in the third line, where PoolMon's screen has "System pool information".
/// PoolMon counts memory in KiB: rest bytes of the header fields are cut off.
[[nodiscard]] QByteArray sampleToPoolMonText(const Sample &sample);

/// The parts of that layout which PoolMon's screen has as well: the two header lines, a tag (not padded), its
/// type in five characters, and the cell of Mapped_Driver with the blank before it.
[[nodiscard]] QByteArray poolMonHeader(const SystemReading &system);
[[nodiscard]] QByteArray poolMonTag(const QByteArray &bytes, SourceKind kind);
[[nodiscard]] QByteArray poolMonType(PoolType type);
[[nodiscard]] QByteArray poolMonDriver(const QByteArray &driver);

/// Reads what sampleToPoolMonText() and PoolMon itself write: `/n` files of every version and copied
/// screens; with or without header, bracketed changes, drivers, indentation; UTF-16LE with byte order mark
/// as PowerShell redirects it. Several samples a file; the time is unknown to the format and is `wall` for
/// all. A tag that comes again begins a new sample, except that under a header a row that stands there twice
/// counts once, and tags that print alike ("?" for a byte) are added up. Lines that mail has wrapped are put
/// together where their numbers prove it. Lines that are not rows are skipped; a row that cannot be read is
/// an error. `fileName` is for messages. Errors are BadInput and name file and line.
[[nodiscard]] Result<std::vector<SamplePtr>> samplesFromPoolMonText(
    const QByteArray &text, const QString &fileName, WallTime wall = {});

/// Whether the text looks like PoolMon's: has its header, its column line or one of its rows.
[[nodiscard]] bool looksLikePoolMonText(const QByteArray &text);

} // namespace poolscope
