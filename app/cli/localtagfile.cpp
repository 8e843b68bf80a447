// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/localtagfile.h"

#include "app/cli/progressline.h"
#include "app/process/processsignals.h"
#include "model/drivers/driversearch.h"
#include "model/drivers/loadeddrivers.h"
#include "model/drivers/localtags.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <cstdio>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<Done> save(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return Done();
    return Error{ErrorKind::WriteFailed, u"cannot write (%1)"_s.arg(file.errorString()),
        QDir::toNativeSeparators(path),
        u"name a file that can be written, as in -c C:\\Temp\\localtag.txt"_s};
}

} // namespace

Result<Done> makeMissingLocalTagFile(const QString &path)
{
    if (!hasWindowsDrivers() || QFileInfo::exists(path))
        return Done();
    std::fprintf(stderr,
        "PoolMon: No localtag.txt in current directory\n"
        "PoolMon: Creating localtag.txt in current directory......\n");
    const ProcessSignals processSignals;
    ProgressLine progress(u"looking through the drivers"_s);
    const QString folder = qEnvironmentVariable("SystemRoot", u"C:\\Windows"_s) + u"/System32/drivers"_s;
    const DriverFiles drivers = driverFilesIn({folder});
    const QByteArray text = localTagText(drivers.paths, [&progress](double done) {
        progress.show(done);
        return !ProcessSignals::wasAskedToStop();
    });
    if (ProcessSignals::wasAskedToStop())
        return Error{ErrorKind::BadInput, u"stopped before the end"_s, {}, u"run it again"_s};
    if (text.isEmpty() && !drivers.problems.empty())
        return drivers.problems.front();
    if (text.isEmpty()) {
        return Error{ErrorKind::BadInput, u"no driver there names a pool tag"_s,
            QDir::toNativeSeparators(folder), u"name a localtag.txt that is there, or leave -c out"_s};
    }
    return save(path, text);
}

} // namespace poolscope
