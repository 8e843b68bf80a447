// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmonrow.h"

#include "model/core/tagtext.h"
#include "model/formats/poolmonheader.h"
#include "model/formats/poolmontag.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

struct TypeWord
{
    QByteArrayView word;
    PoolType type;
};
constexpr TypeWord TypeWords[] = {
    {"Nonp", PoolType::Nonpaged}, {"Paged", PoolType::Paged}, {"-", PoolType::None}};

/// The pool type whose word stands at `text`, followed by blanks and something that begins a number.
const TypeWord *typeAt(QByteArrayView text)
{
    for (const TypeWord &candidate : TypeWords) {
        if (text.isEmpty() || text.front() != candidate.word.front())
            continue;
        PoolMonCursor cursor(text);
        if (!cursor.take(candidate.word) || !cursor.atEndOrBlank())
            continue;
        cursor.skipBlanks();
        const char next = cursor.rest().isEmpty() ? ' ' : cursor.rest().front();
        if (next == '-' || (next >= '0' && next <= '9'))
            return &candidate;
    }
    return nullptr;
}

struct Parts
{
    QByteArrayView name;
    const TypeWord *type;
    QByteArrayView numbers;
};

/// PoolMon's own columns: the tag is four characters, blanks included, at the line's start or one further.
std::optional<Parts> splitByPlace(QByteArrayView line)
{
    for (const qsizetype begin : {qsizetype(1), qsizetype(0)}) {
        if (begin == 1 && !line.startsWith(' '))
            continue;
        for (const qsizetype gap : {qsizetype(1), qsizetype(2)}) {
            const qsizetype typeBegin = begin + PoolTagLength + gap;
            if (line.size() <= typeBegin || !isBlank(line[typeBegin - 1])
                || !isBlank(line[begin + PoolTagLength]))
                continue;
            const QByteArrayView name = line.sliced(begin, PoolTagLength);
            const TypeWord *type = typeAt(line.sliced(typeBegin));
            if (type != nullptr && !(type->type == PoolType::None && withoutBlanks(name).isEmpty()))
                return Parts{name, type, line.sliced(typeBegin + type->word.size())};
        }
    }
    return std::nullopt;
}

/// Any other indentation or width: the name is what stands before the first word that is a pool type.
std::optional<Parts> splitByWords(QByteArrayView line)
{
    qsizetype begin = 0;
    while (begin < line.size() && isBlank(line[begin]))
        ++begin;
    for (qsizetype at = std::max<qsizetype>(begin, 1); at < line.size(); ++at) {
        if (!isBlank(line[at - 1]) || isBlank(line[at]))
            continue;
        if (const TypeWord *type = typeAt(line.sliced(at)); type != nullptr) {
            // A tag of nothing but blanks is one; a dash with nothing before it is a list's.
            const bool isBlankTag = at == begin;
            if (isBlankTag && (type->type == PoolType::None || at < PoolTagLength))
                continue;
            const QByteArrayView name =
                isBlankTag ? line.first(PoolTagLength) : withoutBlanks(line.sliced(begin, at - begin));
            return Parts{name, type, line.sliced(at + type->word.size())};
        }
    }
    return std::nullopt;
}

QByteArray driverFrom(QByteArrayView text)
{
    text = text.trimmed();
    if (text.startsWith("Unknown Driver"))
        return {};
    if (text.startsWith('['))
        text = text.sliced(1);
    // A screen cuts long descriptions, and the bracket with them.
    if (text.endsWith(']'))
        text.chop(1);
    return text.trimmed().toByteArray();
}

/// What people write behind a row ("<-- this one"), or a driver from a table that has no brackets. False
/// where the row itself is not certain, and where the next table begins in its line.
bool takeRemark(QByteArrayView text, PoolMonRow &row)
{
    const QByteArrayView word = text.first(std::find(text.begin(), text.end(), ' ') - text.begin());
    if (word.endsWith(".sys"))
        row.driver = text.toByteArray();
    row.isDriverOpen = true; // nothing says where it ends
    return row.isProven() && !text.contains("Memory:");
}

