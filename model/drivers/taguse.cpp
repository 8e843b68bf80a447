// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/taguse.h"

#include <QByteArrayMatcher>
#include <QtEndian>

#include <algorithm>
#include <optional>

namespace poolscope {

namespace {

constexpr qsizetype TagLength = 4;
constexpr unsigned char ProtectedBit = 0x80;

class Counter
{
public:
    void strong(qsizetype at)
    {
        if (m_use.inCode++ == 0)
            m_firstStrong = at;
        else
            m_firstStrong = std::min(m_firstStrong, at);
    }
    void weak(qsizetype at)
    {
        if (m_use.asText++ == 0)
            m_firstWeak = at;
    }
    [[nodiscard]] TagUse use() const
    {
        TagUse use = m_use;
        use.firstOffset = use.isStrong() ? m_firstStrong : m_firstWeak;
        return use;
    }

private:
    TagUse m_use;
    qint64 m_firstStrong = -1;
    qint64 m_firstWeak = -1;
};

bool isCode(const PeImage &image, qsizetype from, qsizetype to)
{
    const auto next = std::ranges::upper_bound(image.code, from, {}, &PeImage::Range::offset);
    return next != image.code.begin() && to <= std::prev(next)->end();
}

/// Whether the bytes before a tag at `at` make an instruction that loads it; the first byte of it.
std::optional<qsizetype> loadBefore(const PeImage &image, QByteArrayView file, qsizetype at)
{
    const auto endsWith = [file, at](QByteArrayView opcode) {
        return at >= opcode.size() && file.sliced(at - opcode.size(), opcode.size()) == opcode;
    };
    if (image.machine == PeImage::Machine::X64) {
        if (endsWith("\x41\xB8"))
            return at - 2;
        if (endsWith("\xBA"))
            return at - 1;
    }
    if (image.machine == PeImage::Machine::X86 && endsWith("\x68"))
        return at - 1;
    return std::nullopt;
}

void countBytes(const PeImage &image, QByteArrayView file, const QByteArray &tag, Counter &counter)
{
    const QByteArrayMatcher matcher(tag);
    for (qsizetype at = matcher.indexIn(file); at >= 0; at = matcher.indexIn(file, at + 1)) {
        const auto start = loadBefore(image, file, at);
        if (start && isCode(image, *start, at + TagLength))
            counter.strong(*start);
        else
            counter.weak(at);
    }
}

/// movz or movk of 32 bits, "Arm Architecture Reference Manual", C6.2: which half of a register it sets.
struct HalfMove
{
    bool keeps = false; ///< movk: the other half stays
    int half = 0; ///< 1: the upper
    quint32 value = 0;
    quint32 registerNumber = 0;
};

std::optional<HalfMove> halfMove(quint32 instruction)
{
    constexpr quint32 Mask = 0xFFC00000; // with the shift's upper bit, which has to be clear in 32 bits
    constexpr quint32 Movz = 0x52800000;
    constexpr quint32 Movk = 0x72800000;
    const quint32 kind = instruction & Mask;
    if (kind != Movz && kind != Movk)
        return std::nullopt;
    return HalfMove{kind == Movk, static_cast<int>((instruction >> 21) & 1), (instruction >> 5) & 0xFFFF,
        instruction & 31};
}

class ArmLoads
{
public:
    ArmLoads(QByteArrayView file, quint32 tag)
        : m_file(file)
        , m_halves{tag & 0xFFFF, tag >> 16}
    {
    }

    void count(PeImage::Range range, Counter &counter) const
    {
        const qsizetype end = range.offset + range.size - 3;
        for (qsizetype at = range.offset; at < end; at += 4) {
            const auto first = halfMove(at);
            if (first && !first->keeps && isHalf(*first) && isCompleted(*first, at, end))
                counter.strong(at);
        }
    }

private:
    [[nodiscard]] std::optional<HalfMove> halfMove(qsizetype at) const
    {
        return poolscope::halfMove(qFromLittleEndian<quint32>(m_file.data() + at));
    }
    [[nodiscard]] bool isHalf(const HalfMove &move) const { return move.value == m_halves[move.half]; }
    [[nodiscard]] bool isCompleted(const HalfMove &first, qsizetype at, qsizetype end) const
    {
        constexpr int Farthest = 8;
        for (qsizetype i = 1; i <= Farthest && at + 4 * i < end; ++i) {
            const auto next = halfMove(at + 4 * i);
            if (!next || next->registerNumber != first.registerNumber)
                continue;
            return next->keeps && next->half != first.half && isHalf(*next);
        }
        return false;
    }

    QByteArrayView m_file;
    quint32 m_halves[2];
};

} // namespace

TagUse tagUse(const PeImage &image, QByteArrayView file, QByteArrayView tag)
{
    const QByteArray plain = tag.toByteArray().leftJustified(TagLength, ' ', true);
    QByteArray other = plain;
    other[TagLength - 1] = static_cast<char>(static_cast<unsigned char>(plain[TagLength - 1]) ^ ProtectedBit);
    Counter counter;
    for (const QByteArray &bytes : {plain, other}) {
        countBytes(image, file, bytes, counter);
        if (image.machine != PeImage::Machine::Arm64)
            continue;
        const ArmLoads loads(file, qFromLittleEndian<quint32>(bytes.constData()));
        for (const PeImage::Range &range : image.code)
            loads.count(range, counter);
    }
    return counter.use();
}

} // namespace poolscope
