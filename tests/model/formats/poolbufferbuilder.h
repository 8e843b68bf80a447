// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/pooltagparser.h"

#include <QByteArray>

#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

/// One record as a test wants it; what the kernel would write is made of it byte by byte.
struct PoolRecord
{
    struct Side
    {
        quint64 allocs = 0;
        quint64 frees = 0;
        quint64 bytes = 0;
    };
    QByteArray tag; ///< four bytes
    Side nonpaged;
    Side paged;
};

/// Writes pool tag tables the way the kernel does, independently of the parser's own layout tables.
class PoolBufferBuilder
{
public:
    explicit PoolBufferBuilder(poolscope::PoolTagFormat format, char padding = '\xCD')
        : m_format(format)
        , m_padding(padding)
    {
    }

    [[nodiscard]] QByteArray table(const std::vector<PoolRecord> &records) const
    {
        return table(records, static_cast<quint32>(records.size()));
    }

    /// With a count that may differ from what the table holds.
    [[nodiscard]] QByteArray table(const std::vector<PoolRecord> &records, quint32 count) const
    {
        QByteArray out;
        out.reserve(8 + std::ssize(records) * 56);
        number(out, count, 4);
        if (is64())
            out.append(4, m_padding);
        for (const PoolRecord &record : records)
            append(out, record);
        return out;
    }

    [[nodiscard]] static std::span<const std::byte> bytes(const QByteArray &buffer)
    {
        return std::as_bytes(std::span(buffer.constData(), static_cast<size_t>(buffer.size())));
    }

    static void number(QByteArray &out, quint64 value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            out.append(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
    }

private:
    using Format = poolscope::PoolTagFormat;

    [[nodiscard]] bool is64() const { return m_format.word == Format::Word::Bits64; }

    void append(QByteArray &out, const PoolRecord &record) const
    {
        out.append(record.tag.leftJustified(4, ' ', true));
        if (is64() && m_format.infoClass == Format::Class::PoolTag2)
            out.append(4, m_padding);
        side(out, record.paged, true);
        side(out, record.nonpaged, false);
    }

    void side(QByteArray &out, const PoolRecord::Side &side, bool paged) const
    {
        const int size = is64() ? 8 : 4;
        const int count = m_format.infoClass == Format::Class::PoolTag ? 4 : size;
        number(out, side.allocs, count);
        number(out, side.frees, count);
        if (paged && is64() && count == 4)
            out.append(4, m_padding);
        number(out, side.bytes, size);
    }

    Format m_format;
    char m_padding;
};
