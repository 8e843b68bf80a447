// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/logwords.h"

#include "model/formats/numbertext.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace

std::vector<QByteArrayView> logWords(QByteArrayView line)
{
    std::vector<QByteArrayView> words;
    const char *at = line.data();
    const char *const end = at + line.size();
    for (;;) {
        skipBlanks(at, end);
        if (at == end)
            return words;
        const char *const begin = at;
        while (at != end && *at != ' ' && *at != '\t')
            ++at;
        words.emplace_back(begin, at - begin);
    }
}

QByteArrayView logText(const std::vector<QByteArrayView> &words, size_t first, size_t last)
{
    return {words[first].data(), words[last].data() + words[last].size() - words[first].data()};
}

bool isDigits(QByteArrayView word)
{
    return !word.isEmpty() && std::ranges::all_of(word, isDigit);
}

Counter countFrom(QByteArrayView word)
{
    const auto number = isDigits(word) ? numberFromText(word) : std::nullopt;
    return number ? Counter(*number) : Counter();
}

Counter sizeFrom(QByteArrayView word)
{
    const auto isNumeric = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    const auto digits = std::ranges::find_if_not(word, isNumeric) - word.begin();
    const QByteArrayView unit = word.sliced(digits);
    constexpr QByteArrayView Units = "KMGT";
    int power = 0;
    if (!unit.isEmpty() && unit != "B") {
        const auto place = Units.indexOf(unit.front());
        const QByteArrayView rest = unit.sliced(1);
        if (place < 0 || !(rest.isEmpty() || rest == "B" || rest == "iB"))
            return {};
        power = static_cast<int>(place) + 1;
    }
    if (power == 0)
        return countFrom(word.first(digits));
    bool ok = false;
    const double number = word.first(digits).toDouble(&ok);
    const double bytes = std::ldexp(number, 10 * power);
    return ok && bytes < 9e18 ? Counter(std::llround(bytes)) : Counter();
}

Counter product(Counter count, Counter size)
{
    qint64 result = 0;
    if (!count.isKnown() || !size.isKnown() || __builtin_mul_overflow(count.value(), size.value(), &result))
        return {};
    return Counter(result);
}

QByteArrayView withoutLineMarks(QByteArrayView line)
{
    QByteArrayView text = line.trimmed();
    const auto digits = std::ranges::find_if_not(text, isDigit) - text.begin();
    if (digits > 0 && digits < text.size() && (text[digits] == '\t' || text[digits] == ':'))
        return text.sliced(digits + 1).trimmed();
    const auto colon = text.indexOf(':');
    const QByteArrayView file = text.first(std::max<qsizetype>(colon, 0));
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '('; };
    if (colon <= 0 || std::ranges::any_of(file, isBlank))
        return text;
    constexpr std::array<QByteArrayView, 3> Endings{".txt", ".log", ".out"};
    const auto endsFile = [&](QByteArrayView ending) { return file.endsWith(ending); };
    if (!file.contains('/') && std::ranges::none_of(Endings, endsFile))
        return text;
    return withoutLineMarks(text.sliced(colon + 1)); // grep -Hn
}

QByteArray withoutMarkdownEscapes(QByteArrayView name)
{
    constexpr QByteArrayView Escaped = "_*<>|[]-#";
    QByteArray text;
    text.reserve(name.size());
    for (qsizetype i = 0; i < name.size(); ++i) {
        const bool isEscape = name[i] == '\\' && i + 1 < name.size() && Escaped.contains(name[i + 1]);
        if (!isEscape)
            text += name[i];
    }
    return text;
}

} // namespace poolscope
