// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/varint.h"

#include <QByteArray>
#include <QByteArrayView>

#include <span>
#include <vector>

namespace poolscope {

/// The numbers of FORMAT.md as bytes: LEB128, seven bits a byte, lowest first.
class ByteWriter
{
public:
    void number(quint64 value) { appendVarint(m_bytes, value); }
    void signedNumber(qint64 value) { number(zigzag(value)); }
    void byte(quint8 value) { m_bytes.push_back(value); }
    /// The length, then the bytes.
    void text(QByteArrayView bytes)
    {
        number(static_cast<quint64>(bytes.size()));
        append(bytes);
    }
    void append(std::span<const quint8> bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }
    void append(QByteArrayView bytes) { m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end()); }

    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] std::span<const quint8> bytes() const { return m_bytes; }
    [[nodiscard]] QByteArrayView view() const
    {
        return {m_bytes.data(), static_cast<qsizetype>(m_bytes.size())};
    }
    [[nodiscard]] size_t memoryBytes() const { return m_bytes.capacity(); }
    void clear() { m_bytes.clear(); }

private:
    std::vector<quint8> m_bytes;
};

/// Reads what ByteWriter wrote. Behind the end, and after anything that cannot be, ok() is false and every
/// number is 0.
class ByteReader
{
public:
    ByteReader() = default;
    explicit ByteReader(std::span<const quint8> bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }
    explicit ByteReader(QByteArrayView bytes)
        : ByteReader(
            std::span(reinterpret_cast<const quint8 *>(bytes.data()), static_cast<size_t>(bytes.size())))
    {
    }

    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }
    [[nodiscard]] size_t left() const { return static_cast<size_t>(m_end - m_at); }

    [[nodiscard]] quint64 number()
    {
        quint64 result = 0;
        for (int shift = 0; shift < 64 && m_at != m_end; shift += 7) {
            const quint8 byte = *m_at++;
            result |= static_cast<quint64>(byte & 0x7F) << shift;
            if (byte < 0x80)
                return result;
        }
        return fail();
    }
    [[nodiscard]] qint64 signedNumber() { return unzigzag(number()); }
    [[nodiscard]] quint8 byte() { return m_at != m_end ? *m_at++ : static_cast<quint8>(fail()); }
    [[nodiscard]] std::span<const quint8> take(size_t count)
    {
        if (count > left()) {
            fail();
            return {};
        }
        const std::span<const quint8> taken(m_at, count);
        m_at += count;
        return taken;
    }
    [[nodiscard]] QByteArrayView text()
    {
        const std::span<const quint8> taken = take(number());
        return {taken.data(), static_cast<qsizetype>(taken.size())};
    }
    quint64 fail()
    {
        m_ok = false;
        m_at = m_end;
        return 0;
    }

private:
    const quint8 *m_at = nullptr;
    const quint8 *m_end = nullptr;
    bool m_ok = true;
};

} // namespace poolscope
