// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/tagtext.h"

#include <QStringConverter>

#include <algorithm>

namespace poolscope {

namespace {

constexpr char HexDigits[] = "0123456789abcdef";

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

QByteArray escapedTagBytes(QByteArrayView bytes)
{
    QByteArray out;
    out.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\') {
            out += "\\\\";
        } else if (byte >= 0x20 && byte <= 0x7E) {
            out += c;
        } else {
            out += "\\x";
            out += HexDigits[byte >> 4];
            out += HexDigits[byte & 0xF];
        }
    }
    return out;
}

QString escapedTag(QByteArrayView bytes)
{
    return QString::fromLatin1(escapedTagBytes(bytes));
}

std::optional<QByteArray> unescapedTag(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] == '\\') {
            out += '\\';
            ++i;
            continue;
        }
        if (i + 3 >= text.size() || text[i + 1] != 'x')
            return std::nullopt;
        const int high = hexValue(text[i + 2]);
        const int low = hexValue(text[i + 3]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 3;
    }
    return out;
}

QByteArray poolTypeWord(PoolType type)
{
    switch (type) {
    case PoolType::None:
        return QByteArrayLiteral("none");
    case PoolType::Nonpaged:
        return QByteArrayLiteral("nonpaged");
    case PoolType::Paged:
        return QByteArrayLiteral("paged");
    }
    return {};
}

std::optional<PoolType> poolTypeFromWord(QByteArrayView word)
{
    for (const PoolType type : {PoolType::None, PoolType::Nonpaged, PoolType::Paged}) {
        if (word == poolTypeWord(type))
            return type;
    }
    return std::nullopt;
}

QString poolTypeTitle(PoolType type, SourceKind kind)
{
    const bool slab = kind == SourceKind::Slab;
    switch (type) {
    case PoolType::None:
        return {};
    case PoolType::Nonpaged:
        return slab ? QStringLiteral("unreclaimable") : QStringLiteral("Nonp");
    case PoolType::Paged:
        return slab ? QStringLiteral("reclaimable") : QStringLiteral("Paged");
    }
    return {};
}

QByteArray sourceKindWord(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Pool:
        return QByteArrayLiteral("pool");
    case SourceKind::Slab:
        return QByteArrayLiteral("slab");
    case SourceKind::Site:
        return QByteArrayLiteral("site");
    }
    return {};
}

std::optional<SourceKind> sourceKindFromWord(QByteArrayView word)
{
    for (const SourceKind kind : {SourceKind::Pool, SourceKind::Slab, SourceKind::Site}) {
        if (word == sourceKindWord(kind))
            return kind;
    }
    return std::nullopt;
}

QString printable(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u'?';
    }
    return text;
}

QString driverText(QByteArrayView driver)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(driver);
    const bool isPlain = std::ranges::all_of(text, [](QChar c) { return c.isPrint(); });
    return decoder.hasError() || !isPlain ? escapedTag(driver) : text;
}

} // namespace poolscope
