// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <vector>

namespace poolscope {

enum class JsonStyle : quint8
{
    Compact, ///< one line
    Indented, ///< for people: one member a line, rows of a table one a line
};

/// Writes JSON members in the order they are given, which QJsonObject (sorted keys) cannot, and without a
/// tree in memory. Integers keep all 64 bits; unknown counters, empty optional texts and numbers that are
/// not finite become null. Not checked: the caller pairs begin and end and gives a key inside objects.
class JsonWriter
{
public:
    explicit JsonWriter(JsonStyle style)
        : m_style(style)
    {
    }

    enum class Layout : quint8
    {
        Lines, ///< one member a line when indented
        OneLine, ///< all members on one line in every style
    };
    void beginObject(Layout layout = Layout::Lines) { begin('{', layout); }
    void endObject() { end('}'); }
    void beginArray(Layout layout = Layout::Lines) { begin('[', layout); }
    void endArray() { end(']'); }

    void key(QByteArrayView name);
    void text(QStringView text);
    void textOrNull(QStringView text); ///< null when empty
    void ascii(QByteArrayView text); ///< text known to hold 0x20..0x7E only
    void number(Counter value);
    void number(double value);
    void boolean(bool value);
    void null();

    void reserve(qsizetype bytes) { m_out.reserve(bytes); }
    [[nodiscard]] QByteArray take() { return std::move(m_out); }

private:
    struct Level
    {
        Layout layout;
        bool empty;
    };

    void begin(char bracket, Layout layout);
    void end(char bracket);
    void beforeValue();
    void separate();
    void newLine();
    void appendEscaped(QByteArrayView utf8);

    JsonStyle m_style;
    QByteArray m_out;
    std::vector<Level> m_levels;
    bool m_afterKey = false;
};

} // namespace poolscope
