// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Files to import. The first byte says which reader reads the rest, because all of them together are twelve
// times as slow; with any other byte the file itself is asked, as when the user does not say.

#include "model/exchange/samplereader.h"

#include <QBuffer>

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace poolscope;

namespace {

struct Choice
{
    char letter;
    QByteArrayView word;
};

/// Letters stay with their formats, so that the inputs in the corpus do.
constexpr Choice Choices[] = {{'a', "allocinfo"}, {'b', "slabtop"}, {'c', "csv"}, {'d', "slab-tool"},
    {'i', "slabinfo"}, {'j', "json"}, {'m', "poolmon"}, {'o', "oom"}, {'p', "pool-csv"}, {'s', "stream"},
    {'u', "poolused"}, {'v', "vmstat"}};

const ImportFormat *chosenFormat(char letter, QIODevice &device)
{
    const auto *const choice = std::ranges::find(Choices, letter, &Choice::letter);
    if (choice == std::end(Choices))
        return recognisedFormat(device);
    const ImportFormat *format = importFormatFromWord(choice->word);
    if (!format)
        qFatal("a letter without a format");
    return format;
}

void readWhole(SampleReader &reader, size_t size)
{
    for (size_t count = 0;; ++count) {
        const auto read = reader.next();
        if (!read && (read.error().where.isEmpty() || read.error().whatToDo.isEmpty()))
            qFatal("an error that does not say where or what to do");
        if (!read || !read.value())
            break;
        if (count > size)
            qFatal("more samples than bytes");
        const Sample &sample = *read.value()->sample;
        if (sample.tags->size() != sample.readings.size())
            qFatal("tags and readings differ in number");
    }
    for (const SkippedLine &skipped : reader.skipped()) {
        if (skipped.why.isEmpty() || skipped.line < 0)
            qFatal("a skipped line without a reason");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool allChosen = importFormats().size() == std::size(Choices);
    if (!allChosen)
        qFatal("a format without a letter");
    if (size == 0)
        return 0;
    QByteArray text(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    QBuffer buffer(&text);
    if (!buffer.open(QIODevice::ReadOnly))
        qFatal("cannot read from memory");
    if (const ImportFormat *format = chosenFormat(static_cast<char>(data[0]), buffer))
        readWhole(*format->create(buffer, QStringLiteral("input")), size);
    return 0;
}
