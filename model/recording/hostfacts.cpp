// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/recording/recordinginfo.h"

#include <QFile>
#include <QSysInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// "#1 SMP PREEMPT_DYNAMIC Debian 6.1.0-13 (2023-09-29)"; empty where there is no such file.
QString kernelBuild()
{
    QFile file(u"/proc/sys/kernel/version"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace

HostFacts localHostFacts()
{
    HostFacts facts;
    facts.wall = wallTimeNow();
    facts.host = QSysInfo::machineHostName();
    facts.os = QSysInfo::prettyProductName();
    facts.kernel = QSysInfo::kernelVersion();
    facts.build = kernelBuild();
    facts.bootId = QString::fromLatin1(QSysInfo::bootUniqueId());
    // The steady clock counts from the boot on Linux and Windows.
    facts.uptimeSeconds = std::chrono::floor<std::chrono::seconds>(monotonicNow()).count();
    return facts;
}

} // namespace poolscope
