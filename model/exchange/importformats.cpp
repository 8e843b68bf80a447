// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/csvsamplereader.h"
#include "model/exchange/jsonsamplereader.h"
#include "model/exchange/linereader.h"
#include "model/exchange/logs/linuxlogs.h"
#include "model/exchange/logs/logsamplereader.h"
#include "model/exchange/logs/poolcsvlog.h"
#include "model/exchange/logs/poolusedlog.h"
#include "model/exchange/poolmonsamplereader.h"
#include "model/exchange/streamsamplereader.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 HeadSize = 65'536;
/// Where that is not enough: a log of something else may stand before the table.
constexpr qint64 LongHeadSize = 1'048'576;

template <typename Reader>
std::unique_ptr<SampleReader> make(QIODevice &device, const QString &fileName)
{
    return std::make_unique<Reader>(device, fileName);
}

template <typename Grammar>
bool isLog(const QByteArray &head)
{
    Grammar grammar;
    return looksLikeLog(head, grammar);
}

template <typename Grammar>
std::unique_ptr<SampleReader> makeLog(QIODevice &device, const QString &fileName)
{
    return std::make_unique<LogSampleReader>(device, fileName, std::make_unique<Grammar>());
}

constexpr ImportFormat Formats[] = {
    {"stream", u"PoolScope's stream format", StreamSampleReader::recognises, make<StreamSampleReader>},
    {"json", u"PoolScope's JSON, one sample or one a line", JsonSampleReader::recognises,
        make<JsonSampleReader>},
    {"pool-csv", u"CSV of PoolMonX or poolmon-powershell", PoolCsvLog::recognises, makeLog<PoolCsvLog>},
    {"csv", u"PoolScope's CSV", CsvSampleReader::recognises, make<CsvSampleReader>},
    {"poolmon", u"PoolMon text, as poolmon /n writes it", PoolMonSampleReader::recognises,
        make<PoolMonSampleReader>},
    {"poolused", u"WinDbg's !poolused", isLog<PoolusedLog>, makeLog<PoolusedLog>},
    {"allocinfo", u"/proc/allocinfo", isLog<AllocinfoLog>, makeLog<AllocinfoLog>},
    {"slabtop", u"the screen of slabtop", isLog<SlabtopLog>, makeLog<SlabtopLog>},
    {"slab-tool", u"the table of the kernel's slabinfo tool", isLog<SlabToolLog>, makeLog<SlabToolLog>},
    {"oom", u"the slab table of an out-of-memory report", isLog<OomSlabLog>, makeLog<OomSlabLog>},
    {"vmstat", u"vmstat -m", isLog<VmstatLog>, makeLog<VmstatLog>},
    {"slabinfo", u"/proc/slabinfo", isLog<SlabinfoLog>, makeLog<SlabinfoLog>},
};

const ImportFormat *formatOf(const QByteArray &head)
{
    const auto *const found =
        std::ranges::find_if(Formats, [&](const ImportFormat &format) { return format.recognises(head); });
    return found == std::end(Formats) ? nullptr : found;
}

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
    const QByteArray head = device.peek(HeadSize);
    const ImportFormat *const found = formatOf(plainHead(head));
    if (found || head.size() < HeadSize)
        return found;
    return formatOf(plainHead(device.peek(LongHeadSize)));
}

Error unknownFormat(QIODevice &device, const QString &fileName)
{
    const QByteArray head = device.peek(HeadSize);
    if (head.contains("\x1B[") && head.contains("OBJ/SLAB")) {
        return {ErrorKind::BadInput, u"this is a live screen of slabtop, which overwrites itself"_s, fileName,
            u"record slabtop -o, or /proc/slabinfo itself"_s};
    }
    QStringList formats;
    for (const ImportFormat &format : Formats)
        formats += QString::fromLatin1(format.word) + u" ("_s + format.title.toString() + u')';
    return {ErrorKind::BadInput, u"the format of the file is not known by its first MiB"_s, fileName,
        u"name it with --format; known are "_s + formats.join(u", "_s)};
}

} // namespace poolscope
