// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/linuxlogs.h"

#include "model/exchange/logs/kernelline.h"
#include "model/exchange/logs/logwords.h"

#include <algorithm>
#include <array>
#include <span>

namespace poolscope {

namespace {

using Words = std::vector<QByteArrayView>;

/// Names of caches may hold blanks, but not whole sentences.
constexpr size_t MostNameWords = 3;

LogRow slabRow(QByteArrayView name, Counter outstanding, Counter bytes)
{
    return {{{withoutMarkdownEscapes(name), PoolType::None}, {}}, {{}, {}, outstanding, bytes}};
}

/// A screen that moved its cursor wrote over something that is not in the file.
bool movesCursor(QByteArrayView text)
{
    constexpr char Escape = '\x1B';
    return text.contains(Escape);
}

/// "1,234", "1.234", "1'234": no kernel parts thousands, so that somebody edited the row.
bool isPartedNumber(QByteArrayView word)
{
    const auto isPart = [](char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.' || c == '\''; };
    return word.front() >= '0' && word.front() <= '9' && std::ranges::all_of(word, isPart) && !isDigits(word);
}

/// Where the numbers of a row begin, after a name of at most MostNameWords words; 0: this is no row.
size_t numbersAt(const Words &words)
{
    size_t at = 1;
    while (at < words.size() && !isDigits(words[at]))
        ++at;
    // A row of `diff` tells of one of two texts.
    const bool isMarked = words[0].startsWith('#') || words[0].startsWith('+') || words[0].startsWith('-');
    const bool isNone = at > MostNameWords || at >= words.size() || isMarked;
    return isNone || movesCursor(logText(words, 0, at)) ? 0 : at;
}

bool areDigits(const Words &words, size_t first, size_t count)
{
    return words.size() >= first + count
        && std::ranges::all_of(std::span(words).subspan(first, count), isDigits);
}

/// What wrapping leaves of slabinfo's headings and rows behind the numbers that count.
bool isSlabinfoTail(const Words &words)
{
    constexpr std::array<QByteArrayView, 7> Titles{
        "tunables", "slabdata", "globalstat", "cpustat", "shrinker", "stat", ":"};
    return std::ranges::all_of(words, [&](QByteArrayView word) {
        return isDigits(word) || word.contains('<') || word.endsWith('>')
            || std::ranges::find(Titles, word) != Titles.end();
    });
}

/// A size with its unit in the same word or in the next; `used` words of the line.
Counter leadingSize(const Words &words, size_t &used)
{
    used = 1;
    Counter size = sizeFrom(words[0]);
    if (words.size() > 1 && (words[1] == "B" || words[1].endsWith("iB"))) {
        used = 2;
        size = sizeFrom(QByteArray(words[0].toByteArray() + words[1].toByteArray()));
    }
    return size;
}

/// Whether it is worth to look closer: the table stands in a long log.
bool mayBeOfOomTable(QByteArrayView text)
{
    constexpr std::array<QByteArrayView, 4> Ends{"KB", "info:", "Used", "Total"};
    return std::ranges::any_of(Ends, [&](QByteArrayView end) { return text.endsWith(end); });
}

bool isSite(QByteArrayView word)
{
    const auto colon = word.lastIndexOf(':');
    return colon > 0 && isDigits(word.sliced(colon + 1)) && word.first(colon).contains('.');
}

} // namespace

LogLine SlabinfoLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const QByteArrayView text = withoutLineMarks(line);
    constexpr QByteArrayView Version("slabinfo - version:");
    if (const auto at = text.indexOf(Version); at >= 0) {
        m_isVersion1 = text.sliced(at + Version.size()).trimmed().startsWith('1');
        return LogLine::Begins;
    }
    if (text.startsWith("# name") || text.startsWith("#name") || text.contains("/proc/slabinfo"))
        return LogLine::Begins;
    const Words words = logWords(text);
    if (words.size() > 3 && words[0] == "name" && words[1].contains("active") && words[3].contains("objsize"))
        return LogLine::Begins; // of a Markdown table
    if (isSlabinfoTail(words))
        return LogLine::Known;

