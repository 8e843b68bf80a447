// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagnameplaces.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <vector>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QStringView TagFileName = u"pooltag.txt";
constexpr QLatin1StringView ChosenKey("poolTagFile");
const QString StorePackages = u"Microsoft.WinDbg*"_s;

QString settingsPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/poolscope/tagnames.ini"_s;
}

/// `root` and the folders below it that fit one pattern after the other.
QStringList foldersBelow(const QString &root, const QStringList &patterns)
{
    QStringList found{root};
    for (const QString &pattern : patterns) {
        QStringList deeper;
        for (const QString &folder : found) {
            const QDir directory(folder);
            for (const QString &name : directory.entryList({pattern}, QDir::Dirs | QDir::NoDotAndDotDot))
                deeper << directory.filePath(name);
        }
        found = deeper;
    }
    return found;
}

/// Where WinDbg from the store lies. Users may read there but not list the folder of all packages; the
/// registry tells them.
QStringList storePackages()
{
    QStringList folders;
#ifdef Q_OS_WIN
    QSettings packages(u"HKEY_CURRENT_USER\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows"
                       u"\\CurrentVersion\\AppModel\\Repository\\Packages"_s,
        QSettings::NativeFormat);
    const QStringList names = packages.childGroups();
    for (const QString &name : names) {
        const QString folder = packages.value(name + u"/PackageRootFolder"_s).toString();
        if (QDir::match(StorePackages, name) && !folder.isEmpty())
            folders << QDir::fromNativeSeparators(folder);
    }
#endif
    return folders;
}

QStringList candidateFolders(const ToolRoots &roots)
{
    QStringList folders{roots.programFolder};
    for (const QString &root : roots.programFiles) {
        folders << foldersBelow(root, {u"Windows Kits"_s, u"*"_s, u"Debuggers"_s, u"*"_s, u"triage"_s})
                << foldersBelow(root, {u"Debugging Tools for Windows*"_s, u"triage"_s})
                << foldersBelow(root, {u"WindowsApps"_s, StorePackages, u"*"_s, u"triage"_s});
    }
    for (const QString &package : roots.packages)
        folders << foldersBelow(package, {u"*"_s, u"triage"_s});
    for (const QString &drive : roots.drives)
        folders << foldersBelow(drive, {u"WinDDK"_s, u"*"_s, u"tools"_s, u"other"_s, u"*"_s, u"poolmon"_s});
    return folders;
}

} // namespace

ToolRoots toolRoots(const QProcessEnvironment &environment, const QString &programFolder)
{
    ToolRoots roots{{}, {}, programFolder, storePackages()};
    for (const QString &name : {u"ProgramW6432"_s, u"ProgramFiles"_s, u"ProgramFiles(x86)"_s}) {
        const QString folder = environment.value(name).replace(u'\\', u'/');
        if (!folder.isEmpty() && !roots.programFiles.contains(folder))
            roots.programFiles << folder;
    }
    if (const QString drive = environment.value(u"SystemDrive"_s); !drive.isEmpty())
        roots.drives << drive + u'/';
    return roots;
}

QStringList installedTagFiles(const ToolRoots &roots)
{
    std::vector<QFileInfo> files;
    for (const QString &folder : candidateFolders(roots)) {
        const QFileInfo file(folder, TagFileName.toString());
        if (!folder.isEmpty() && file.isFile() && file.size() > 0)
            files.push_back(file);
    }
    std::ranges::stable_sort(
        files, std::ranges::greater(), [](const QFileInfo &file) { return file.lastModified(); });
    QStringList paths;
    for (const QFileInfo &file : files)
        paths << file.filePath();
    return paths;
}

QString tagNotesPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/poolscope/tagnotes.txt"_s;
}

QString chosenTagFile()
{
    return QSettings(settingsPath(), QSettings::IniFormat).value(ChosenKey).toString();
}

Result<Done> setChosenTagFile(const QString &path)
{
    QSettings settings(settingsPath(), QSettings::IniFormat);
    if (path.isEmpty())
        settings.remove(ChosenKey);
    else
        settings.setValue(ChosenKey, path);
    settings.sync();
    if (settings.status() != QSettings::NoError) {
        return Error{ErrorKind::WriteFailed, u"the choice of the pool tag file cannot be kept"_s,
            QDir::toNativeSeparators(settingsPath()), u"make the file and its folder writable"_s};
    }
    return Done{};
}

TagNamePlaces tagNamePlaces()
{
    TagNamePlaces places{tagNotesPath(), chosenTagFile(), false};
    places.isChosen = !places.tagFile.isEmpty();
    if (!places.isChosen) {
        places.tagFile = installedTagFiles(
            toolRoots(QProcessEnvironment::systemEnvironment(), QCoreApplication::applicationDirPath()))
                             .value(0);
    }
    return places;
}

} // namespace poolscope
