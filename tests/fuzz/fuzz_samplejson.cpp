// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplejson.h"

#include <cstddef>
#include <cstdint>

using namespace poolscope;

/// Whatever is read must be written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto read = snapshotsFromJson(text, QStringLiteral("input"));
    if (!read) {
        if (read.error().where.isEmpty() || read.error().whatToDo.isEmpty())
            qFatal("an error that does not say where or what to do");
        return 0;
    }
    for (const Snapshot &snapshot : read.value()) {
        const auto again = snapshotFromJson(snapshotToJson(snapshot), QStringLiteral("again"));
        if (!again || again.value().sample->readings != snapshot.sample->readings
            || again.value().note != snapshot.note)
            qFatal("what was written reads as something else");
    }
    return 0;
}
