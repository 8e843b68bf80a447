// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/stream.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace poolscope;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

using Outcome = std::vector<Result<SamplePtr>>;

Outcome readInPieces(QByteArrayView bytes, qsizetype piece)
{
    StreamReader reader(QStringLiteral("S"));
    Outcome outcome;
    while (!bytes.isEmpty()) {
        const qsizetype size = std::min(piece, bytes.size());
        reader.feed(bytes.first(size));
        bytes = bytes.sliced(size);
        while (auto next = reader.next())
            outcome.push_back(std::move(*next));
    }
    if (const auto missing = reader.finish())
        outcome.emplace_back(*missing);
    return outcome;
}

bool equal(const Sample &a, const Sample &b)
{
    return a.wall == b.wall && a.monotonic == b.monotonic && *a.origin == *b.origin && a.system == b.system
        && *a.tags == *b.tags && a.readings == b.readings;
}

/// What is written reads back as it was.
void checkRoundTrip(const Outcome &outcome)
{
    StreamWriter writer;
    QByteArray bytes;
    std::vector<SamplePtr> samples;
    for (const Result<SamplePtr> &one : outcome) {
        if (one) {
            writer.write(*one.value(), bytes);
            samples.push_back(one.value());
        }
    }
    if (samples.empty())
        return;
    const Outcome again = readInPieces(bytes, bytes.size());
    require(again.size() == samples.size());
    for (size_t i = 0; i < samples.size(); ++i)
        require(again[i].ok() && equal(*again[i].value(), *samples[i]));
}

} // namespace

/// The first byte is the size of the pieces: a stream reads the same wherever it is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size) - 1);
    const Outcome whole = readInPieces(bytes, std::max<qsizetype>(1, bytes.size()));
    const Outcome pieces = readInPieces(bytes, data[0] + 1);
    require(whole.size() == pieces.size());
    for (size_t i = 0; i < whole.size(); ++i) {
        require(whole[i].ok() == pieces[i].ok());
        if (whole[i]) {
            require(equal(*whole[i].value(), *pieces[i].value()));
            require(whole[i].value()->readings.size() == whole[i].value()->tags->size());
        } else {
            require(whole[i].error() == pieces[i].error());
        }
    }
    checkRoundTrip(whole);
    return 0;
}