Found readNumbers(QByteArrayView text, PoolMonRow &row)
{
    PoolMonCursor cursor(text);
    const bool read = cursor.takeCounter(row.reading.allocs) && cursor.skipChange(row.hasChanges)
        && cursor.takeCounter(row.reading.frees) && cursor.skipChange(row.hasChanges)
        && cursor.takeCounter(row.reading.outstanding) && cursor.takeCounter(row.reading.bytes)
        && cursor.skipChange(row.hasChanges) && cursor.takeCounter(row.perAlloc) && cursor.atEndOrBlank();
    const QByteArrayView rest = cursor.rest().trimmed();
    if (!read)
        return rest.isEmpty() ? Found::Start : Found::Nothing;
    if (!rest.isEmpty() && !rest.startsWith('[') && !rest.startsWith("Unknown Driver"))
        return takeRemark(rest, row) ? Found::Whole : Found::Nothing;
    row.driver = driverFrom(rest);
    row.isDriverOpen = !rest.endsWith(']');
    return Found::Whole;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Whether `text[at]` parts the thousands of a number: `digits` of it stand before, three behind.
bool isSeparator(QByteArrayView text, qsizetype at, qsizetype digits)
{
    constexpr qsizetype Group = 3;
    if (digits < 1 || digits > Group || at + Group >= text.size())
        return false;
    const QByteArrayView group = text.sliced(at + 1, Group);
    const bool ends = at + Group + 1 >= text.size() || !isDigit(text[at + Group + 1]);
    return ends && std::ranges::all_of(group, isDigit);
}

/// The numbers of a row without what parts their thousands; the driver's description stays as it is.
QByteArray withoutSeparators(QByteArrayView text)
{
    const auto open = text.indexOf('[');
    const qsizetype end = open < 0 ? text.size() : open;
    QByteArray plain;
    qsizetype digits = 0;
    for (qsizetype i = 0; i < end; ++i) {
        const bool mayPart = text[i] == ',' || text[i] == '.' || text[i] == '\'';
        if (mayPart && isSeparator(text.first(end), i, digits)) {
            digits = 0;
            continue;
        }
        digits = isDigit(text[i]) ? digits + 1 : 0;
        plain += text[i];
    }
    return plain.append(text.sliced(end));
}

Found readAnyNumbers(QByteArrayView text, PoolMonRow &row)
{
    const Found found = readNumbers(text, row);
    if (found != Found::Nothing)
        return found;
    const QByteArray plain = withoutSeparators(text);
    if (plain.size() == text.size())
        return Found::Nothing;
    return readNumbers(plain, row) == Found::Whole && row.isProven() ? Found::Whole : Found::Nothing;
}

PoolMonLine lineKind(Found found, PoolMonLine whole, PoolMonLine damaged)
{
    switch (found) {
    case Found::Whole:
        return whole;
    case Found::Start:
        return PoolMonLine::Part;
    case Found::Nothing:
        break;
    }
    return damaged;
}

/// "Tag Type Allocs …", in Markdown copies with "## " before it.
bool isTitleLine(QByteArrayView line)
{
    PoolMonCursor cursor(line);
    cursor.skipBlanks();
    while (cursor.take('#')) { }
    cursor.skipBlanks();
    if (!cursor.take("Tag"))
        return false;
    cursor.skipBlanks();
    return cursor.take("Type") && cursor.atEndOrBlank();
}

PoolMonLine readPlainLine(QByteArrayView line, PoolMonRow &row, SystemReading &system)
{
    const QByteArrayView trimmed = withoutBlanks(line);
    const char first = trimmed.isEmpty() ? ' ' : trimmed.front();
    if (first == 'M' && trimmed.startsWith("Memory:") && trimmed.contains("Avail:"))
        return lineKind(readMemoryLine(line, system), PoolMonLine::Memory, PoolMonLine::DamagedMemory);
    if (first == 'C' && trimmed.startsWith("Commit:") && trimmed.contains("Limit:"))
        return lineKind(readCommitLine(line, system), PoolMonLine::Commit, PoolMonLine::DamagedCommit);
    if ((first == 'T' || first == '#') && isTitleLine(line))
        return PoolMonLine::Titles;
    auto parts = splitByPlace(line);
    if (!parts)
        parts = splitByWords(line);
    if (!parts)
        return PoolMonLine::Other;
    row = {};
    row.name = parts->name.toByteArray();
    row.type = parts->type->type;
    const Found found = readAnyNumbers(parts->numbers, row);
    // A dash and a number stand in many a sentence; the words for pool types do not.
    if (found != Found::Whole && row.type == PoolType::None)
        return PoolMonLine::Other;
    return lineKind(found, PoolMonLine::Row, PoolMonLine::Damaged);
}

/// The line without the marks of quoting and of code around it; as it is when there are none.
QByteArrayView withoutDress(QByteArrayView line)
{
    QByteArrayView text = line.trimmed();
    if (text.size() > 2 && text.startsWith('`') && text.endsWith('`'))
        return text.sliced(1).chopped(1);
    bool isQuoted = false;
    while (text.startsWith("> ") || text.startsWith(">>") || text.startsWith("| ")) {
        text = text.sliced(1);
        isQuoted = true;
        if (text.startsWith(" >") || text.startsWith(" |"))
            text = text.sliced(1);
    }
    if (isQuoted && text.startsWith(' '))
        text = text.sliced(1);
    return isQuoted ? text : line;
}

/// Of four characters, or escaped from four bytes, as sampleToPoolMonText() does.
bool isWholeTag(const QByteArray &name)
{
    if (name.size() <= PoolTagLength)
        return true;
    const auto bytes = unescapedTag(name);
    return bytes && bytes->size() == PoolTagLength;
}

} // namespace

