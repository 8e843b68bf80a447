// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/mending.h"

#include "model/sources/sourcefactory.h"

#include <QCoreApplication>
#include <QFileInfo>
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

Mending mendingFor(const QString &uri, const MendingFacts &facts)
{
    Mending mending;
    if (uri.startsWith(CommandScheme)) {
        mending.command = uri.sliced(CommandScheme.size());
        mending.commandHint =
            QCoreApplication::translate("Mending", "Try the command in a terminal to see what it says:");
        return mending;
    }
    if (uri != facts.liveUri || !facts.isForbidden)
        return mending;
    const QString reader = quoted(facts.programFolder + u"/poolscope-cli"_s) + u" stream "_s + facts.liveUri;
    mending.command =
        u"sudo -v && %1 'command:sudo -n %2'"_s.arg(quoted(facts.programFolder + u"/poolscope"_s), reader);
    mending.commandHint = QCoreApplication::translate(
        "Mending", "From a terminal, sudo can do the reading while the window stays yours:");
    mending.isRemedy = true;
    if (!facts.authoriser.isEmpty())
        mending.authorisedUri = u"command:%1 %2"_s.arg(facts.authoriser, reader);
    return mending;
}

Mending mendingHere(const QString &uri, const Error &error)
{
    const QFileInfo file(error.where);
    return mendingFor(uri,
        {.liveUri = defaultSourceUri(),
            .programFolder = QCoreApplication::applicationDirPath(),
            .authoriser = QStandardPaths::findExecutable(u"pkexec"_s),
            .isForbidden = file.exists() && !file.isReadable()});
}

} // namespace poolscope
