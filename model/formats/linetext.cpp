// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/linetext.h"

#include <algorithm>

namespace poolscope {

qsizetype lineOfOffset(QByteArrayView text, qsizetype offset)
{
    const QByteArrayView before = text.first(std::clamp<qsizetype>(offset, 0, text.size()));
    return 1 + std::count(before.begin(), before.end(), '\n');
}

QString fileAndLine(const QString &fileName, qsizetype line)
{
    return fileName + QStringLiteral(", line ") + QString::number(line);
}

} // namespace poolscope
