// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace poolscope {

/// What can be offered to someone whose source gives nothing.
struct Mending
{
    QString command; ///< for a terminal; empty: none helps
    QString commandHint; ///< what the command does, in one sentence
    QString authorisedUri; ///< source that asks for the rights itself; empty: none
};

/// `programFolder` holds poolscope-cli beside poolscope; `authoriser` is the path of pkexec, empty where it
/// is not installed.
[[nodiscard]] Mending mendingFor(
    const QString &uri, const QString &liveUri, const QString &programFolder, const QString &authoriser);

/// mendingFor() on this machine.
[[nodiscard]] Mending mendingHere(const QString &uri);

} // namespace poolscope
