// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/armload.h"

#include <QtEndian>

namespace poolscope {

namespace {

constexpr qsizetype InstructionBytes = 4;

/// movz or movk of 32 bits: which half of a register it sets.
struct HalfMove
{
    bool keeps = false; ///< movk: the other half stays
    int half = 0; ///< 1: the upper
    quint32 value = 0;
    quint32 registerNumber = 0;
};

std::optional<HalfMove> halfMoveAt(QByteArrayView file, qsizetype at)
{
    constexpr quint32 Mask = 0xFFC00000; // with the shift's upper bit, which has to be clear in 32 bits
    constexpr quint32 Movz = 0x52800000;
    constexpr quint32 Movk = 0x72800000;
    const auto instruction = qFromLittleEndian<quint32>(file.data() + at);
    const quint32 kind = instruction & Mask;
    if (kind != Movz && kind != Movk)
        return std::nullopt;
    return HalfMove{kind == Movk, static_cast<int>((instruction >> 21) & 1), (instruction >> 5) & 0xFFFF,
        instruction & 31};
}

} // namespace

std::optional<ArmLoad> armLoadAt(QByteArrayView file, qsizetype at, qsizetype end)
{
    constexpr int Farthest = 8;
    const qsizetype last = std::min(end, file.size()) - InstructionBytes;
    const auto first = at <= last ? halfMoveAt(file, at) : std::nullopt;
    if (!first || first->keeps)
        return std::nullopt;
    for (qsizetype i = 1; i <= Farthest && at + InstructionBytes * i <= last; ++i) {
        const auto next = halfMoveAt(file, at + InstructionBytes * i);
        if (!next || next->registerNumber != first->registerNumber)
            continue;
        if (!next->keeps || next->half == first->half)
            return std::nullopt;
        const quint32 number =
            first->half == 1 ? first->value << 16 | next->value : next->value << 16 | first->value;
        return ArmLoad{number, static_cast<int>(first->registerNumber)};
    }
    return std::nullopt;
}

} // namespace poolscope
