// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmontext.h"

#include "model/core/tagtext.h"
#include "model/formats/linetext.h"
#include "model/formats/poolmonrow.h"
#include "model/formats/samplebuilder.h"

#include <QSet>
#include <QStringDecoder>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype PoolTagLength = 4;

/// PowerShell turns the program's bytes into UTF-16; the table itself is Latin-1.
QByteArray asBytes(const QByteArray &text)
{
    if (text.startsWith("\xFF\xFE")) {
        QStringDecoder decoder(QStringDecoder::Utf16LE);
        return QString(decoder(text)).toLatin1();
    }
    return text.startsWith("\xEF\xBB\xBF") ? text.sliced(3) : text;
}

QByteArray withoutTrailingBlanks(QByteArray name)
{
    while (name.endsWith(' '))
        name.chop(1);
    return name;
}

QByteArray unescaped(const QByteArray &name)
{
    return unescapedTag(name).value_or(name);
}

/// Pool tags stand raw where they fit their four places; all other names are escaped, see
/// sampleToPoolMonText().
QByteArray tagBytes(const QByteArray &name, SourceKind kind)
{
    if (kind != SourceKind::Pool)
        return unescaped(withoutTrailingBlanks(name));
    return (name.size() <= PoolTagLength ? name : unescaped(name)).leftJustified(PoolTagLength, ' ');
}

struct Sheet
{
    std::vector<PoolMonRow> rows;
    QSet<Tag> names; ///< of the rows, kept while there is no header to part samples by
    SystemReading system;
    bool headed = false; ///< began with a header or a column line
    bool titled = false; ///< has a column line: a sample even without rows
    bool live = false; ///< copied from the screen: PageFlts is a change
};

class Parser
{
public:
    Parser(const QByteArray &text, const QString &fileName)
        : m_text(asBytes(text))
        , m_fileName(fileName)
    {
    }

    [[nodiscard]] std::optional<Error> parse();
    [[nodiscard]] std::vector<SamplePtr> samples(WallTime wall) const;

private:
    void take(PoolMonLine kind, PoolMonRow &&row, const SystemReading &system);
    void beginSheet();
    [[nodiscard]] Sheet &sheet()
    {
        if (m_sheets.empty())
            m_sheets.emplace_back();
        return m_sheets.back();
    }
    [[nodiscard]] SourceKind kind() const;

    QByteArray m_text;
    QString m_fileName;
    std::vector<Sheet> m_sheets;
    std::optional<SourceKind> m_namedKind;
};

void Parser::beginSheet()
{
    m_sheets.emplace_back();
    m_sheets.back().headed = true;
}

void Parser::take(PoolMonLine kind, PoolMonRow &&row, const SystemReading &system)
{
    switch (kind) {
    case PoolMonLine::Memory:
        beginSheet();
        sheet().system = system;
        return;
    case PoolMonLine::Commit:
        sheet().headed = true;
        sheet().system = system;
        return;
    case PoolMonLine::Titles:
        if (m_sheets.empty() || sheet().titled || !sheet().rows.empty())
            beginSheet();
        sheet().titled = true;
        return;
    case PoolMonLine::Row: {
        if (!sheet().headed) {
            const Tag tag{row.name, row.type};
            if (sheet().names.contains(tag))
                m_sheets.emplace_back();
            sheet().names.insert(tag);
        }
        sheet().live = sheet().live || row.hasChanges;
        sheet().rows.push_back(std::move(row));
        return;
    }
    case PoolMonLine::Damaged:
    case PoolMonLine::Other:
        return;
    }
}

std::optional<Error> Parser::parse()
{
    qsizetype lineNumber = 0;
    SystemReading system;
    for (qsizetype at = 0; at < m_text.size();) {
        qsizetype end = m_text.indexOf('\n', at);
        if (end < 0)
            end = m_text.size();
        QByteArrayView line = QByteArrayView(m_text).sliced(at, end - at);
        at = end + 1;
        ++lineNumber;
        if (line.endsWith('\r'))
            line.chop(1);
        if (line.trimmed().startsWith("Memory:"))
            system = {};
        PoolMonRow row;
        const PoolMonLine kind = readPoolMonLine(line, row, system);
        if (kind == PoolMonLine::Damaged) {
            return Error{ErrorKind::BadInput, u"this line of a PoolMon table cannot be read"_s,
                fileAndLine(m_fileName, lineNumber),
                u"correct the line: tag, Nonp or Paged, then five numbers"_s};
        }
        if (line.startsWith(" Slab cache information"))
            m_namedKind = SourceKind::Slab;
        else if (line.startsWith(" Allocation site information"))
            m_namedKind = SourceKind::Site;
        take(kind, std::move(row), system);
    }
    // A header whose table is missing is not a sample.
    std::erase_if(m_sheets, [](const Sheet &s) { return s.rows.empty() && !s.titled; });
    if (!m_sheets.empty())
        return std::nullopt;
    return Error{ErrorKind::BadInput, u"there is no PoolMon table in this file"_s, m_fileName,
        u"use a file written by poolmon /n or copied from its screen, with the table's rows"_s};
}

SourceKind Parser::kind() const
{
    if (m_namedKind)
        return *m_namedKind;
    const bool longer = std::ranges::any_of(m_sheets, [](const Sheet &s) {
        return std::ranges::any_of(
            s.rows, [](const PoolMonRow &r) { return unescaped(r.name).size() > PoolTagLength; });
    });
    return longer ? SourceKind::Slab : SourceKind::Pool;
}

std::vector<SamplePtr> Parser::samples(WallTime wall) const
{
    const SourceKind sourceKind = kind();
    const auto origin = originOfFile(m_fileName, sourceKind);
    std::vector<SamplePtr> samples;
    for (const Sheet &sheet : m_sheets) {
        SampleBuilder builder;
        for (const PoolMonRow &row : sheet.rows) {
            builder.addUp({{tagBytes(row.name, sourceKind), row.type}, row.driver}, row.reading);
        }
        builder.system = sheet.system;
        if (sheet.live)
            builder.system[SystemField::PageFaults] = {};
        const auto sample = builder.take(origin, wall, samples.empty() ? SamplePtr() : samples.back());
        sample->system[SystemField::Untagged] = untaggedBytes(*sample);
        samples.push_back(sample);
    }
    return samples;
}

} // namespace

Result<std::vector<SamplePtr>> samplesFromPoolMonText(
    const QByteArray &text, const QString &fileName, WallTime wall)
{
    Parser parser(text, fileName);
    if (const auto error = parser.parse())
        return *error;
    return parser.samples(wall);
}

bool looksLikePoolMonText(const QByteArray &text)
{
    constexpr qsizetype Enough = 16'384; // headers of other programs may stand before the table
    const QByteArray head = asBytes(text.first(std::min(text.size(), Enough)));
    SystemReading system;
    PoolMonRow row;
    for (QByteArray line : head.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        const PoolMonLine kind = readPoolMonLine(line, row, system);
        if (kind != PoolMonLine::Other && kind != PoolMonLine::Damaged)
            return true;
    }
    return false;
}

} // namespace poolscope
