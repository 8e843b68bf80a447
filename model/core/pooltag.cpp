// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/pooltag.h"

namespace poolscope {

namespace {

constexpr unsigned char ProtectedBit = 0x80;

} // namespace

QByteArray paddedPoolTag(QByteArrayView tag)
{
    return tag.toByteArray().leftJustified(PoolTagLength, ' ', true);
}

bool hasProtectedBit(QByteArrayView tag)
{
    return tag.size() == PoolTagLength && (static_cast<unsigned char>(tag.back()) & ProtectedBit) != 0;
}

QByteArray withoutProtectedBit(QByteArray tag)
{
    if (hasProtectedBit(tag))
        tag.back() = static_cast<char>(static_cast<unsigned char>(tag.back()) & ~ProtectedBit);
    return tag;
}

} // namespace poolscope
