// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/kernelline.h"

#include "model/exchange/logs/logwords.h"

#include <algorithm>
#include <array>

namespace poolscope {

namespace {

using namespace std::chrono;

bool isClock(QByteArrayView word)
{
    return word.size() >= 8 && word[2] == ':' && word[5] == ':' && isDigits(word.first(2))
        && isDigits(word.sliced(3, 2)) && isDigits(word.sliced(6, 2));
}

/// 2026-11-22, also with more behind it
bool isIsoDate(QByteArrayView word)
{
    return word.size() >= 10 && word[4] == '-' && word[7] == '-' && isDigits(word.first(4))
        && isDigits(word.sliced(5, 2)) && isDigits(word.sliced(8, 2));
}

bool isMonth(QByteArrayView word)
{
    constexpr std::array<QByteArrayView, 12> Months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return std::ranges::find(Months, word) != Months.end();
}

bool isZone(QByteArrayView word)
{
    const auto isUpper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool isName = word.size() >= 2 && word.size() <= 5 && std::ranges::all_of(word, isUpper);
    return isName || ((word.startsWith('+') || word.startsWith('-')) && isDigits(word.sliced(1)));
}

/// How many of the first words are a date; 0: none.
size_t dateWords(const std::vector<QByteArrayView> &words)
{
    const size_t count = words.size();
    if (count >= 1 && isIsoDate(words[0]) && words[0].size() > 11 && isClock(words[0].sliced(11)))
        return 1;
    if (count >= 3 && isMonth(words[0]) && isDigits(words[1]) && isClock(words[2]))
        return 3;
    // journalctl -o short-full puts the day of the week before it
    const size_t first = count >= 3 && words[0].size() == 3 && isIsoDate(words[1]) ? 1 : 0;
    if (count >= first + 2 && words[first].size() == 10 && isIsoDate(words[first])
        && isClock(words[first + 1]))
        return first + (count > first + 2 && isZone(words[first + 2]) ? 3 : 2);
    return 0;
}

/// "  123.456789" or "  123.456789 <    0.000012>"
std::optional<nanoseconds> secondsFrom(QByteArrayView bracket)
{
    const QByteArrayView first = bracket.first(std::max<qsizetype>(bracket.indexOf('<'), 0));
    const QByteArrayView number = (first.isEmpty() ? bracket : first).trimmed();
    constexpr double LastSecond = 1e9;
    bool ok = false;
    const double seconds = number.contains('.') ? number.toDouble(&ok) : 0;
    if (!ok || !(seconds >= 0) || seconds >= LastSecond)
        return std::nullopt;
    return duration_cast<nanoseconds>(duration<double>(seconds));
}

/// "    T1234" or "   C3", as CONFIG_PRINTK_CALLER puts it
bool isCaller(QByteArrayView bracket)
{
    const QByteArrayView word = bracket.trimmed();
    return word.size() > 1 && (word[0] == 'T' || word[0] == 'C') && isDigits(word.sliced(1));
}

void skipLevel(KernelLine &line)
{
    const QByteArrayView text = line.text;
    const auto close = text.startsWith('<') ? text.indexOf('>') : -1;
    if (close > 1 && close <= 4 && isDigits(text.sliced(1, close - 1)))
        line.text = text.sliced(close + 1).trimmed();
}

/// A date of several words, or the seconds that journalctl -o short-unix begins with.
void skipDate(KernelLine &line)
{
    const std::vector<QByteArrayView> words =
        logWords(line.text.first(std::min<qsizetype>(line.text.size(), 64)));
    const size_t count = dateWords(words);
    if (count == 0)
        return;
    line.date = logText(words, 0, count - 1);
    line.text = line.text.sliced(line.date.data() + line.date.size() - line.text.data()).trimmed();
}

/// "host kernel:", "kernel[1]:", "kernel:"
void skipProgram(KernelLine &line)
{
    constexpr QByteArrayView Program = "kernel";
    const QByteArrayView text = line.text;
    const auto at = text.first(std::min<qsizetype>(text.size(), 120)).indexOf(Program);
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    if (at < 0 || (at > 0 && !isBlank(text[at - 1])))
        return;
    if (std::ranges::any_of(text.first(at).trimmed(), isBlank))
        return;
    QByteArrayView rest = text.sliced(at + Program.size());
    if (rest.startsWith('[')) {
        const auto close = rest.indexOf(']');
        rest = close > 1 && isDigits(rest.sliced(1, close - 1)) ? rest.sliced(close + 1) : QByteArrayView();
    }
    if (rest.startsWith(':'))
        line.text = rest.sliced(1).trimmed();
}

/// "[...]": seconds, a date or a caller. False when there is none of them.
bool skipBracket(KernelLine &line)
{
    const auto close = line.text.startsWith('[') ? line.text.indexOf(']') : -1;
    if (close < 0)
        return false;
    const QByteArrayView bracket = line.text.sliced(1, close - 1);
    const auto seconds = secondsFrom(bracket);
    const std::vector<QByteArrayView> words = logWords(bracket);
    const bool isDate = words.size() == 5 && isMonth(words[1]) && isClock(words[3]); // dmesg -T
    if (!seconds && !isDate && !isCaller(bracket))
        return false;
    if (seconds)
        line.sinceBoot = seconds;
    if (isDate)
        line.date = bracket.trimmed();
    line.text = line.text.sliced(close + 1).trimmed();
    return true;
}

/// "kern  :warn  : [ 123.456789]": whatever stands before the seconds.
void skipToSeconds(KernelLine &line)
{
    const auto open = line.text.indexOf('[');
    const auto close = open < 0 ? -1 : line.text.indexOf(']', open);
    if (close >= 0 && secondsFrom(line.text.sliced(open + 1, close - open - 1)))
        line.text = line.text.sliced(open);
}

} // namespace

KernelLine kernelLine(QByteArrayView line)
{
    KernelLine parted{line.trimmed(), {}, {}};
    skipLevel(parted);
    skipDate(parted);
    skipProgram(parted);
    skipToSeconds(parted);
    while (skipBracket(parted)) { }
    skipProgram(parted);
    skipLevel(parted);
    return parted;
}

} // namespace poolscope
