// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Driver files: whatever the bytes, the image lies within the file and no use is counted outside it.

#include "model/drivers/loadeddrivers.h"
#include "model/drivers/taguse.h"

#include <QByteArrayView>

#include <cstdlib>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    for (const int pointerBytes : {4, 8})
        require(driverPathsFrom(bytes, pointerBytes, u"C:\\Windows"_s).size() * 256 <= bytes.size());
    const auto image = PeImage::fromBytes(bytes);
    if (!image)
        return 0;
    qsizetype end = 0;
    for (const PeImage::Range &range : image.value().code) {
        require(range.offset >= end && range.size > 0 && range.end() <= bytes.size());
        end = range.end();
    }
    const TagUse use = tagUse(image.value(), bytes, "Leak");
    for (const TagUse::Hits &hits : {use.strong, use.medium, use.weak}) {
        require(hits.count >= 0 && hits.count <= 2 * bytes.size());
        require(hits.count > 0 ? hits.first >= 0 && hits.first < bytes.size() : hits.first == -1);
    }
    return 0;
}
