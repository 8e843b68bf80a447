// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/slabinfo.h"

#include "model/core/tagtext.h"
#include "model/formats/numbertext.h"

#include <algorithm>
#include <cstring>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QByteArrayView VersionMark = "slabinfo - version: ";
constexpr QByteArrayView TunablesMark = " : tunables";
constexpr QByteArrayView SlabdataMark = " : slabdata";

constexpr const char *CutShort = "the row is cut short";
constexpr const char *NotNumbers = "five numbers should stand before \" : tunables\"";
constexpr const char *TooLarge = "a number is too large";

QByteArrayView view(const char *begin, const char *end)
{
    return {begin, end - begin};
}

/// As skipBlanks() sees it.
bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Minor versions may only add parts behind the ones that are read.
bool isKnownVersion(QByteArrayView line)
{
    return line.startsWith(VersionMark) && line.sliced(VersionMark.size()).startsWith("2.");
}

/// Splits `fields` into the name and the five numbers that end it.
const char *parseHead(QByteArrayView fields, QByteArrayView &name, qint64 (&numbers)[5])
{
    const char *const begin = fields.data();
    const char *end = begin + fields.size();
    for (int i = 4; i >= 0; --i) {
        while (end != begin && isBlank(end[-1]))
            --end;
        const char *at = end;
        while (at != begin && !isBlank(at[-1]))
            --at;
        const char *stop = at;
        if (!takeNumber(stop, end, numbers[i]))
            return view(at, end).size() > 18 ? TooLarge : NotNumbers;
        if (stop != end)
            return NotNumbers;
        end = at;
    }
    const char *nameBegin = begin;
    skipBlanks(nameBegin, end);
    while (end != nameBegin && isBlank(end[-1]))
        --end;
    name = view(nameBegin, end);
    return name.isEmpty() ? "the name is missing" : nullptr;
}

/// Checks that " : tunables a b c : slabdata d e f" follows; more may come.
const char *checkTail(const char *at, const char *end)
{
    const auto *colon = static_cast<const char *>(
        std::memchr(at + TunablesMark.size(), ':', static_cast<size_t>(end - at - TunablesMark.size())));
    if (colon == nullptr || colon[-1] != ' ' || !view(colon - 1, end).startsWith(SlabdataMark))
        return CutShort;
    at = colon - 1 + SlabdataMark.size();
    for (int i = 0; i < 3; ++i) {
        qint64 number = 0;
        skipBlanks(at, end);
        if (at == end)
            return CutShort;
        if (!takeNumber(at, end, number) || (at != end && *at != ' '))
            return "three numbers should stand after \"slabdata\"";
    }
    return nullptr;
}

/// The row before " : tunables" when it starts with `name` and reads as the kernel prints it.
const char *parseExpected(const char *at, const char *end, QByteArrayView name, qint64 (&numbers)[5])
{
    if (end - at <= name.size() || std::memcmp(at, name.data(), static_cast<size_t>(name.size())) != 0)
        return nullptr;
    at += name.size();
    for (qint64 &number : numbers) {
        if (at == end || *at != ' ')
            return nullptr;
        skipBlanks(at, end);
        if (!takeNumber(at, end, number))
            return nullptr;
    }
    return view(at, end).startsWith(TunablesMark) ? at : nullptr;
}

Error badRow(const QString &file, qsizetype line, const char *wrong)
{
    return {ErrorKind::BadInput, u"slab counters are damaged: "_s + QLatin1StringView(wrong),
        u"%1, line %2"_s.arg(file).arg(line),
        u"the samples before this one are kept; if it stays so, look at that line and report it"_s};
}

Error badVersion(QByteArrayView line, const QString &file)
{
    const QString where = u"%1, line 1"_s.arg(file);
    if (!line.startsWith(VersionMark)) {
        return {ErrorKind::BadInput, u"this is not slabinfo: no \"slabinfo - version: 2.1\" at its start"_s,
            where, u"give a whole copy of /proc/slabinfo, its first line included"_s};
    }
    constexpr qsizetype LongestVersion = 40;
    const QByteArrayView version = line.sliced(VersionMark.size());
    return {ErrorKind::BadInput,
        u"slabinfo version \"%1\" is not known"_s.arg(
            escapedTag(version.first(std::min(version.size(), LongestVersion)))),
        where, u"versions 2.0 and 2.1 (Linux 2.6 and later) are read; a newer PoolScope may know this one"_s};
}

