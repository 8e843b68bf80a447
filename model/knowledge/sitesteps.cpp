// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/sitesteps.h"

#include "model/core/tagtext.h"
#include "model/knowledge/shellquote.h"

#include <QRegularExpression>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

std::vector<NextStep> siteSteps(const TagEntry &entry)
{
    const QString site = escapedTag(entry.tag.bytes);
    static const QRegularExpression parts(
        u"^(?<file>[^:\\s]+):(?<line>\\d+)(?:\\s+\\[(?<module>[^\\]]+)\\])?(?:\\s+func:(?<function>\\S+))?$"_s);
    const QRegularExpressionMatch match = parts.match(site);
    const QString place = match.hasMatch() ? match.captured(u"file") + u':' + match.captured(u"line") : site;
    std::vector<NextStep> steps;
    steps.push_back({u"What the site holds now"_s, u"shell as root"_s,
        u"grep -F "_s + shellQuoted(place + u' ') + u" /proc/allocinfo"_s,
        u"Bytes, calls and place of each allocation that the kernel counts there. Costs nothing."_s});
    if (match.hasMatch()) {
        steps.push_back({u"The code, and who wrote it"_s, u"shell in the kernel's source"_s,
            u"git log -L "_s + match.captured(u"line") + u',' + match.captured(u"line") + u':'
                + shellQuoted(match.captured(u"file")) + u" -1"_s,
            u"The line and its last change, in a checkout of the running version."_s});
    }
    if (const QString module = match.captured(u"module"); !module.isEmpty()) {
        steps.push_back({u"Whose module it is"_s, u"shell"_s, u"modinfo "_s + shellQuoted(module),
            u"File, version, author and licence of the module that allocates."_s});
    }
    if (const QString function = match.captured(u"function"); !function.isEmpty()) {
        steps.push_back({u"Who calls it, with stacks"_s, u"shell as root"_s,
            u"bpftrace -e "_s
                + shellQuoted(u"kprobe:"_s + function
                    + u" { @[comm, kstack(8)] = count(); } interval:s:10 { exit(); }"_s),
            u"Counts for ten seconds by process and call path. Not possible where the compiler inlined the "
            u"function."_s});
    }
    steps.push_back({u"Which sites grew most"_s, u"shell as root"_s,
        u"sort -g /proc/allocinfo > before; sleep 600; sort -g /proc/allocinfo > after; diff before after | "
        u"grep '^>' | sort -k2 -g | tail -20"_s,
        u"Ten minutes apart; the last lines changed and hold most."_s});
    steps.push_back({u"Memory that nobody points to any more"_s, u"shell as root"_s,
        u"echo scan > /sys/kernel/debug/kmemleak; sleep 60; echo scan > /sys/kernel/debug/kmemleak; "
        u"cat /sys/kernel/debug/kmemleak"_s,
        u"Needs a kernel with CONFIG_DEBUG_KMEMLEAK started with kmemleak=on."_s});
    return steps;
}

} // namespace poolscope
