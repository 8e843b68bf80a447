// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/snapshots/folderrecording.h"

#include "model/core/duration.h"

#include <QDir>
#include <QFileInfo>
#include <QUuid>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<std::unique_ptr<RecordingWriter>> makeRecordingIn(const QString &folder, const QString &kept)
{
    if (!QDir().mkpath(folder)) {
        return Error{ErrorKind::WriteFailed, u"cannot make the folder for %1"_s.arg(kept),
            QDir::toNativeSeparators(folder), u"make the folder, or allow writing to the one above it"_s};
    }
    // No colons: Windows has no file names with them.
    QString time = isoUtc(wallTimeNow());
    time.remove(u':');
    const QString name = time + u'-' + QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    return RecordingWriter::open(QFileInfo(folder + u'/' + name + u".poolscope"_s).absoluteFilePath());
}

} // namespace poolscope
