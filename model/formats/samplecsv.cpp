// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplecsv.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/csvrow.h"
#include "model/formats/linetext.h"
#include "model/formats/numbertext.h"
#include "model/formats/samplebuilder.h"
#include "model/formats/texttable.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

bool anyDriver(std::span<const SamplePtr> samples)
{
    return std::ranges::any_of(samples, [](const SamplePtr &sample) {
        return std::ranges::any_of(
            *sample->tags, [](const TagEntry &entry) { return !entry.driver.isEmpty(); });
    });
}

void appendNumber(QByteArray &out, Counter value)
{
    out += ',';
    if (value.isKnown())
        out += QByteArray::number(value.value());
}

void appendRows(QByteArray &out, const Sample &sample, bool withDriver)
{
    const QByteArray time = isoUtc(sample.wall).toLatin1();
    for (size_t row = 0; row < sample.readings.size(); ++row) {
        const TagEntry &entry = (*sample.tags)[row];
        const Reading &reading = sample.readings[row];
        out += time + ',' + csvField(escapedTagBytes(entry.tag.bytes)) + ',' + poolTypeWord(entry.tag.type);
        appendNumber(out, reading.allocs);
        appendNumber(out, reading.frees);
        appendNumber(out, reading.outstanding);
        appendNumber(out, reading.bytes);
        if (withDriver)
            out += ',' + csvField(entry.driver);
        out += "\r\n";
    }
}

/// Places of the known columns in a row; -1: not in this file.
struct Columns
{
    int time = -1;
    int seconds = -1;
    int tag = -1;
    int type = -1;
    int allocs = -1;
    int frees = -1;
    int outstanding = -1;
    int bytes = -1;
    int driver = -1;
    size_t count = 0;
};

Columns columnsOf(const std::vector<QByteArray> &titles)
{
    Columns columns;
    columns.count = titles.size();
    const std::pair<QByteArrayView, int *> known[] = {{"time", &columns.time},
        {"t_seconds", &columns.seconds}, {"tag", &columns.tag}, {"type", &columns.type},
        {"allocs", &columns.allocs}, {"frees", &columns.frees}, {"outstanding", &columns.outstanding},
        {"bytes", &columns.bytes}, {"driver", &columns.driver}};
    for (size_t i = 0; i < titles.size(); ++i) {
        const QByteArray title = titles[i].trimmed().toLower();
        for (const auto &[name, place] : known) {
            if (title == name && *place < 0)
                *place = static_cast<int>(i);
        }
    }
    return columns;
}

class Parser
{
public:
    Parser(const QByteArray &csv, const QString &fileName, WallTime start)
        : m_reader(csv)
        , m_fileName(fileName)
        , m_start(start)
    {
    }

    Result<std::vector<SamplePtr>> parse();

private:
    using Why = std::optional<QString>; ///< nothing: all is well

    [[nodiscard]] Error error(const QString &why) const
    {
        return {ErrorKind::BadInput, why, fileAndLine(m_fileName, m_reader.line()),
            u"correct the line, or export the file again (columns time,tag,type,allocs,frees,outstanding,bytes)"_s};
    }
    [[nodiscard]] Why readHeader();
    [[nodiscard]] Why readRow();
    [[nodiscard]] Why readTime(WallTime &wall) const;
    [[nodiscard]] Why readNumber(int column, Counter &counter) const;
    void finishSample();
    [[nodiscard]] const QByteArray &field(int column) const
    {
        return m_reader.fields()[static_cast<size_t>(column)];
    }

    CsvReader m_reader;
    QString m_fileName;
    WallTime m_start;
    Columns m_columns;
    SampleBuilder m_builder;
    WallTime m_wall{};
    std::vector<std::shared_ptr<Sample>> m_samples;
};

Parser::Why Parser::readHeader()
{
    if (m_reader.next() != CsvReader::Outcome::Row)
        return u"the file is empty"_s;
    m_columns = columnsOf(m_reader.fields());
    if (m_columns.time < 0 && m_columns.seconds < 0)
        return u"the first line names no column \"time\" or \"t_seconds\""_s;
    if (m_columns.tag < 0)
        return u"the first line names no column \"tag\""_s;
    if (m_columns.bytes < 0 && m_columns.outstanding < 0)
        return u"the first line names neither \"bytes\" nor \"outstanding\""_s;
    return {};
}

