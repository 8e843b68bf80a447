// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplejson.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"

#include <QStringDecoder>

namespace poolscope {

namespace {

constexpr QByteArrayView Schema = "poolscope.sample/1";

void writeDriver(JsonWriter &json, const QByteArray &driver)
{
    if (driver.isEmpty()) {
        json.null();
        return;
    }
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8(driver);
    json.text(utf8.hasError() ? escapedTag(driver) : text);
}

void writeSystem(JsonWriter &json, const SystemReading &system)
{
    json.key("system");
    json.beginObject(JsonWriter::Layout::OneLine);
    for (const SystemFieldInfo &info : systemFields()) {
        json.key(info.key);
        json.number(system[info.field]);
    }
    json.endObject();
}

void writeTags(JsonWriter &json, const Sample &sample)
{
    json.key("tags");
    json.beginArray();
    for (size_t row = 0; row < sample.readings.size(); ++row) {
        const TagEntry &entry = (*sample.tags)[row];
        const Reading &reading = sample.readings[row];
        json.beginObject(JsonWriter::Layout::OneLine);
        json.key("tag");
        json.ascii(escapedTagBytes(entry.tag.bytes));
        json.key("type");
        json.ascii(poolTypeWord(entry.tag.type));
        json.key("allocs");
        json.number(reading.allocs);
        json.key("frees");
        json.number(reading.frees);
        json.key("outstanding");
        json.number(reading.outstanding);
        json.key("bytes");
        json.number(reading.bytes);
        json.key("per_alloc");
        json.number(reading.perAlloc());
        json.key("driver");
        writeDriver(json, entry.driver);
        json.endObject();
    }
    json.endArray();
}

void writeOrigin(JsonWriter &json, const Origin &origin)
{
    json.key("source");
    json.text(origin.uri);
    json.key("host");
    json.textOrNull(origin.host);
    json.key("boot");
    json.textOrNull(origin.bootId);
}

void writeSnapshotFacts(JsonWriter &json, const Snapshot &snapshot)
{
    json.key("id");
    json.text(snapshot.id.toString(QUuid::WithoutBraces));
    json.key("label");
    json.text(snapshot.label);
    json.key("note");
    json.text(snapshot.note);
    json.key("automatic");
    json.boolean(snapshot.automatic);
}

void writeSampleFacts(JsonWriter &json, const Sample &sample)
{
    json.key("source_kind");
    json.ascii(sourceKindWord(sample.origin->kind));
    json.key("counter_bits");
    json.number(Counter(sample.origin->counterBits));
    json.key("os");
    json.textOrNull(sample.origin->system);
    json.key("monotonic_ns");
    json.number(Counter(sample.monotonic.count()));
    json.key("read_cost_ns");
    json.number(Counter(sample.readCost.count()));
    json.key("tag_count");
    json.number(Counter(static_cast<qint64>(sample.readings.size())));
}

} // namespace

QByteArray sampleToJson(const Sample &sample, JsonStyle style)
{
    JsonWriter json(style);
    json.reserve(1024 + static_cast<qsizetype>(sample.readings.size()) * 160);
    json.beginObject();
    json.key("schema");
    json.ascii(Schema);
    json.key("time");
    json.text(isoUtc(sample.wall, 3));
    writeOrigin(json, *sample.origin);
    writeSystem(json, sample.system);
    writeTags(json, sample);
    json.endObject();
    return json.take();
}

QByteArray recordedSampleToJson(const Sample &sample, bool afterGap)
{
    JsonWriter json(JsonStyle::Compact);
    json.reserve(1024 + static_cast<qsizetype>(sample.readings.size()) * 160);
    json.beginObject();
    json.key("schema");
    json.ascii(Schema);
    json.key("time");
    json.text(isoUtc(sample.wall, 9));
    writeOrigin(json, *sample.origin);
    writeSampleFacts(json, sample);
    if (afterGap) {
        json.key("after_gap");
        json.boolean(true);
    }
    writeSystem(json, sample.system);
    writeTags(json, sample);
    json.endObject();
    return json.take();
}

QByteArray snapshotToJson(const Snapshot &snapshot, JsonStyle style)
{
    const Sample &sample = *snapshot.sample;
    JsonWriter json(style);
    json.reserve(1024 + static_cast<qsizetype>(sample.readings.size()) * 160);
    json.beginObject();
    json.key("schema");
    json.ascii(Schema);
    writeSnapshotFacts(json, snapshot);
    json.key("time");
    json.text(isoUtc(sample.wall, 9));
    writeOrigin(json, *sample.origin);
    writeSampleFacts(json, sample);
    writeSystem(json, sample.system);
    writeTags(json, sample);
    json.endObject();
    return json.take();
}

} // namespace poolscope
