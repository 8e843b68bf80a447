// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmonrow.h"

#include "model/formats/numbertext.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr qsizetype PoolTagLength = 4;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Without the blanks around it; other white space may be part of a tag.
QByteArrayView withoutBlanks(QByteArrayView text)
{
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

/// Walks over one line from the left.
class Cursor
{
public:
    explicit Cursor(QByteArrayView text)
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
    /// Blanks, then digits with or without a minus, or a lone "-" for unknown.
    [[nodiscard]] bool takeCounter(Counter &counter)
    {
        skipBlanks();
        qsizetype end = m_rest.startsWith('-') ? 1 : 0;
        while (end < m_rest.size() && m_rest[end] >= '0' && m_rest[end] <= '9')
            ++end;
        const QByteArrayView text = m_rest.first(end);
        m_rest = m_rest.sliced(end);
        counter = {};
        if (text == "-")
            return true;
        const auto value = numberFromText(text);
        if (value)
            counter = Counter(*value);
        return value.has_value();
    }
    /// A change in brackets; false only when a bracket opens and does not hold one.
    [[nodiscard]] bool skipChange(bool &found)
    {
        skipBlanks();
        if (!take("("))
            return true;
        found = true;
        Counter ignored;
        if (!takeCounter(ignored))
            return false;
        skipBlanks();
        return take(")");
    }
    [[nodiscard]] QByteArrayView rest() const { return m_rest; }
    [[nodiscard]] bool atEndOrBlank() const { return m_rest.isEmpty() || isBlank(m_rest.front()); }

private:
    QByteArrayView m_rest;
};

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
        Cursor cursor(text);
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

bool readNumbers(QByteArrayView text, PoolMonRow &row)
{
    Cursor cursor(text);
    Counter perAlloc;
    const bool read = cursor.takeCounter(row.reading.allocs) && cursor.skipChange(row.hasChanges)
        && cursor.takeCounter(row.reading.frees) && cursor.skipChange(row.hasChanges)
        && cursor.takeCounter(row.reading.outstanding) && cursor.takeCounter(row.reading.bytes)
        && cursor.skipChange(row.hasChanges) && cursor.takeCounter(perAlloc) && cursor.atEndOrBlank();
    if (!read)
        return false;
    const QByteArrayView rest = cursor.rest().trimmed();
    if (!rest.isEmpty() && !rest.startsWith('[') && !rest.startsWith("Unknown Driver"))
        return false;
    row.driver = driverFrom(rest);
    row.isDriverOpen = !rest.endsWith(']');
    return true;
}

bool takeField(Cursor &cursor, QByteArrayView title, SystemReading &system, SystemField field)
{
    cursor.skipBlanks();
    Counter value;
    if (!cursor.take(title) || !cursor.takeCounter(value))
        return false;
    if (!systemFieldInfo(field).isBytes) {
        system[field] = value;
        return true;
    }
    if (!cursor.take("K"))
        return false;
    qint64 bytes = 0;
    if (value.isKnown() && !__builtin_mul_overflow(value.value(), qint64(1024), &bytes))
        system[field] = Counter(bytes);
    return true;
}

bool readMemoryLine(QByteArrayView line, SystemReading &system)
{
    using F = SystemField;
    Cursor cursor(line);
    return takeField(cursor, "Memory:", system, F::MemTotal)
        && takeField(cursor, "Avail:", system, F::MemAvailable)
        && takeField(cursor, "PageFlts:", system, F::PageFaults)
        && takeField(cursor, "InRam Krnl:", system, F::KernelResident)
        && takeField(cursor, "P:", system, F::PagedResident);
}

bool readCommitLine(QByteArrayView line, SystemReading &system)
{
    using F = SystemField;
    Cursor cursor(line);
    return takeField(cursor, "Commit:", system, F::Commit)
        && takeField(cursor, "Limit:", system, F::CommitLimit)
        && takeField(cursor, "Peak:", system, F::CommitPeak)
        && takeField(cursor, "Pool N:", system, F::PoolNonpaged)
        && takeField(cursor, "P:", system, F::PoolPaged);
}

/// "Tag Type Allocs …", in Markdown copies with "## " before it.
bool isTitleLine(QByteArrayView line)
{
    Cursor cursor(line);
    cursor.skipBlanks();
    while (cursor.take("#")) { }
    cursor.skipBlanks();
    if (!cursor.take("Tag"))
        return false;
    cursor.skipBlanks();
    return cursor.take("Type") && cursor.atEndOrBlank();
}

} // namespace

PoolMonLine readPoolMonLine(QByteArrayView line, PoolMonRow &row, SystemReading &system)
{
    const QByteArrayView trimmed = line.trimmed();
    if (trimmed.startsWith("Memory:") && trimmed.contains("Avail:"))
        return readMemoryLine(line, system) ? PoolMonLine::Memory : PoolMonLine::Damaged;
    if (trimmed.startsWith("Commit:") && trimmed.contains("Limit:"))
        return readCommitLine(line, system) ? PoolMonLine::Commit : PoolMonLine::Damaged;
    if (isTitleLine(line))
        return PoolMonLine::Titles;
    auto parts = splitByPlace(line);
    if (!parts)
        parts = splitByWords(line);
    if (!parts)
        return PoolMonLine::Other;
    row = {};
    row.name = parts->name.toByteArray();
    row.type = parts->type->type;
    if (readNumbers(parts->numbers, row))
        return PoolMonLine::Row;
    // A dash and a number stand in many a sentence; the words for pool types do not.
    return row.type == PoolType::None ? PoolMonLine::Other : PoolMonLine::Damaged;
}

} // namespace poolscope
