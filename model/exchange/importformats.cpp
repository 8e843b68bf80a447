// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/csvsamplereader.h"
#include "model/exchange/jsonsamplereader.h"
#include "model/exchange/linereader.h"
#include "model/exchange/poolmonsamplereader.h"
#include "model/exchange/streamsamplereader.h"

#include "model/formats/poolmontext.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr qint64 HeadSize = 65'536;

template <typename Reader>
std::unique_ptr<SampleReader> make(QIODevice &device, const QString &fileName)
{
    return std::make_unique<Reader>(device, fileName);
}

constexpr ImportFormat Formats[] = {
    {"stream", u"PoolScope's stream format", StreamSampleReader::recognises, make<StreamSampleReader>},
    {"json", u"PoolScope's JSON, one sample or one a line", JsonSampleReader::recognises,
        make<JsonSampleReader>},
    {"csv", u"PoolScope's CSV", CsvSampleReader::recognises, make<CsvSampleReader>},
    {"poolmon", u"PoolMon text, as poolmon /n writes it", looksLikePoolMonText, make<PoolMonSampleReader>},
};

} // namespace

std::span<const ImportFormat> importFormats()
{
    return Formats;
}

const ImportFormat *importFormatFromWord(QByteArrayView word)
{
    const auto *const found = std::ranges::find(Formats, word, &ImportFormat::word);
    return found == std::end(Formats) ? nullptr : found;
}

const ImportFormat *recognisedFormat(QIODevice &device)
{
    const QByteArray head = plainHead(device.peek(HeadSize));
    const auto *const found =
        std::ranges::find_if(Formats, [&](const ImportFormat &format) { return format.recognises(head); });
    return found == std::end(Formats) ? nullptr : found;
}

} // namespace poolscope
