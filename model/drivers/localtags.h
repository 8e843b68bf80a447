// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/progress.h"
#include "model/core/result.h"
#include "model/drivers/peimage.h"

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QStringList>

namespace poolscope {

/// The pool tags that the code of a driver names: numbers of four printable characters where the calls that
/// allocate pool want their tag, see tagUse(). A protected tag stands for the plain one. What looks like a
/// tag by chance is among them.
[[nodiscard]] QSet<QByteArray> tagsInCode(const PeImage &image, QByteArrayView file);

/// The text of a localtag.txt as PoolMon's /c makes it: which of these driver files name which tag,
/// "Leak - mydriver", one line a tag and driver, without the file's ending. Files that cannot be read or are
/// no drivers are left out; empty when none names a tag. Blocks; any thread.
[[nodiscard]] QByteArray localTagText(const QStringList &driverFiles, const Progress &goesOn = {});

} // namespace poolscope
