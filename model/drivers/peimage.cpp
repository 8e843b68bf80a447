// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/peimage.h"

#include <QtEndian>

#include <algorithm>
#include <optional>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype CoffSize = 20;
constexpr qsizetype SectionSize = 40;
constexpr quint32 CodeFlags = 0x20000020; // IMAGE_SCN_MEM_EXECUTE | IMAGE_SCN_CNT_CODE
constexpr quint32 VersionResource = 16; // RT_VERSION

/// Reads numbers anywhere; what lies outside reads as 0.
class Bytes
{
public:
    explicit Bytes(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] qsizetype size() const { return m_bytes.size(); }
    [[nodiscard]] bool holds(qsizetype at, qsizetype size) const
    {
        return at >= 0 && size >= 0 && at <= m_bytes.size() && size <= m_bytes.size() - at;
    }
    template <typename Number>
    [[nodiscard]] Number number(qsizetype at) const
    {
        if (!holds(at, sizeof(Number)))
            return 0;
        return qFromLittleEndian<Number>(m_bytes.data() + at);
    }
    [[nodiscard]] quint16 u16(qsizetype at) const { return number<quint16>(at); }
    [[nodiscard]] quint32 u32(qsizetype at) const { return number<quint32>(at); }

private:
    QByteArrayView m_bytes;
};

struct Section
{
    quint32 address = 0;
    quint32 size = 0; ///< in the file
    quint32 offset = 0;
    quint32 flags = 0;
};

struct Headers
{
    quint16 machine = 0;
    std::vector<Section> sections;
    quint32 resources = 0; ///< address of the resource directory; 0: none
};

Headers headersAt(const Bytes &file, qsizetype coff)
{
    Headers headers{file.u16(coff), {}, 0};
    const quint16 sections = file.u16(coff + 2);
    const quint16 optionalSize = file.u16(coff + 16);
    const qsizetype optional = coff + CoffSize;
    const bool isWide = file.u16(optional) == 0x20B;
    const qsizetype directories = optional + (isWide ? 112 : 96);
    constexpr qsizetype ResourceDirectory = 2;
    if (file.u32(directories - 4) > ResourceDirectory && directories + 24 <= optional + optionalSize)
        headers.resources = file.u32(directories + 8 * ResourceDirectory);
    for (qsizetype i = 0; i < sections; ++i) {
        const qsizetype at = optional + optionalSize + i * SectionSize;
        if (!file.holds(at, SectionSize))
            break;
        headers.sections.push_back(
            {file.u32(at + 12), file.u32(at + 16), file.u32(at + 20), file.u32(at + 36)});
    }
    return headers;
}

PeImage::Machine machineOf(quint16 word)
{
    switch (word) {
    case 0x14C:
        return PeImage::Machine::X86;
    case 0x8664:
        return PeImage::Machine::X64;
    case 0xAA64:
        return PeImage::Machine::Arm64;
    default:
        return PeImage::Machine::Other;
    }
}

/// Where an address of the loaded image lies in the file; negative: nowhere.
qsizetype offsetOf(const Headers &headers, quint32 address)
{
    for (const Section &section : headers.sections) {
        if (address >= section.address && address - section.address < section.size)
            return qsizetype(section.offset) + (address - section.address);
    }
    return -1;
}

/// The first entry of a resource directory below `base`, or the one with the wanted number; the offset it
/// leads to with the flag of a sub-directory, 0: none.
quint32 resourceEntry(const Bytes &file, qsizetype directory, std::optional<quint32> wanted)
{
    const int entries = file.u16(directory + 12) + file.u16(directory + 14);
    for (int i = 0; i < entries; ++i) {
        const qsizetype at = directory + 16 + qsizetype(i) * 8;
        if (!file.holds(at, 8))
            return 0;
        if (!wanted || file.u32(at) == *wanted)
            return file.u32(at + 4);
    }
    return 0;
}

/// File range of the first version resource; empty: there is none.
PeImage::Range versionRange(const Bytes &file, const Headers &headers)
{
    constexpr quint32 IsDirectory = 0x80000000;
    const qsizetype base = headers.resources == 0 ? -1 : offsetOf(headers, headers.resources);
    if (base < 0)
        return {};
    const quint32 type = resourceEntry(file, base, VersionResource);
    if (!(type & IsDirectory))
        return {};
    const quint32 name = resourceEntry(file, base + (type & ~IsDirectory), std::nullopt);
    if (!(name & IsDirectory))
        return {};
    const quint32 language = resourceEntry(file, base + (name & ~IsDirectory), std::nullopt);
    if (language == 0 || (language & IsDirectory))
        return {};
    const qsizetype data = base + language;
    const qsizetype offset = offsetOf(headers, file.u32(data));
    const auto size = qsizetype(file.u32(data + 4));
    if (offset < 0 || !file.holds(offset, size))
        return {};
    return {offset, size};
}

