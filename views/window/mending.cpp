// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mending.h"

#include "model/sources/sourcefactory.h"

#include <QCoreApplication>
#include <QStandardPaths>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QStringView CommandScheme = u"command:";

QString quoted(const QString &word)
{
    return word.contains(u' ') ? u'"' + word + u'"' : word;
}

} // namespace

Mending mendingFor(
    const QString &uri, const QString &liveUri, const QString &programFolder, const QString &authoriser)
{
    Mending mending;
    if (uri.startsWith(CommandScheme)) {
        mending.command = uri.sliced(CommandScheme.size());
        mending.commandHint =
            QCoreApplication::translate("Mending", "Try the command in a terminal to see what it says:");
        return mending;
    }
    if (uri != liveUri)
        return mending;
    const QString reader = quoted(programFolder + u"/poolscope-cli"_s) + u" stream "_s + liveUri;
    mending.command =
        u"sudo -v && %1 'command:sudo -n %2'"_s.arg(quoted(programFolder + u"/poolscope"_s), reader);
    mending.commandHint = QCoreApplication::translate(
        "Mending", "From a terminal, sudo can do the reading while the window stays yours:");
    if (!authoriser.isEmpty())
        mending.authorisedUri = u"command:%1 %2"_s.arg(authoriser, reader);
    return mending;
}

Mending mendingHere(const QString &uri)
{
    return mendingFor(uri, defaultSourceUri(), QCoreApplication::applicationDirPath(),
        QStandardPaths::findExecutable(u"pkexec"_s));
}

} // namespace poolscope
