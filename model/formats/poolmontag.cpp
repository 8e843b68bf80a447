// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmontag.h"

#include "model/core/tagtext.h"

#include <QStringDecoder>

#include <algorithm>

namespace poolscope {

namespace {

bool isPunctuation(char c)
{
    return c > 0x20 && c < 0x7F && !QChar::isLetterOrNumber(static_cast<char32_t>(c));
}

QByteArrayView withoutEmphasis(QByteArrayView text)
{
    for (const QByteArrayView mark : {"**", "__", "*", "_", "`"}) {
        if (text.size() > 2 * mark.size() && text.startsWith(mark) && text.endsWith(mark))
            return text.sliced(mark.size()).chopped(mark.size());
    }
    return text;
}

QByteArray withoutBackslashes(QByteArrayView text)
{
    QByteArray plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool escapes = text[i] == '\\' && i + 1 < text.size() && isPunctuation(text[i + 1]);
        plain += escapes ? text[++i] : text[i];
    }
    return plain;
}

QByteArray withoutEntities(QByteArray text)
{
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&#124;", "|");
    return text.replace("&amp;", "&"); // last: what it yields is no entity
}

std::optional<QByteArray> latin1FromUtf8(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    const bool fits = std::ranges::all_of(decoded, [](QChar c) { return c.unicode() <= 0xFF; });
    return decoder.hasError() || !fits ? std::nullopt : std::optional(decoded.toLatin1());
}

std::optional<QByteArray> ifTag(const std::optional<QByteArray> &bytes)
{
    if (!bytes || bytes->isEmpty() || bytes->size() > PoolTagLength)
        return std::nullopt;
    return bytes->leftJustified(PoolTagLength, ' ');
}

} // namespace

std::optional<QByteArray> poolTagFromText(QByteArrayView name)
{
    constexpr qsizetype LongestMarkup = 64;
    const QByteArray bytes = name.first(std::min(name.size(), LongestMarkup)).toByteArray();
    if (name.size() <= PoolTagLength)
        return bytes.leftJustified(PoolTagLength, ' ');
    if (name.size() > LongestMarkup)
        return std::nullopt;
    if (const auto tag = ifTag(unescapedTag(bytes)))
        return tag;
    const QByteArray plain = withoutEntities(withoutBackslashes(withoutEmphasis(bytes)));
    if (const auto tag = ifTag(plain))
        return tag;
    return ifTag(latin1FromUtf8(plain));
}

} // namespace poolscope
