// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QString>

namespace poolscope {

/// What can be offered to someone whose source gives nothing.
struct Mending
{
    QString command; ///< for a terminal; empty: none helps
    QString commandHint; ///< what the command does, in one sentence
    QString authorisedUri; ///< source that asks for the rights itself; empty: none
    bool isRemedy = false; ///< the command does what the error's whatToDo says in words
};

/// What mendingFor() must know of this machine.
struct MendingFacts
{
    QString liveUri;
    QString programFolder; ///< holds poolscope-cli beside poolscope
    QString authoriser; ///< path of pkexec; empty where it is not installed
    bool isForbidden = false; ///< what cannot be read is there, but not for this user
};
[[nodiscard]] Mending mendingFor(const QString &uri, const MendingFacts &facts);

/// mendingFor() on this machine.
[[nodiscard]] Mending mendingHere(const QString &uri, const Error &error);

} // namespace poolscope
