// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/comparisonwriter.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"
#include "model/formats/texttable.h"

#include <QLocale>

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

void writeCounters(JsonWriter &json, QByteArrayView key, const std::vector<Counter> &counters)
{
    json.key(key);
    json.beginArray(JsonWriter::Layout::OneLine);
    for (const Counter counter : counters)
        json.number(counter);
    json.endArray();
}

void writeNumberOrNull(JsonWriter &json, QByteArrayView key, std::optional<double> value)
{
    json.key(key);
    if (value)
        json.number(*value);
    else
        json.null();
}

void writeRow(JsonWriter &json, const ComparisonRow &row)
{
    json.beginObject(JsonWriter::Layout::OneLine);
    json.key("tag");
    json.ascii(escapedTagBytes(row.tag.bytes));
    json.key("type");
    json.ascii(poolTypeWord(row.tag.type));
    writeCounters(json, "bytes", row.bytes);
    writeCounters(json, "outstanding", row.outstanding);
    json.key("bytes_change");
    json.number(row.bytesChange);
    writeNumberOrNull(json, "bytes_per_hour", row.bytesPerHour);
    writeNumberOrNull(json, "share_of_growth", row.shareOfGrowth);
    json.key("rose_every_step");
    json.boolean(row.roseEveryStep);
    json.key("status");
    json.ascii(comparisonStatusWord(row.status));
    json.key("outstanding_change");
    json.number(row.outstandingChange);
    json.key("driver");
    json.textOrNull(QString::fromUtf8(row.driver));
    json.endObject();
}

void writeColumn(JsonWriter &json, const Comparison::Column &column)
{
    json.beginObject(JsonWriter::Layout::OneLine);
    json.key("label");
    json.text(column.label);
    json.key("time");
    json.text(isoUtc(column.wall));
    json.key("source");
    json.text(column.origin->uri);
    json.key("host");
    json.textOrNull(column.origin->host);
    json.key("boot");
    json.textOrNull(column.origin->bootId);
    json.key("bytes_total");
    json.number(column.totalBytes);
    json.endObject();
}

QByteArray plainNumber(Counter value)
{
    return value.isKnown() ? QByteArray::number(value.value()) : QByteArray();
}

QByteArray plainNumber(std::optional<double> value)
{
    return value ? QByteArray::number(*value, 'g', QLocale::FloatingPointShortest) : QByteArray();
}

QString shareText(std::optional<double> share)
{
    return share ? QString(QString::number(*share * 100, 'f', 1) + u" %"_s) : unknownText();
}

QString rateText(std::optional<double> perHour)
{
    if (!perHour || std::abs(*perHour) > 9e18)
        return unknownText();
    return signedGroupedText(Counter(std::llround(*perHour)));
}

QString statusText(const ComparisonRow &row)
{
    QStringList words;
    if (row.roseEveryStep)
        words += u"rose every step"_s;
    if (row.status != ComparisonStatus::Both)
        words += QString::fromLatin1(comparisonStatusWord(row.status));
    return words.join(u", ");
}

TextTable tableOf(const Comparison &comparison, size_t limit)
{
    using Align = TextTable::Align;
    TextTable table;
    table.columns = {{u"Tag"_s, Align::Left}, {u"Type"_s, Align::Left}};
    for (const Comparison::Column &column : comparison.columns)
        table.columns.push_back({column.label.simplified(), Align::Right});
    table.columns.push_back({u"Change"_s, Align::Right});
    table.columns.push_back({u"Change/h"_s, Align::Right});
    table.columns.push_back({u"Share"_s, Align::Right});
    table.columns.push_back({u"Remark"_s, Align::Left});
    const size_t count = limit == 0 ? comparison.rows.size() : std::min(limit, comparison.rows.size());
    for (size_t i = 0; i < count; ++i) {
        const ComparisonRow &row = comparison.rows[i];
        QStringList cells{escapedTag(row.tag.bytes), poolTypeTitle(row.tag.type, row.kind)};
        for (const Counter bytes : row.bytes)
            cells += groupedText(bytes);
        cells += signedGroupedText(row.bytesChange);
        cells += rateText(row.bytesPerHour);
        cells += shareText(row.shareOfGrowth);
        cells += statusText(row);
        table.rows.push_back(cells);
    }
    return table;
}