bool PoolMonRow::isDiffRight() const
{
    if (!reading.allocs.isKnown() || !reading.frees.isKnown() || !reading.outstanding.isKnown())
        return true;
    const auto word = [](Counter counter) { return static_cast<quint32>(counter.value()); };
    return word(reading.allocs) - word(reading.frees) == word(reading.outstanding);
}

bool PoolMonRow::isProven() const
{
    const bool areKnown = reading.allocs.isKnown() && reading.frees.isKnown() && reading.outstanding.isKnown()
        && reading.bytes.isKnown() && perAlloc.isKnown();
    return areKnown && isDiffRight() && (reading.outstanding == Counter(0) || perAlloc == reading.perAlloc());
}

bool isPoolMonLine(PoolMonLine kind)
{
    return kind == PoolMonLine::Row || kind == PoolMonLine::Memory || kind == PoolMonLine::Commit
        || kind == PoolMonLine::Titles;
}

PoolMonLine readPoolMonLine(QByteArrayView line, PoolMonRow &row, SystemReading &system)
{
    while (line.endsWith('\r'))
        line.chop(1);
    const PoolMonLine kind = readPlainLine(line, row, system);
    // The marks would be taken for a part of the tag, which has four characters at most.
    if (isPoolMonLine(kind) && (kind != PoolMonLine::Row || isWholeTag(row.name)))
        return kind;
    const QByteArrayView bare = withoutDress(line);
    if (bare.size() == line.size())
        return kind;
    PoolMonRow bareRow;
    SystemReading bareSystem;
    const PoolMonLine bareKind = readPlainLine(bare, bareRow, bareSystem);
    if (bareKind == PoolMonLine::Other)
        return kind;
    row = std::move(bareRow);
    system = bareSystem;
    return bareKind;
}

} // namespace poolscope
