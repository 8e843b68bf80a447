// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/loadeddrivers.h"

#include "model/sources/kernelquery.h"

#include <QFileInfo>
#include <QtEndian>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 SystemModuleInformation = 11;

QString ordinaryPath(QString path, const QString &windowsFolder)
{
    const auto replaceStart = [&path](QStringView start, const QString &by) {
        if (!path.startsWith(start, Qt::CaseInsensitive))
            return false;
        path.replace(0, start.size(), by);
        return true;
    };
    if (!replaceStart(u"\\SystemRoot\\", windowsFolder + u'\\') && !replaceStart(u"\\??\\", {})
        && path.startsWith(u'\\'))
        path.prepend(windowsFolder.first(std::min<qsizetype>(2, windowsFolder.size()))); // the drive
    return path.replace(u'\\', u'/');
}

} // namespace

QStringList driverPathsFrom(QByteArrayView answer, int pointerBytes, const QString &windowsFolder)
{
    const qsizetype header = pointerBytes; // a count, padded to a pointer
    const qsizetype nameOffset = 3 * pointerBytes + 16;
    constexpr qsizetype NameSize = 256;
    const qsizetype entrySize = nameOffset + NameSize;
    QStringList paths;
    if (answer.size() < header)
        return paths;
    const auto count = qsizetype(qFromLittleEndian<quint32>(answer.data()));
    for (qsizetype i = 0; i < count && answer.size() - header >= (i + 1) * entrySize; ++i) {
        QByteArrayView name = answer.sliced(header + i * entrySize + nameOffset, NameSize);
        if (const qsizetype end = name.indexOf('\0'); end >= 0)
            name = name.first(end);
        if (!name.isEmpty())
            paths << ordinaryPath(QString::fromLocal8Bit(name), windowsFolder);
    }
    paths.removeDuplicates();
    return paths;
}

QStringList withoutDumpClones(const QStringList &paths)
{
    constexpr QLatin1StringView Prefix("dump_");
    QStringList files;
    for (const QString &path : paths) {
        const QFileInfo file(path);
        const QString name = file.fileName();
        const bool mayBeClone = name.startsWith(Prefix, Qt::CaseInsensitive) && !file.exists();
        const QString original = file.path() + u'/' + name.sliced(mayBeClone ? Prefix.size() : 0);
        files << (mayBeClone && QFileInfo::exists(original) ? original : path);
    }
    files.removeDuplicates();
    return files;
}

bool hasWindowsDrivers()
{
    return machineKernelQuery() != nullptr;
}

Result<DriverFiles> loadedDriverFiles()
{
    const std::unique_ptr<KernelQuery> kernel = machineKernelQuery();
    if (!kernel) {
        return Error{ErrorKind::SourceUnavailable, u"this machine has no drivers of Windows"_s, {},
            u"name files, or the folder of drivers that was copied from the machine"_s};
    }
    const int pointerBytes = kernel->word() == PoolTagFormat::Word::Bits64 ? 8 : 4;
    constexpr size_t FirstSize = 524'288; // some 1,700 drivers
    std::vector<std::byte> buffer(FirstSize);
    constexpr int Tries = 6; // drivers may come while we ask
    KernelQuery::Answer answer;
    for (int i = 0; i < Tries; ++i) {
        answer = kernel->query(SystemModuleInformation, buffer);
        if (answer.status != ntstatus::InfoLengthMismatch)
            break;
        buffer.resize(std::max<size_t>(answer.length, buffer.size()) * 2);
    }
    if (answer.status != ntstatus::Success) {
        return Error{ErrorKind::SourceUnavailable,
            u"the kernel does not list its drivers (status 0x%1)"_s.arg(answer.status, 8, 16, QChar(u'0')),
            {}, u"name the files, or a folder such as C:\\Windows\\System32\\drivers"_s};
    }
    const auto size = std::min<qsizetype>(answer.length, std::ssize(buffer));
    const QByteArrayView bytes(reinterpret_cast<const char *>(buffer.data()), size);
    return DriverFiles{withoutDumpClones(
        driverPathsFrom(bytes, pointerBytes, qEnvironmentVariable("SystemRoot", u"C:\\Windows"_s)))};
}

} // namespace poolscope
