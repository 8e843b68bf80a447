// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplecsv.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/csvrow.h"
#include "model/formats/linetext.h"
#include "model/formats/samplebuilder.h"
#include "model/formats/samplecsvrow.h"
#include "model/formats/texttable.h"

#include <algorithm>

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

} // namespace

void appendSampleCsv(
    QByteArray &out, const Sample &sample, WallTime wall, int fractionDigits, bool withDriver)
{
    const QByteArray time = isoUtc(wall, fractionDigits).toLatin1();
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

namespace {

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
    using Why = SampleCsvColumns::Why;

    [[nodiscard]] Error error(const QString &why) const
    {
        return {ErrorKind::BadInput, why, fileAndLine(m_fileName, m_reader.line()),
            u"correct the line, or export the file again (columns time,tag,type,allocs,frees,outstanding,bytes)"_s};
    }
    [[nodiscard]] Why readHeader();
    [[nodiscard]] Why readRow();
    void finishSample();

    CsvReader m_reader;
    QString m_fileName;
    WallTime m_start;
    SampleCsvColumns m_columns;
    SampleBuilder m_builder;
    WallTime m_wall{};
    std::vector<std::shared_ptr<Sample>> m_samples;
};

Parser::Why Parser::readHeader()
{
    if (m_reader.next() != CsvReader::Outcome::Row)
        return u"the file is empty"_s;
    return m_columns.find(m_reader.fields());
}

Parser::Why Parser::readRow()
{
    if (m_reader.isUnended())
        return u"the last line has no line end and may be cut off"_s;
    SampleCsvRow row;
    if (Why why = m_columns.read(m_reader.fields(), m_start, row))
        return why;
    if (row.wall != m_wall)
        finishSample();
    m_wall = row.wall;
    const QString name = escapedTag(row.entry.tag.bytes);
    if (!m_builder.add(std::move(row.entry), row.reading))
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

QByteArray sampleCsvHeader(bool withDriver)
{
    return withDriver ? "time,tag,type,allocs,frees,outstanding,bytes,driver\r\n"_ba
                      : "time,tag,type,allocs,frees,outstanding,bytes\r\n"_ba;
}

QByteArray samplesToCsv(std::span<const SamplePtr> samples)
{
    const bool withDriver = anyDriver(samples);
    QByteArray out = sampleCsvHeader(withDriver);
    for (const SamplePtr &sample : samples)
        appendSampleCsv(out, *sample, sample->wall, 3, withDriver);
    return out;
}

Result<std::vector<SamplePtr>> samplesFromCsv(const QByteArray &csv, const QString &fileName, WallTime start)
{
    return Parser(csv, fileName, start).parse();
}

} // namespace poolscope
