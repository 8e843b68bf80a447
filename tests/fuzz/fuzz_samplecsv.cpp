// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplecsv.h"

#include <cstddef>
#include <cstdint>

using namespace poolscope;

/// Whatever is read must be written and read again as the same rows.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto read = samplesFromCsv(text, QStringLiteral("input"));
    if (!read) {
        if (read.error().where.isEmpty() || read.error().whatToDo.isEmpty())
            qFatal("an error that does not say where or what to do");
        return 0;
    }
    for (const SamplePtr &sample : read.value()) {
        const auto again = samplesFromCsv(samplesToCsv(std::vector{sample}), QStringLiteral("again"));
        if (!again || again.value().size() != 1 || *again.value()[0]->tags != *sample->tags
            || again.value()[0]->readings != sample->readings)
            qFatal("what was written reads as something else");
    }
    return 0;
}