    size_t name = numbersAt(words);
    if (name == 0)
        return LogLine::Foreign;
    size_t numbers = 0;
    while (name + numbers < words.size() && isDigits(words[name + numbers]))
        ++numbers;
    // active, total, size and what a slab is made of; with four, a row of another program may be cut short.
    const size_t usual = m_isVersion1 ? 6 : 5;
    const bool endsLine = name + numbers == words.size();
    const bool endsNumbers = endsLine || words[name + numbers].startsWith(':');
    if (numbers == usual + 1 && !endsLine && endsNumbers) {
        ++name; // the name ends with a number
        --numbers;
    }
    if (!endsNumbers)
        return LogLine::Foreign;
    if (numbers < 5)
        return endsLine ? LogLine::Part : LogLine::Damaged;
    if (isPartedNumber(words[name - 1]))
        return LogLine::Damaged;
    const Counter active = countFrom(words[name]);
    rows.push_back(slabRow(logText(words, 0, name - 1), active, product(active, countFrom(words[name + 2]))));
    return LogLine::Row;
}

LogLine SlabtopLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const LogLine kind = readText(line.trimmed(), rows);
    return kind == LogLine::Foreign ? readText(withoutLineMarks(line), rows) : kind;
}

LogLine SlabtopLog::readText(QByteArrayView text, std::vector<LogRow> &rows)
{
    if (text.startsWith("Active / Total Objects") || text.contains("slabtop"))
        return LogLine::Begins;
    const Words words = logWords(text);
    if (text.startsWith("Active / Total") || text.startsWith("Minimum / Average"))
        return LogLine::Known;
    if (words.size() > 2 && words[0] == "OBJS" && words[1] == "ACTIVE")
        return LogLine::Begins;
    if (!areDigits(words, 0, 2) || words.size() < 3 || !words[2].endsWith('%'))
        return LogLine::Foreign;
    constexpr size_t NameAt = 7;
    if (words.size() <= NameAt)
        return LogLine::Part;
    const Counter bytes = sizeFrom(words[6]);
    const QByteArray objectSize = words[3].toByteArray().replace(',', '.'); // as the locale has it
    if (movesCursor(text) || !sizeFrom(objectSize).isKnown() || !areDigits(words, 4, 2) || !bytes.isKnown())
        return LogLine::Damaged;
    const size_t last = std::min(words.size() - 1, NameAt + MostNameWords - 1);
    rows.push_back(slabRow(logText(words, NameAt, last), countFrom(words[1]), bytes));
    return LogLine::Row;
}

LogLine SlabToolLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    QByteArrayView text = withoutLineMarks(line);
    if (text.startsWith("# "))
        text = text.sliced(2).trimmed();
    const Words words = logWords(text);
    if (words.size() > 2 && words[0] == "Name" && words[1] == "Objects")
        return LogLine::Begins;
    if (text.startsWith("===="))
        return LogLine::Known;
    constexpr size_t SlabsAt = 4;
    if (!areDigits(words, 1, 2) || movesCursor(text))
        return LogLine::Foreign;
    if (words.size() <= SlabsAt)
        return LogLine::Part;
    if (!sizeFrom(words[3]).isKnown() || words[SlabsAt].count('/') != 2)
        return LogLine::Foreign;
    const Counter objects = countFrom(words[1]);
    rows.push_back(slabRow(words[0], objects, product(objects, countFrom(words[2]))));
    return LogLine::Row;
}

LogLine VmstatLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const QByteArrayView text = withoutLineMarks(line);
    if (text.contains("vmstat -m"))
        return LogLine::Begins;
    const Words words = logWords(text);
    constexpr std::array<QByteArrayView, 4> Titles{"Num", "Total", "Size", "Pages"};
    if (words.size() >= 5 && std::ranges::equal(std::span(words).last(4), Titles)) {
        const QByteArrayView cache = words[words.size() - 5];
        if (!cache.endsWith("Cache"))
            return LogLine::Foreign;
        m_isHeaded = true;
        const QByteArrayView before = text.first(cache.data() + cache.size() - 5 - text.data());
        return read(before, rows) == LogLine::Row ? LogLine::RowAndNext : LogLine::Repeats;
    }
    if (!m_isHeaded || words.size() < 2)
        return LogLine::Foreign;
    size_t name = numbersAt(words);
    if (name == 0 || !areDigits(words, name, words.size() - name))
        return LogLine::Foreign;
    const size_t numbers = words.size() - name;
    if (numbers < Titles.size())
        return LogLine::Part;
    if (isPartedNumber(words[name - 1]))
        return LogLine::Damaged;
    // A name may end with a number.
    name += numbers - Titles.size();
    const Counter active = countFrom(words[name]);
    rows.push_back(slabRow(logText(words, 0, name - 1), active, product(active, countFrom(words[name + 2]))));
    return LogLine::Row;
}

