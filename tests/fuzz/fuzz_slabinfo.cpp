// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/slabinfo.h"

#include <QByteArrayView>

#include <cstdint>
#include <cstdlib>

using namespace poolscope;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

/// The input is several texts, each behind a byte 0xFF. A parser that saw the texts before must read each of
/// them as a new parser does.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArrayView rest(data, static_cast<qsizetype>(size));
    SlabinfoParser parser;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('\xFF');
        const QByteArrayView text = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);

        const Result<SlabinfoRows> rows = parser.parse(text, QStringLiteral("FILE"));
        SlabinfoParser fresh;
        const Result<SlabinfoRows> expected = fresh.parse(text, QStringLiteral("FILE"));
        require(rows.ok() == expected.ok());
        if (!rows) {
            require(rows.error() == expected.error());
            continue;
        }
        require(*rows.value().tags == *expected.value().tags);
        require(rows.value().readings == expected.value().readings);
        require(rows.value().readings.size() == rows.value().tags->size());
        const Result<SlabinfoRows> again = parser.parse(text, QStringLiteral("FILE"));
        require(again.ok() && again.value().tags == rows.value().tags);
    }
    return 0;
}
