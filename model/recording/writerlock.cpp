// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/writerlock.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Error writerLockRefused(const QString &recordingPath)
{
    return {ErrorKind::WriteFailed, u"another program is recording into this file"_s, recordingPath,
        u"stop that recording first, or record into another file"_s};
}

QString writerLockPath(const QString &recordingPath)
{
    return recordingPath + u"-lock"_s;
}

} // namespace poolscope