/// Adds a row to its entry. False when a sum is too large.
bool addTo(std::vector<Reading> &readings, quint32 entry, qint64 active, qint64 bytes)
{
    if (entry == readings.size()) {
        readings.push_back({{}, {}, Counter(active), Counter(bytes)});
        return true;
    }
    Reading &sum = readings[entry];
    qint64 activeSum = 0;
    qint64 bytesSum = 0;
    if (qAddOverflow(sum.outstanding.value(), active, &activeSum)
        || qAddOverflow(sum.bytes.value(), bytes, &bytesSum))
        return false;
    sum.outstanding = activeSum;
    sum.bytes = bytesSum;
    return true;
}

} // namespace

Result<SlabinfoRows> SlabinfoParser::parse(QByteArrayView text, const QString &file)
{
    if (text.isEmpty())
        return badVersion(text, file);
    const char *at = text.data();
    const char *const end = at + text.size();
    SlabinfoRows rows;
    rows.readings.reserve(m_matcher.expectedEntries());
    m_matcher.begin();
    m_newRows.clear();
    for (qsizetype line = 1; at != end; ++line) {
        Row row{.offset = static_cast<size_t>(at - text.data())};
        quint32 entry = 0;
        if (line > 2 && isUnchanged(at, end)) {
            const Row &before = m_rows[m_newRows.size()];
            row = {row.offset, before.length, before.active, before.bytes};
            entry = m_matcher.takeExpected();
            at += row.length;
        } else {
            const auto *newline =
                static_cast<const char *>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
            const char *const lineEnd = newline == nullptr ? end : newline;
            const QByteArrayView lineText = view(at, lineEnd);
            at = newline == nullptr ? end : newline + 1;
            if (line == 1) {
                if (!isKnownVersion(lineText))
                    return badVersion(lineText, file);
                continue;
            }
            if (lineText.isEmpty() || (line == 2 && lineText.front() == '#'))
                continue;
            row.length = static_cast<size_t>(at - text.data()) - row.offset;
            if (const char *const wrong = takeRow(lineText.data(), lineEnd, row, entry))
                return badRow(file, line, wrong);
        }
        if (!addTo(rows.readings, entry, row.active, row.bytes))
            return badRow(file, line, TooLarge);
        m_newRows.push_back(row);
    }
    rows.tags = m_matcher.finish();
    m_rows.swap(m_newRows);
    m_text.assign(text.begin(), text.end());
    return rows;
}

bool SlabinfoParser::isUnchanged(const char *at, const char *end) const
{
    if (m_matcher.expectedName().isEmpty())
        return false;
    const Row &before = m_rows[m_newRows.size()];
    return static_cast<size_t>(end - at) >= before.length
        && std::memcmp(at, m_text.data() + before.offset, before.length) == 0
        && at[before.length - 1] == '\n';
}

const char *SlabinfoParser::takeRow(const char *at, const char *end, Row &row, quint32 &entry)
{
    qint64 numbers[5] = {};
    QByteArrayView name = m_matcher.expectedName();
    const char *tail = name.isEmpty() ? nullptr : parseExpected(at, end, name, numbers);
    const bool expected = tail != nullptr;
    if (!expected) {
        const qsizetype head = view(at, end).indexOf(TunablesMark);
        if (head < 0)
            return CutShort;
        tail = at + head;
        if (const char *const wrong = parseHead(view(at, tail), name, numbers))
            return wrong;
    }
    if (const char *const wrong = checkTail(tail, end))
        return wrong;
    row.active = numbers[0];
    if (qMulOverflow(row.active, numbers[2], &row.bytes))
        return TooLarge;
    entry = expected ? m_matcher.takeExpected() : m_matcher.take(name);
    return nullptr;
}

} // namespace poolscope