QString sumLine(const Comparison &comparison)
{
    return u"Bytes of %1 tags; %2 between first and last; all growth %3 bytes."_s.arg(comparison.rows.size())
        .arg(elapsedText(std::chrono::abs(comparison.elapsed)), signedGroupedText(comparison.growth));
}

QString leftOutLine(const Comparison &comparison, size_t limit)
{
    if (limit == 0 || comparison.rows.size() <= limit)
        return {};
    return u"%1 more tags that changed less are left out."_s.arg(comparison.rows.size() - limit);
}

QString columnLine(const Comparison::Column &column)
{
    QStringList facts{isoUtc(column.wall, 0)};
    for (const QString &fact : {column.origin->host, column.origin->system}) {
        if (!fact.isEmpty())
            facts += fact;
    }
    facts += u"pool nonpaged %1, paged %2"_s.arg(groupedText(column.system[SystemField::PoolNonpaged]),
        groupedText(column.system[SystemField::PoolPaged]));
    facts += u"available memory %1 of %2"_s.arg(groupedText(column.system[SystemField::MemAvailable]),
        groupedText(column.system[SystemField::MemTotal]));
    return facts.join(u", ");
}

} // namespace

QByteArray comparisonToJson(const Comparison &comparison, JsonStyle style)
{
    JsonWriter json(style);
    json.beginObject();
    json.key("schema");
    json.ascii("poolscope.comparison/1");
    json.key("snapshots");
    json.beginArray();
    for (const Comparison::Column &column : comparison.columns)
        writeColumn(json, column);
    json.endArray();
    json.key("elapsed_s");
    json.number(std::chrono::duration<double>(comparison.elapsed).count());
    json.key("growth");
    json.number(Counter(comparison.growth));
    json.key("warnings");
    json.beginArray();
    for (const QString &warning : comparison.warnings)
        json.text(warning);
    json.endArray();
    json.key("rows");
    json.beginArray();
    for (const ComparisonRow &row : comparison.rows)
        writeRow(json, row);
    json.endArray();
    json.endObject();
    return json.take();
}

QByteArray comparisonToCsv(const Comparison &comparison)
{
    QByteArray out = "tag,type"_ba;
    for (const char *what : {"bytes ", "outstanding "}) {
        for (const Comparison::Column &column : comparison.columns)
            out += ',' + csvField(QByteArray(what + column.label.toUtf8()));
    }
    out += ",bytes_change,bytes_per_hour,share_of_growth,rose_every_step,status,driver\r\n";
    for (const ComparisonRow &row : comparison.rows) {
        out += csvField(escapedTagBytes(row.tag.bytes)) + ',' + poolTypeWord(row.tag.type);
        for (const std::vector<Counter> *counters : {&row.bytes, &row.outstanding}) {
            for (const Counter counter : *counters)
                out += ',' + plainNumber(counter);
        }
        out += ',' + plainNumber(row.bytesChange) + ',' + plainNumber(row.bytesPerHour) + ','
            + plainNumber(row.shareOfGrowth) + ',' + (row.roseEveryStep ? "true" : "false") + ','
            + comparisonStatusWord(row.status) + ',' + csvField(row.driver) + "\r\n";
    }
    return out;
}

QByteArray comparisonToMarkdown(const Comparison &comparison, size_t limit)
{
    QString out;
    for (const Comparison::Column &column : comparison.columns)
        out += u"- **"_s + markdownEscaped(column.label) + u"**: "_s + markdownEscaped(columnLine(column))
            + u'\n';
    for (const QString &warning : comparison.warnings)
        out += u"- Note: "_s + markdownEscaped(warning) + u'\n';
    out += u'\n' + sumLine(comparison) + u"\n\n"_s + tableOf(comparison, limit).toMarkdown();
    if (const QString rest = leftOutLine(comparison, limit); !rest.isEmpty())
        out += u'\n' + rest + u'\n';
    return out.toUtf8();
}

QByteArray comparisonToText(const Comparison &comparison, size_t limit)
{
    QString out;
    for (const Comparison::Column &column : comparison.columns)
        out += column.label.simplified() + u": "_s + columnLine(column) + u'\n';
    for (const QString &warning : comparison.warnings)
        out += u"note: "_s + warning + u'\n';
    out += sumLine(comparison) + u"\n\n"_s + tableOf(comparison, limit).toText();
    if (const QString rest = leftOutLine(comparison, limit); !rest.isEmpty())
        out += rest + u'\n';
    return out.toUtf8();
}

} // namespace poolscope
