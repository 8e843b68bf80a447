// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/numberformat.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace poolscope {

namespace {

QString grouped(qint64 value, bool withPlus)
{
    // 19 digits, 6 separators, a sign.
    std::array<char16_t, 27> buffer;
    size_t at = buffer.size();
    quint64 rest = value < 0 ? 0 - static_cast<quint64>(value) : static_cast<quint64>(value);
    int digits = 0;
    do {
        if (digits != 0 && digits % 3 == 0)
            buffer[--at] = u',';
        buffer[--at] = static_cast<char16_t>(u'0' + rest % 10);
        rest /= 10;
        ++digits;
    } while (rest != 0);
    if (value < 0)
        buffer[--at] = u'-';
    else if (withPlus && value > 0)
        buffer[--at] = u'+';
    return QString(
        reinterpret_cast<const QChar *>(buffer.data() + at), static_cast<qsizetype>(buffer.size() - at));
}

QString scaled(qint64 bytes, bool withPlus)
{
    static constexpr std::array<QStringView, 7> Units = {
        u" B", u" KiB", u" MiB", u" GiB", u" TiB", u" PiB", u" EiB"};
    double number = std::abs(static_cast<double>(bytes));
    size_t unit = 0;
    // 999.5 would round to "1000": move on to the next unit before that.
    while (number >= 999.5 && unit + 1 < Units.size()) {
        number /= 1024;
        ++unit;
    }
    QString out;
    if (bytes < 0)
        out += u'-';
    else if (withPlus && bytes > 0)
        out += u'+';
    const int decimals = unit == 0 || number >= 99.95 ? 0 : (number >= 9.995 ? 1 : 2);
    out += QString::number(number, 'f', decimals);
    return out + Units[unit];
}

} // namespace

QString unknownText()
{
    return QStringLiteral("–");
}

QString groupedText(Counter value)
{
    return value.isKnown() ? grouped(value.value(), false) : unknownText();
}

QString signedGroupedText(Counter value)
{
    return value.isKnown() ? grouped(value.value(), true) : unknownText();
}

QString scaledBytesText(Counter bytes)
{
    return bytes.isKnown() ? scaled(bytes.value(), false) : unknownText();
}

QString signedScaledBytesText(Counter bytes)
{
    return bytes.isKnown() ? scaled(bytes.value(), true) : unknownText();
}

QString bytesText(Counter bytes, NumberStyle style)
{
    return style == NumberStyle::Grouped ? groupedText(bytes) : scaledBytesText(bytes);
}

QString signedBytesText(Counter bytes, NumberStyle style)
{
    return style == NumberStyle::Grouped ? signedGroupedText(bytes) : signedScaledBytesText(bytes);
}

std::optional<qint64> bytesFromText(QStringView text)
{
    qsizetype digits = 0;
    while (digits < text.size() && (text[digits].isDigit() || text[digits] == u'.'))
        ++digits;
    bool ok = false;
    double number = text.first(digits).toDouble(&ok);
    QString unit = text.sliced(digits).trimmed().toString().toLower();
    if (unit.endsWith(u'b'))
        unit.chop(1);
    if (unit.endsWith(u'i'))
        unit.chop(1);
    constexpr QStringView Units = u"kmgt";
    const qsizetype power = unit.isEmpty() ? 0 : Units.indexOf(unit) + 1;
    if (!ok || unit.size() > 1 || (!unit.isEmpty() && power == 0))
        return std::nullopt;
    for (qsizetype i = 0; i < power; ++i)
        number *= 1024;
    constexpr double Most = 9e18;
    return number <= Most ? std::optional(static_cast<qint64>(number)) : std::nullopt;
}

} // namespace poolscope
