// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/nextsteps.h"

#include "model/knowledge/poolsteps.h"
#include "model/knowledge/sitesteps.h"
#include "model/knowledge/slabsteps.h"

#include <QStringList>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

std::vector<NextStep> nextSteps(const TagEntry &entry, SourceKind kind)
{
    switch (kind) {
    case SourceKind::Pool:
        return poolSteps(entry);
    case SourceKind::Slab:
        return slabSteps(entry);
    case SourceKind::Site:
        return siteSteps(entry);
    }
    return {};
}

QString nextStepsText(const std::vector<NextStep> &steps)
{
    QStringList parts;
    int number = 0;
    for (const NextStep &step : steps) {
        QString command = step.command;
        command.replace(u'\n', u"\n    "_s);
        parts +=
            u"%1. %2 (%3)\n    %4\n   %5\n"_s.arg(++number).arg(step.title, step.place, command, step.note);
    }
    return parts.join(u'\n');
}

} // namespace poolscope
