// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/streamtext.h"

#include "model/core/tagtext.h"

#include <algorithm>

namespace poolscope {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

} // namespace

QByteArray streamWord(QByteArrayView value)
{
    if (value.isEmpty() || value.contains(' ') || value.contains('"'))
        return quotedStreamWord(value);
    return escapedTagBytes(value);
}

QByteArray quotedStreamWord(QByteArrayView value)
{
    QByteArray escaped = escapedTagBytes(value);
    escaped.replace('"', "\\\"");
    return '"' + escaped + '"';
}

std::optional<StreamWords::Word> StreamWords::nextPair()
{
    const auto *const begin = m_rest.begin();
    const auto *const word = std::find_if_not(begin, m_rest.end(), isBlank);
    const auto *const stop =
        std::find_if(word, m_rest.end(), [](char c) { return c == '=' || c == '"' || isBlank(c); });
    Word out;
    if (stop != m_rest.end() && *stop == '=') {
        out.isPair = true;
        out.key = m_rest.sliced(word - begin, stop - word);
        m_rest = m_rest.sliced(stop + 1 - begin);
        // "key=" with nothing behind it is an empty value.
        if (m_rest.isEmpty() || isBlank(m_rest.front()))
            return out;
    }
    const auto value = takeValue();
    if (!value)
        return std::nullopt;
    out.value = *value;
    return out;
}

std::optional<QByteArrayView> StreamWords::nextName()
{
    return takeValue();
}

std::optional<QByteArrayView> StreamWords::takeValue()
{
    const auto *at = std::find_if_not(m_rest.begin(), m_rest.end(), isBlank);
    m_rest = m_rest.sliced(at - m_rest.begin());
    if (m_rest.isEmpty())
        return std::nullopt;
    const bool quoted = m_rest.front() == '"';
    qsizetype end = quoted ? 1 : 0;
    while (end < m_rest.size() && (quoted ? m_rest[end] != '"' : !isBlank(m_rest[end])))
        end += quoted && m_rest[end] == '\\' ? 2 : 1;
    if (!quoted) {
        const QByteArrayView value = m_rest.first(end);
        m_rest = m_rest.sliced(end);
        return value;
    }
    // Behind the closing quote stands a blank or nothing.
    if (end >= m_rest.size() || (end + 1 < m_rest.size() && !isBlank(m_rest[end + 1]))) {
        m_damaged = true;
        m_rest = {};
        return std::nullopt;
    }
    const QByteArrayView value = m_rest.sliced(1, end - 1);
    m_rest = m_rest.sliced(end + 1);
    return value;
}

std::optional<QByteArrayView> unescapedStreamText(QByteArrayView text, QByteArray &scratch)
{
    if (!text.contains('\\'))
        return text;
    scratch.clear();
    qsizetype from = 0;
    while (from < text.size()) {
        if (text[from] == '\\' && from + 1 < text.size() && text[from + 1] == '"') {
            scratch += '"';
            from += 2;
            continue;
        }
        // One escape, or one plain byte, at a time.
        const qsizetype size = text[from] != '\\' ? 1 : (text.sliced(from).startsWith("\\\\") ? 2 : 4);
        const auto piece = unescapedTag(text.sliced(from, std::min(size, text.size() - from)));
        if (!piece)
            return std::nullopt;
        scratch += *piece;
        from += size;
    }
    return QByteArrayView(scratch);
}

} // namespace poolscope