Parser::Why Parser::readTime(WallTime &wall) const
{
    if (m_columns.time >= 0) {
        const auto time = wallTimeFromIso(QString::fromUtf8(field(m_columns.time)).trimmed());
        if (!time)
            return u"the time is not ISO 8601"_s;
        wall = *time;
        return {};
    }
    bool ok = false;
    const double seconds = field(m_columns.seconds).trimmed().toDouble(&ok);
    constexpr double Longest = 1e9; // about 31 years; keeps the sum in nanoseconds in range
    if (!ok || !(std::abs(seconds) <= Longest))
        return u"t_seconds is not a number of seconds"_s;
    wall = m_start + std::chrono::nanoseconds(std::llround(seconds * 1e9));
    return {};
}

Parser::Why Parser::readNumber(int column, Counter &counter) const
{
    if (column < 0)
        return {};
    const QByteArray text = field(column).trimmed();
    if (text.isEmpty())
        return {};
    const auto number = numberFromText(text);
    if (!number)
        return u"\"%1\" is not a whole number of up to 64 bits"_s.arg(QString::fromUtf8(text.left(40)));
    counter = Counter(*number);
    return {};
}

Parser::Why Parser::readRow()
{
    if (m_reader.fields().size() != m_columns.count)
        return u"the line has %1 fields instead of %2"_s.arg(m_reader.fields().size()).arg(m_columns.count);
    WallTime wall{};
    if (Why why = readTime(wall))
        return why;
    if (wall != m_wall)
        finishSample();
    m_wall = wall;

    TagEntry entry;
    const auto tag = unescapedTag(field(m_columns.tag));
    if (!tag)
        return u"the tag has a backslash that starts no \\xNN"_s;
    entry.tag.bytes = *tag;
    if (m_columns.type >= 0) {
        const auto type = poolTypeFromWord(field(m_columns.type).trimmed());
        if (!type)
            return u"the type is not nonpaged, paged or none"_s;
        entry.tag.type = *type;
    }
    if (m_columns.driver >= 0)
        entry.driver = field(m_columns.driver);
    Reading reading;
    for (const auto &[column, counter] :
        {std::pair(m_columns.allocs, &reading.allocs), std::pair(m_columns.frees, &reading.frees),
            std::pair(m_columns.outstanding, &reading.outstanding),
            std::pair(m_columns.bytes, &reading.bytes)}) {
        if (Why why = readNumber(column, *counter))
            return why;
    }
    const QString name = escapedTag(entry.tag.bytes);
    if (!m_builder.add(std::move(entry), reading))
        return u"tag %1 stands twice in one sample"_s.arg(name);
    return {};
}

void Parser::finishSample()
{
    if (m_builder.isEmpty())
        return;
    const SamplePtr previous = m_samples.empty() ? SamplePtr() : SamplePtr(m_samples.back());
    m_samples.push_back(m_builder.take(nullptr, m_wall, previous));
}

Result<std::vector<SamplePtr>> Parser::parse()
{
    if (const Why why = readHeader())
        return error(*why);
    for (;;) {
        switch (m_reader.next()) {
        case CsvReader::Outcome::Row:
            if (const Why why = readRow())
                return error(*why);
            continue;
        case CsvReader::Outcome::Unclosed:
            return error(u"a quoted field begins here and never ends"_s);
        case CsvReader::Outcome::TextAfterQuote:
            return error(u"text stands between a closing quote and the next comma"_s);
        case CsvReader::Outcome::End:
            break;
        }
        break;
    }
    finishSample();
    const SourceKind kind =
        m_samples.empty() ? SourceKind::Slab : guessedSourceKind({}, *m_samples.front()->tags);
    const auto origin = originOfFile(m_fileName, kind);
    std::vector<SamplePtr> samples;
    for (const std::shared_ptr<Sample> &sample : m_samples) {
        sample->origin = origin;
        samples.push_back(sample);
    }
    return samples;
}

} // namespace

QByteArray samplesToCsv(std::span<const SamplePtr> samples)
{
    const bool withDriver = anyDriver(samples);
    QByteArray out = "time,tag,type,allocs,frees,outstanding,bytes"_ba;
    out += withDriver ? ",driver\r\n" : "\r\n";
    for (const SamplePtr &sample : samples)
        appendRows(out, *sample, withDriver);
    return out;
}

Result<std::vector<SamplePtr>> samplesFromCsv(const QByteArray &csv, const QString &fileName, WallTime start)
{
    return Parser(csv, fileName, start).parse();
}

} // namespace poolscope
