// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QByteArrayView>
#include <QString>

namespace poolscope {

/// The user's own notes on pool tags: a file that reads like a pooltag.txt, so that it can be written by
/// hand, shared and named as one. What a hand wrote into it stays.
///
/// Writes the note on a tag, or takes it out when it is blank. The file and its folder are made when they
/// are missing; a failure leaves the file as it was. BadInput for a tag that such a file cannot hold.
/// Blocks on the disk.
[[nodiscard]] Result<Done> writeTagNote(const QString &path, QByteArrayView tag, const QString &note);

} // namespace poolscope
