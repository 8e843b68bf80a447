// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/drivers/peimage.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QtEndian>

#include <utility>

namespace poolscope::test {

/// Makes small PE files: one section of code, one of data, one of resources with a version.
class PeBuilder
{
public:
    explicit PeBuilder(PeImage::Machine machine = PeImage::Machine::X64)
        : m_machine(machine)
    {
    }

    PeBuilder &code(const QByteArray &bytes)
    {
        m_code += bytes;
        return *this;
    }
    PeBuilder &data(const QByteArray &bytes)
    {
        m_data += bytes;
        return *this;
    }
    PeBuilder &about(const QString &key, const QString &text)
    {
        m_about.append({key, text});
        return *this;
    }

    [[nodiscard]] QByteArray build() const
    {
        const QByteArray sections[] = {padded(m_code), padded(m_data), padded(resources())};
        constexpr quint32 Flags[] = {0x60000020, 0xC0000040, 0x40000040};
        const bool isWide = m_machine != PeImage::Machine::X86;
        const quint16 optionalSize = isWide ? 240 : 224;
        QByteArray file("MZ");
        file.append(0x3C - 2, '\0');
        put<quint32>(file, 0x40);
        file += QByteArray("PE\0\0", 4);
        put<quint16>(file,
            m_machine == PeImage::Machine::X86       ? 0x14C
                : m_machine == PeImage::Machine::X64 ? 0x8664
                                                     : 0xAA64);
        put<quint16>(file, 3);
        file.append(12, '\0');
        put<quint16>(file, optionalSize);
        put<quint16>(file, 0x22);
        QByteArray optional;
        put<quint16>(optional, isWide ? 0x20B : 0x10B);
        optional.append((isWide ? 108 : 92) - 2, '\0');
        put<quint32>(optional, 16);
        optional.append(16, '\0');
        put<quint32>(optional, AddressOfResources);
        put<quint32>(optional, static_cast<quint32>(sections[2].size()));
        optional.append(optionalSize - optional.size(), '\0');
        file += optional;
        quint32 offset = HeadersSize;
        for (int i = 0; i < 3; ++i) {
            file += QByteArray(".sect").leftJustified(8, '\0');
            put<quint32>(file, static_cast<quint32>(sections[i].size()));
            put<quint32>(file, 0x1000u * static_cast<quint32>(i + 1));
            put<quint32>(file, static_cast<quint32>(sections[i].size()));
            put<quint32>(file, offset);
            file.append(12, '\0');
            put<quint32>(file, Flags[i]);
            offset += static_cast<quint32>(sections[i].size());
        }
        file.append(HeadersSize - file.size(), '\0');
        for (const QByteArray &section : sections)
            file += section;
        return file;
    }

    static constexpr qsizetype HeadersSize = 0x400; ///< where the code begins

    template <typename Number>
    static void put(QByteArray &to, Number number)
    {
        const Number little = qToLittleEndian(number);
        to.append(reinterpret_cast<const char *>(&little), sizeof little);
    }

private:
    static constexpr quint32 AddressOfResources = 0x3000;

    static QByteArray padded(const QByteArray &bytes)
    {
        constexpr qsizetype Alignment = 0x200;
        return bytes.leftJustified((bytes.size() / Alignment + 1) * Alignment, '\0');
    }

    static void putText(QByteArray &to, const QString &text)
    {
        for (const QChar c : text)
            put<quint16>(to, c.unicode());
        put<quint16>(to, 0);
    }

    static void align(QByteArray &bytes)
    {
        while (bytes.size() % 4 != 0)
            bytes.append('\0');
    }

    /// A block of a version resource.
    static QByteArray block(
        const QString &key, const QByteArray &value, bool isText, const QByteArray &children = {})
    {
        QByteArray body;
        put<quint16>(body, 0);
        put<quint16>(body, static_cast<quint16>(isText ? value.size() / 2 : value.size()));
        put<quint16>(body, isText ? 1 : 0);
        putText(body, key);
        align(body);
        body += value;
        if (!children.isEmpty())
            align(body);
        body += children;
        const auto size = qToLittleEndian(static_cast<quint16>(body.size()));
        body.replace(0, 2, QByteArray(reinterpret_cast<const char *>(&size), 2));
        return body;
    }

    [[nodiscard]] QByteArray version() const
    {
        QByteArray strings;
        for (const auto &[key, text] : m_about) {
            QByteArray value;
            putText(value, text);
            strings += block(key, value, true);
            align(strings);
        }
        const QByteArray table = block(QStringLiteral("040904B0"), {}, true, strings);
        const QByteArray info = block(QStringLiteral("StringFileInfo"), {}, true, table);
        QByteArray variables = block(QStringLiteral("VarFileInfo"), {}, true);
        align(variables);
        return block(QStringLiteral("VS_VERSION_INFO"), QByteArray(52, '\x01'), false, variables + info);
    }

    [[nodiscard]] QByteArray resources() const
    {
        const QByteArray text = version();
        QByteArray out;
        const auto directory = [&out](quint32 id, quint32 to) {
            out.append(12, '\0');
            put<quint16>(out, 0);
            put<quint16>(out, 1);
            put<quint32>(out, id);
            put<quint32>(out, to);
        };
        constexpr quint32 IsDirectory = 0x80000000;
        directory(16, 24 | IsDirectory);
        directory(1, 48 | IsDirectory);
        directory(0x409, 72);
        put<quint32>(out, AddressOfResources + 88);
        put<quint32>(out, static_cast<quint32>(text.size()));
        out.append(8, '\0');
        return out + text;
    }

    PeImage::Machine m_machine;
    QByteArray m_code;
    QByteArray m_data;
    QList<std::pair<QString, QString>> m_about;
};

/// movz or movk of 32 bits.
inline QByteArray armMove(bool keeps, int half, quint32 value, quint32 registerNumber)
{
    QByteArray out;
    PeBuilder::put<quint32>(out,
        (keeps ? 0x72800000u : 0x52800000u) | (static_cast<quint32>(half) << 21) | (value << 5)
            | registerNumber);
    return out;
}

} // namespace poolscope::test
