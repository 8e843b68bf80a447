// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace poolscope {

/// Below what the Debugging Tools and driver kits for Windows install themselves. Tests give their own.
struct ToolRoots
{
    QStringList programFiles; ///< "C:/Program Files", "C:/Program Files (x86)"
    QStringList drives; ///< "C:/"
    QString programFolder; ///< where our own program lies
    QStringList packages; ///< of WinDbg from the store
};
[[nodiscard]] ToolRoots toolRoots(const QProcessEnvironment &environment, const QString &programFolder);

/// Every pooltag.txt that is there, newest first: of Windows Kits 10, 8.1 and 8.0, of the Debugging Tools,
/// of WinDbg from the store, of the driver kits, and beside our program; not empty ones. Reads folders: not
/// for the window's thread.
[[nodiscard]] QStringList installedTagFiles(const ToolRoots &roots);

/// Where the names of pool tags come from, in the order in which they are asked.
struct TagNamePlaces
{
    QString notes; ///< the user's own notes, see TagNotes; need not exist
    QString tagFile; ///< the pooltag.txt that the user chose, else the newest; empty: none
    bool isChosen = false; ///< by the user

    friend bool operator==(const TagNamePlaces &, const TagNamePlaces &) = default;
};

/// poolscope/tagnotes.txt in the user's data folder.
[[nodiscard]] QString tagNotesPath();
/// The pooltag.txt that the user chose; empty: the newest that is installed. Kept in
/// poolscope/tagnames.ini in the user's configuration folder, for the window and the command line alike.
[[nodiscard]] QString chosenTagFile();
[[nodiscard]] Result<Done> setChosenTagFile(const QString &path);
/// Those of this machine and user. Reads files: not for the window's thread.
[[nodiscard]] TagNamePlaces tagNamePlaces();

} // namespace poolscope