LogLine OomSlabLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    m_date = {};
    if (!mayBeOfOomTable(line.trimmed()))
        return LogLine::Foreign;
    const KernelLine parted = kernelLine(line);
    if (parted.sinceBoot)
        m_sinceBoot = parted.sinceBoot;
    m_date = parted.date;
    if (parted.text.endsWith("Unreclaimable slab info:")) {
        m_isHeaded = true;
        return LogLine::Begins;
    }
    const Words words = logWords(parted.text);
    const bool isTitle = !words.empty() && (words[0] == "Name" || words[0] == "Total");
    if (isTitle && std::ranges::all_of(words, [](QByteArrayView word) {
            return word == "Name" || word == "Used" || word == "Total";
        }))
        return LogLine::Known;
    if (words.size() < 2)
        return LogLine::Foreign;
    const QByteArrayView total = words.back();
    if (!total.endsWith("KB"))
        return LogLine::Foreign;
    const QByteArrayView used = words[words.size() - 2];
    if (!used.endsWith("KB")) {
        const bool isStart = m_isHeaded && words.size() - 1 <= MostNameWords && sizeFrom(total).isKnown();
        return isStart ? LogLine::Part : LogLine::Foreign; // mail wrapped it
    }
    if (words.size() < 3 || words.size() - 2 > MostNameWords)
        return LogLine::Foreign;
    const Counter bytes = sizeFrom(used);
    if (!bytes.isKnown() || !sizeFrom(total).isKnown() || movesCursor(parted.text))
        return LogLine::Damaged;
    rows.push_back(slabRow(logText(words, 0, words.size() - 3), {}, bytes));
    return LogLine::Row;
}

LogLine AllocinfoLog::read(QByteArrayView line, std::vector<LogRow> &rows)
{
    const KernelLine parted = kernelLine(line);
    m_date = parted.date;
    const LogLine kind = readText(parted.text, rows);
    return kind == LogLine::Foreign ? readText(withoutLineMarks(line), rows) : kind;
}

LogLine AllocinfoLog::readText(QByteArrayView text, std::vector<LogRow> &rows)
{
    if (text.contains("allocinfo - version:") || text.contains("/proc/allocinfo")
        || text.startsWith("Memory allocations"))
        return LogLine::Begins;
    const Words words = logWords(text);
    if (words.empty() || words[0] == "#")
        return LogLine::Known;
    size_t at = 0;
    const Counter bytes = leadingSize(words, at);
    if (!bytes.isKnown() || at >= words.size() || !isDigits(words[at]))
        return LogLine::Foreign;
    const Counter calls = countFrom(words[at]);
    if (++at >= words.size())
        return LogLine::Part;
    const size_t site = at;
    if (!isSite(words[at]))
        return LogLine::Foreign;
    QByteArrayView module;
    if (++at < words.size() && words[at].startsWith('[') && words[at].endsWith(']')) {
        module = words[at].sliced(1, words[at].size() - 2);
        ++at;
    }
    if (at >= words.size())
        return LogLine::Part;
    constexpr QByteArrayView Function = "func:";
    if (!words[at].startsWith(Function) || words[at].size() == Function.size() || movesCursor(text))
        return LogLine::Damaged;
    QByteArray name = words[site].toByteArray();
    if (!module.isEmpty())
        name += " [" + module.toByteArray() + ']';
    name += ' ' + words[at].toByteArray();
    rows.push_back(
        {{{withoutMarkdownEscapes(name), PoolType::None}, module.toByteArray()}, {{}, {}, calls, bytes}});
    return LogLine::Row;
}

} // namespace poolscope
