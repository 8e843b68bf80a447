// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/jsonwriter.h"

#include <QLocale>

#include <charconv>
#include <cmath>

namespace poolscope {

void JsonWriter::begin(char bracket, Layout layout)
{
    beforeValue();
    // What stands inside a one-line value cannot break lines either.
    if (!m_levels.empty() && m_levels.back().layout == Layout::OneLine)
        layout = Layout::OneLine;
    m_levels.push_back({layout, true});
    m_out += bracket;
}

void JsonWriter::end(char bracket)
{
    const Level level = m_levels.back();
    m_levels.pop_back();
    if (!level.empty && level.layout == Layout::Lines)
        newLine();
    m_out += bracket;
}

void JsonWriter::newLine()
{
    if (m_style != JsonStyle::Indented)
        return;
    m_out += '\n';
    m_out.append(static_cast<qsizetype>(m_levels.size()) * 2, ' ');
}

void JsonWriter::separate()
{
    if (m_levels.empty())
        return;
    Level &level = m_levels.back();
    if (!level.empty)
        m_out += ',';
    if (level.layout == Layout::Lines)
        newLine();
    else if (!level.empty && m_style == JsonStyle::Indented)
        m_out += ' ';
    level.empty = false;
}

void JsonWriter::beforeValue()
{
    if (!m_afterKey)
        separate();
    m_afterKey = false;
}

void JsonWriter::key(QByteArrayView name)
{
    separate();
    m_out += '"';
    appendEscaped(name);
    m_out += "\":";
    if (m_style == JsonStyle::Indented)
        m_out += ' ';
    m_afterKey = true;
}

void JsonWriter::appendEscaped(QByteArrayView utf8)
{
    static constexpr char Hex[] = "0123456789abcdef";
    for (const char c : utf8) {
        if (c == '"' || c == '\\') {
            m_out += '\\';
            m_out += c;
        } else if (c == '\n') {
            m_out += "\\n";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            m_out += "\\u00";
            m_out += Hex[c >> 4];
            m_out += Hex[c & 0xF];
        } else {
            m_out += c;
        }
    }
}

void JsonWriter::text(QStringView text)
{
    ascii(text.toUtf8());
}

void JsonWriter::textOrNull(QStringView value)
{
    if (value.isEmpty())
        null();
    else
        text(value);
}

void JsonWriter::ascii(QByteArrayView text)
{
    beforeValue();
    m_out += '"';
    appendEscaped(text);
    m_out += '"';
}

void JsonWriter::number(Counter value)
{
    if (!value.isKnown()) {
        null();
        return;
    }
    beforeValue();
    char digits[20];
    const auto [end, error] = std::to_chars(std::begin(digits), std::end(digits), value.value());
    Q_ASSERT(error == std::errc());
    m_out.append(digits, end - digits);
}

void JsonWriter::number(double value)
{
    if (!std::isfinite(value)) {
        null();
        return;
    }
    beforeValue();
    m_out += QByteArray::number(value, 'g', QLocale::FloatingPointShortest);
}

void JsonWriter::boolean(bool value)
{
    beforeValue();
    m_out += value ? "true" : "false";
}

void JsonWriter::null()
{
    beforeValue();
    m_out += "null";
}

} // namespace poolscope