/// One block of a version resource: length, length of the value, type, key, value, blocks inside.
struct VersionBlock
{
    QString key;
    PeImage::Range value;
    qsizetype end = 0;
};

qsizetype aligned(qsizetype at)
{
    return (at + 3) & ~qsizetype(3);
}

/// `at` is relative to the resource, which begins aligned. nullopt: nothing more up to `end`.
std::optional<VersionBlock> versionBlock(const Bytes &resource, qsizetype at, qsizetype end)
{
    constexpr qsizetype HeaderSize = 6;
    const qsizetype length = resource.u16(at);
    if (length < HeaderSize || length > end - at)
        return std::nullopt;
    VersionBlock block;
    block.end = at + length;
    qsizetype cursor = at + HeaderSize;
    while (cursor + 2 <= block.end && resource.u16(cursor) != 0) {
        block.key += QChar(resource.u16(cursor));
        cursor += 2;
    }
    const qsizetype start = std::min(aligned(cursor + 2), block.end);
    const bool isText = resource.u16(at + 4) == 1;
    const qsizetype size = qsizetype(resource.u16(at + 2)) * (isText ? 2 : 1);
    block.value = {start, std::min(size, block.end - start)};
    return block;
}

/// As much of it as a person wants to read: it is kept for many files.
QString textOf(const Bytes &resource, PeImage::Range value)
{
    constexpr qsizetype LongestText = 256;
    const qsizetype end = value.offset + std::min(value.size, 2 * LongestText);
    QString text;
    for (qsizetype at = value.offset; at + 2 <= end && resource.u16(at) != 0; at += 2)
        text += QChar(resource.u16(at));
    return text.trimmed();
}

void takeText(PeImage &image, const VersionBlock &block, const Bytes &resource)
{
    QString *place = block.key == u"CompanyName" ? &image.company
        : block.key == u"FileDescription"        ? &image.description
        : block.key == u"FileVersion"            ? &image.version
                                                 : nullptr;
    if (place && place->isEmpty())
        *place = textOf(resource, block.value);
}

/// Version block, StringFileInfo, StringTable, String: four levels.
void readVersion(PeImage &image, const Bytes &resource, qsizetype at, qsizetype end, int level)
{
    constexpr int Strings = 3;
    while (const auto block = versionBlock(resource, at, end)) {
        if (level == Strings)
            takeText(image, *block, resource);
        else if (level != 1 || block->key == u"StringFileInfo")
            readVersion(
                image, resource, aligned(block->value.offset + block->value.size), block->end, level + 1);
        at = aligned(block->end);
    }
}

/// A damaged image may name the same bytes in each of 65,535 sections; searched that often, it would never
/// end.
std::vector<PeImage::Range> apart(std::vector<PeImage::Range> ranges)
{
    std::ranges::sort(ranges, {}, &PeImage::Range::offset);
    std::vector<PeImage::Range> merged;
    for (const PeImage::Range &range : ranges) {
        if (merged.empty() || range.offset >= merged.back().end())
            merged.push_back(range);
        else
            merged.back().size = std::max(merged.back().end(), range.end()) - merged.back().offset;
    }
    return merged;
}

std::vector<PeImage::Range> codeOf(const Bytes &file, const std::vector<Section> &sections)
{
    std::vector<PeImage::Range> code;
    for (const Section &section : sections) {
        const qsizetype offset = section.offset;
        if ((section.flags & CodeFlags) == 0 || section.size == 0 || offset >= file.size())
            continue;
        code.push_back({offset, std::min<qsizetype>(section.size, file.size() - offset)});
    }
    return apart(std::move(code));
}

} // namespace

Result<PeImage> PeImage::fromBytes(QByteArrayView bytes)
{
    const Bytes file(bytes);
    constexpr qsizetype WhereHeaderIs = 0x3C;
    const qsizetype header = file.u32(WhereHeaderIs);
    if (!bytes.startsWith("MZ") || file.u32(header) != 0x4550)
        return Error{ErrorKind::BadInput, u"not a program file of Windows"_s, {}, {}};
    const Headers headers = headersAt(file, header + 4);
    PeImage image;
    image.machine = machineOf(headers.machine);
    image.code = codeOf(file, headers.sections);
    if (const Range version = versionRange(file, headers); version.size > 0) {
        readVersion(image, Bytes(bytes.sliced(version.offset, version.size)), 0, version.size, 0);
    }
    return image;
}

QString machineWord(PeImage::Machine machine)
{
    switch (machine) {
    case PeImage::Machine::X86:
        return u"x86"_s;
    case PeImage::Machine::X64:
        return u"x64"_s;
    case PeImage::Machine::Arm64:
        return u"arm64"_s;
    case PeImage::Machine::Other:
        break;
    }
    return u"other"_s;
}

} // namespace poolscope
