// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/taguse.h"

#include "model/drivers/armload.h"

#include <QByteArrayMatcher>
#include <QtEndian>

#include <algorithm>
#include <optional>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype TagLength = 4;
constexpr unsigned char ProtectedBit = 0x80;

bool isCode(const PeImage &image, qsizetype from, qsizetype to)
{
    const auto next = std::ranges::upper_bound(image.code, from, {}, &PeImage::Range::offset);
    return next != image.code.begin() && to <= std::prev(next)->end();
}

/// An instruction that ends with the tag.
struct TagLoad
{
    qsizetype start = 0; ///< its first byte
    TagGrade grade = TagGrade::None;
};

/// The bytes in front of a place in the file.
class BytesBefore
{
public:
    BytesBefore(QByteArrayView file, qsizetype at)
        : m_file(file)
        , m_at(at)
    {
    }

    /// -1 in front of the file's start.
    [[nodiscard]] int operator[](qsizetype distance) const
    {
        return m_at >= distance ? static_cast<unsigned char>(m_file[m_at - distance]) : -1;
    }

private:
    QByteArrayView m_file;
    qsizetype m_at;
};

/// Length of mov dword ptr [register + byte], imm32 up to the number; 0: it is none. With rsp as the register
/// it has a byte more.
qsizetype storeLength(const BytesBefore &before)
{
    constexpr int Store = 0xC7;
    constexpr int WithScaledIndex = 0x44;
    if (before[4] == Store && before[3] == WithScaledIndex)
        return 4;
    const bool hasByteOffset = (before[2] & 0xF8) == 0x40 && before[2] != WithScaledIndex;
    return before[3] == Store && hasByteOffset ? 3 : 0;
}

/// Whether the bytes before a tag at `at` make an instruction that takes it.
std::optional<TagLoad> loadBefore(PeImage::Machine machine, QByteArrayView file, qsizetype at)
{
    const bool isX64 = machine == PeImage::Machine::X64;
    if (!isX64 && machine != PeImage::Machine::X86)
        return std::nullopt;
    const BytesBefore before(file, at);
    if (isX64 && before[2] == 0x41 && before[1] == 0xB8)
        return TagLoad{at - 2, TagGrade::Strong};
    if (isX64 && before[2] == 0x41 && before[1] == 0xB9)
        return TagLoad{at - 2, TagGrade::Medium};
    if (isX64 && before[1] == 0xBA)
        return TagLoad{at - 1, TagGrade::Medium};
    if (!isX64 && before[1] == 0x68)
        return TagLoad{at - 1, TagGrade::Strong};
    if (const qsizetype length = storeLength(before); length > 0)
        return TagLoad{at - length, TagGrade::Medium};
    return std::nullopt;
}

/// Those that begin in the piece.
void countBytes(
    const PeImage &image, QByteArrayView file, PeImage::Range piece, const QByteArray &tag, TagUse &use)
{
    const QByteArrayMatcher matcher(tag);
    const QByteArrayView seen = file.first(std::min(piece.end() + TagLength - 1, file.size()));
    for (qsizetype at = matcher.indexIn(seen, piece.offset); at >= 0; at = matcher.indexIn(seen, at + 1)) {
        const auto load = loadBefore(image.machine, file, at);
        if (load && isCode(image, load->start, at + TagLength))
            use.of(load->grade).add(load->start);
        else
            use.weak.add(at);
    }
}

/// Those that begin in the piece.
void countArmLoads(PeImage::Range code, QByteArrayView file, PeImage::Range piece, quint32 tag, TagUse &use)
{
    constexpr qsizetype InstructionBytes = 4;
    const qsizetype passed = std::max<qsizetype>(piece.offset - code.offset, 0);
    const qsizetype first = (passed + InstructionBytes - 1) / InstructionBytes * InstructionBytes;
    const qsizetype end = std::min(code.end(), piece.end());
    for (qsizetype at = code.offset + first; at < end; at += InstructionBytes) {
        if (armLoadAt(file, at, code.end()) == tag)
            use.strong.add(at);
    }
}

void countPiece(
    const PeImage &image, QByteArrayView file, PeImage::Range piece, const QByteArray &tag, TagUse &use)
{
    countBytes(image, file, piece, tag, use);
    if (image.machine != PeImage::Machine::Arm64)
        return;
    for (const PeImage::Range &code : image.code)
        countArmLoads(code, file, piece, qFromLittleEndian<quint32>(tag.constData()), use);
}

} // namespace

QString gradeWord(TagGrade grade)
{
    switch (grade) {
    case TagGrade::None:
        return u"none"_s;
    case TagGrade::Weak:
        return u"weak"_s;
    case TagGrade::Medium:
        return u"medium"_s;
    case TagGrade::Strong:
        return u"strong"_s;
    }
    return {};
}

void TagUse::Hits::add(qint64 at)
{
    first = count == 0 ? at : std::min(first, at);
    ++count;
}

TagGrade TagUse::grade() const
{
    if (strong.count > 0)
        return TagGrade::Strong;
    if (medium.count > 0)
        return TagGrade::Medium;
    return weak.count > 0 ? TagGrade::Weak : TagGrade::None;
}

TagUse::Hits &TagUse::of(TagGrade grade)
{
    return grade == TagGrade::Strong ? strong : grade == TagGrade::Medium ? medium : weak;
}

qint64 TagUse::firstOffset() const
{
    switch (grade()) {
    case TagGrade::Strong:
        return strong.first;
    case TagGrade::Medium:
        return medium.first;
    case TagGrade::Weak:
    case TagGrade::None:
        break;
    }
    return weak.first;
}

TagUse tagUse(const PeImage &image, QByteArrayView file, QByteArrayView tag, const Progress &goesOn)
{
    const QByteArray plain = tag.toByteArray().leftJustified(TagLength, ' ', true);
    QByteArray other = plain;
    other[TagLength - 1] = static_cast<char>(static_cast<unsigned char>(plain[TagLength - 1]) ^ ProtectedBit);
    TagUse use;
    forEachPiece(file.size(), goesOn, [&](qsizetype at, qsizetype size) {
        for (const QByteArray &bytes : {plain, other})
            countPiece(image, file, {at, size}, bytes, use);
    });
    return use;
}

} // namespace poolscope
