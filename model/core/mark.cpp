// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/mark.h"

namespace poolscope {

QByteArray markKindWord(MarkKind kind)
{
    switch (kind) {
    case MarkKind::Snapshot:
        return QByteArrayLiteral("snapshot");
    case MarkKind::Gap:
        return QByteArrayLiteral("gap");
    case MarkKind::Reboot:
        return QByteArrayLiteral("reboot");
    case MarkKind::SourceLost:
        return QByteArrayLiteral("source_lost");
    case MarkKind::SourceBack:
        return QByteArrayLiteral("source_back");
    case MarkKind::Baseline:
        return QByteArrayLiteral("baseline");
    case MarkKind::Note:
        return QByteArrayLiteral("note");
    case MarkKind::Sleep:
        return QByteArrayLiteral("sleep");
    case MarkKind::ClockChange:
        return QByteArrayLiteral("clock");
    case MarkKind::TestStart:
        return QByteArrayLiteral("test_start");
    case MarkKind::TestStop:
        return QByteArrayLiteral("test_stop");
    }
    return {};
}

} // namespace poolscope
