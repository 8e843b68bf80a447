// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/formats/numbertext.h"

#include <QByteArrayView>

namespace poolscope {

/// How much of what it should hold a text holds.
enum class Found : quint8
{
    Whole,
    Start, ///< the text ends before it is whole
    Nothing,
};

[[nodiscard]] inline bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Without the blanks around it; other white space may be part of a tag.
[[nodiscard]] inline QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

/// Walks over one line of PoolMon text from the left.
class PoolMonCursor
{
public:
    explicit PoolMonCursor(QByteArrayView text)
        : m_rest(text)
    {
    }

    void skipBlanks()
    {
        while (!m_rest.isEmpty() && isBlank(m_rest.front()))
            m_rest = m_rest.sliced(1);
    }
    [[nodiscard]] bool take(QByteArrayView word)
    {
        if (!m_rest.startsWith(word))
            return false;
        m_rest = m_rest.sliced(word.size());
        return true;
    }
    [[nodiscard]] bool take(char c)
    {
        if (m_rest.isEmpty() || m_rest.front() != c)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }
    /// Blanks, then digits with or without a minus, or a lone "-" for unknown.
    [[nodiscard]] bool takeCounter(Counter &counter)
    {
        skipBlanks();
        counter = {};
        const char *at = m_rest.data();
        const char *const end = at + m_rest.size();
        const bool hasMinus = at != end && *at == '-';
        at += hasMinus ? 1 : 0;
        qint64 value = 0;
        const bool hasDigits = at != end && *at >= '0' && *at <= '9';
        const bool fits = hasDigits && takeNumber(at, end, value);
        m_rest = m_rest.last(end - at);
        if (fits)
            counter = Counter(hasMinus ? -value : value);
        return fits || (hasMinus && !hasDigits);
    }
    /// A change in brackets; false only when a bracket opens and does not hold one.
    [[nodiscard]] bool skipChange(bool &found)
    {
        skipBlanks();
        if (!take('('))
            return true;
        found = true;
        Counter ignored;
        if (!takeCounter(ignored))
            return false;
        skipBlanks();
        return take(')');
    }
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] bool atEndOrBlank() const { return m_rest.isEmpty() || isBlank(m_rest.front()); }

private:
    QByteArrayView m_rest;
};

} // namespace poolscope
