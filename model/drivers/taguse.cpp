// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/taguse.h"

#include "model/core/pooltag.h"
#include "model/drivers/armload.h"

#include <QByteArrayMatcher>
#include <QtEndian>

#include <algorithm>
#include <optional>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr char ProtectedBit = '\x80';

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

/// Length of mov dword ptr [address], imm32 up to the number; 0: it is none. With rsp as the register it has
/// a byte more than with others.
qsizetype storeLength(const BytesBefore &before)
{
    constexpr int Store = 0xC7;
    constexpr int ByRsp = 4; // of the register's three bits: a byte that says rsp follows
    constexpr int Rsp = 0x24;
    constexpr int Fixed = 5; // without a register where there is no offset
    const auto isStore = [&](qsizetype modeAt, int mode) {
        const int form = before[modeAt];
        return before[modeAt + 1] == Store && form >= 0 && (form & 0xF8) == mode;
    };
    const auto isByRsp = [&](qsizetype modeAt) { return (before[modeAt] & 7) == ByRsp; };
    constexpr int NoOffset = 0x00, ByteOffset = 0x40, WordOffset = 0x80;
    for (const auto &[mode, bytes] : {std::pair(NoOffset, 0), {ByteOffset, 1}, {WordOffset, 4}}) {
        if (isStore(bytes + 2, mode) && isByRsp(bytes + 2) && before[bytes + 1] == Rsp)
            return bytes + 3;
        const bool isFixed = mode == NoOffset && (before[bytes + 1] & 7) == Fixed;
        if (isStore(bytes + 1, mode) && !isByRsp(bytes + 1) && !isFixed)
            return bytes + 2;
    }
    return isStore(5, NoOffset) && (before[5] & 7) == Fixed ? 6 : 0;
}

/// mov register, imm32: the register's number; nullopt: it is none.
std::optional<int> moveBefore(const BytesBefore &before)
{
    constexpr int Move = 0xB8;
    return (before[1] & ~7) == Move ? std::optional(before[1] & 7) : std::nullopt;
}

/// A number of eight bytes whose upper half is the tag: two members of a structure set at once.
bool isUpperHalf(const BytesBefore &before)
{
    return (before[6] == 0x48 || before[6] == 0x49) && (before[5] & ~7) == 0xB8;
}

/// Whether the bytes before a tag at `at` make an instruction that takes it.
std::optional<TagLoad> loadBefore(PeImage::Machine machine, QByteArrayView file, qsizetype at)
{
    const bool isX64 = machine == PeImage::Machine::X64;
    if (!isX64 && machine != PeImage::Machine::X86)
        return std::nullopt;
    constexpr int R8Prefix = 0x41;
    const BytesBefore before(file, at);
    const std::optional<int> move = moveBefore(before);
    const bool isExtended = isX64 && before[2] == R8Prefix;
    if (move && isExtended)
        return TagLoad{at - 2, *move == 0 ? TagGrade::Strong : TagGrade::Medium};
    if (move)
        return TagLoad{at - 1, TagGrade::Medium};
    if (!isX64 && before[1] == 0x68)
        return TagLoad{at - 1, TagGrade::Strong};
    if (const qsizetype length = storeLength(before); length > 0)
        return TagLoad{at - length, TagGrade::Medium};
    if (isX64 && isUpperHalf(before))
        return TagLoad{at - 6, TagGrade::Medium};
    return std::nullopt;
}

/// Those that begin in the piece.
void countBytes(
    const PeImage &image, QByteArrayView file, PeImage::Range piece, const QByteArray &tag, TagUse &use)
{
    const QByteArrayMatcher matcher(tag);
    const QByteArrayView seen = file.first(std::min(piece.end() + PoolTagLength - 1, file.size()));
    for (qsizetype at = matcher.indexIn(seen, piece.offset); at >= 0; at = matcher.indexIn(seen, at + 1)) {
        const auto load = loadBefore(image.machine, file, at);
        if (load && isCode(image, load->start, at + PoolTagLength))
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
        const auto load = armLoadAt(file, at, code.end());
        if (load && load->number == tag)
            (load->isThirdArgument() ? use.strong : use.medium).add(at);
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
    const QByteArray plain = paddedPoolTag(tag);
    QByteArray other = plain;
    other.back() = static_cast<char>(plain.back() ^ ProtectedBit);
    TagUse use;
    forEachPiece(file.size(), goesOn, [&](qsizetype at, qsizetype size) {
        for (const QByteArray &bytes : {plain, other})
            countPiece(image, file, {at, size}, bytes, use);
    });
    return use;
}

} // namespace poolscope
