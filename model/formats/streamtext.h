// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace poolscope {

/// `value` as the stream format writes it: escaped, and in quotes when it needs them.
[[nodiscard]] QByteArray streamWord(QByteArrayView value);
/// The same, always in quotes.
[[nodiscard]] QByteArray quotedStreamWord(QByteArrayView value);

/// The words of one line of the stream format, from left to right.
class StreamWords
{
public:
    explicit StreamWords(QByteArrayView line)
        : m_rest(line)
    {
    }

    /// `key=value` (`key` empty when there is no "="), the value with its escapes but without its quotes.
    struct Word
    {
        QByteArrayView key;
        QByteArrayView value;
        bool isPair = false;
    };
    /// The next word as key=value; nothing at the end of the line or when a quote is not closed (then
    /// isDamaged()).
    [[nodiscard]] std::optional<Word> nextPair();
    /// The next word as one name, where "=" means nothing.
    [[nodiscard]] std::optional<QByteArrayView> nextName();
    [[nodiscard]] bool isDamaged() const { return m_damaged; }

private:
    [[nodiscard]] std::optional<QByteArrayView> takeValue();

    QByteArrayView m_rest;
    bool m_damaged = false;
};

/// `text` without its escapes: itself when it has none, else a view of `scratch`. Nothing when a backslash
/// does not start an escape.
[[nodiscard]] std::optional<QByteArrayView> unescapedStreamText(QByteArrayView text, QByteArray &scratch);

} // namespace poolscope
