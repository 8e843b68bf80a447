// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/samplereader.h"

#include <QBuffer>

#include <cstddef>
#include <cstdint>

using namespace poolscope;

namespace {

void readWhole(const ImportFormat &format, QByteArray &bytes)
{
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        qFatal("cannot read from memory");
    const auto reader = format.create(buffer, QStringLiteral("input"));
    const qsizetype mostSamples = bytes.size() + 1;
    for (qsizetype count = 0;; ++count) {
        const auto read = reader->next();
        if (!read && (read.error().where.isEmpty() || read.error().whatToDo.isEmpty()))
            qFatal("an error that does not say where or what to do");
        if (!read || !read.value())
            break;
        if (count > mostSamples)
            qFatal("more samples than bytes");
        const Sample &sample = *read.value()->sample;
        if (sample.tags->size() != sample.readings.size())
            qFatal("tags and readings differ in number");
    }
    for (const SkippedLine &skipped : reader->skipped()) {
        if (skipped.why.isEmpty() || skipped.line < 0)
            qFatal("a skipped line without a reason");
    }
}

} // namespace

/// Every reader reads every input, whatever it is of.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const ImportFormat &format : importFormats())
        readWhole(format, bytes);
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        qFatal("cannot read from memory");
    static_cast<void>(recognisedFormat(buffer));
    return 0;
}
