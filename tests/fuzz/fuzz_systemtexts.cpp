// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/meminfo.h"
#include "model/formats/vmstat.h"

#include <cstdint>
#include <cstdlib>

using namespace poolscope;

/// No counter of these texts can be below zero.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    for (auto *const read : {readMeminfo, readVmstat}) {
        SystemReading system;
        const Result<Done> done = read(text, QStringLiteral("FILE"), system);
        if (!done && done.error().where.isEmpty())
            std::abort();
        for (const SystemFieldInfo &info : systemFields()) {
            if (system[info.field].valueOr(0) < 0)
                std::abort();
        }
    }
    return 0;
}
