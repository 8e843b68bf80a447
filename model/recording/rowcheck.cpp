// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/rowcheck.h"

#include <QByteArray>

#include <array>

namespace poolscope {

namespace {

constexpr std::array<quint32, 256> crcTable()
{
    std::array<quint32, 256> table{};
    for (quint32 i = 0; i < table.size(); ++i) {
        quint32 value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? 0xEDB8'8320U ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

quint32 crc32(QByteArrayView bytes, quint32 crc)
{
    static constexpr std::array<quint32, 256> Table = crcTable();
    for (const char c : bytes)
        crc = Table[(crc ^ static_cast<quint8>(c)) & 0xFF] ^ (crc >> 8);
    return crc;
}

} // namespace

quint32 rowCheck(const QVariantList &columns)
{
    quint32 crc = 0xFFFF'FFFFU;
    for (const QVariant &column : columns) {
        if (column.isNull()) {
            crc = crc32("-:", crc);
            continue;
        }
        const QByteArray bytes = column.metaType().id() == QMetaType::QByteArray ? column.toByteArray()
                                                                                 : column.toString().toUtf8();
        crc = crc32(":", crc32(QByteArray::number(bytes.size()), crc));
        crc = crc32(bytes, crc);
    }
    return crc ^ 0xFFFF'FFFFU;
}

} // namespace poolscope
