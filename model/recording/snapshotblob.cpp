// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/snapshotblob.h"

#include "model/recording/chunkformat.h"
#include "model/recording/journalcodec.h"

#include <utility>

namespace poolscope {

namespace {

QByteArrayView viewOf(std::span<const quint8> bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

void writeOrigin(ByteWriter &writer, const Origin &origin)
{
    writer.byte(static_cast<quint8>(origin.kind));
    writer.signedNumber(origin.counterBits);
    for (const QString &text : {origin.uri, origin.host, origin.bootId, origin.system})
        writer.text(text.toUtf8());
}

bool readOrigin(ByteReader &reader, Origin &origin)
{
    const quint8 kind = reader.byte();
    const qint64 bits = reader.signedNumber();
    if (kind > static_cast<quint8>(SourceKind::Site) || (bits != 32 && bits != 64))
        return false;
    origin.kind = static_cast<SourceKind>(kind);
    origin.counterBits = static_cast<int>(bits);
    for (QString *text : {&origin.uri, &origin.host, &origin.bootId, &origin.system})
        *text = QString::fromUtf8(reader.text());
    return reader.ok();
}

} // namespace

void writeWholeSample(ByteWriter &writer, const QUuid &snapshot, const Sample &sample)
{
    writer.byte(static_cast<quint8>(BlobKind::Snapshot));
    writer.append(snapshot.toRfc4122());
    writeOrigin(writer, *sample.origin);
    writer.number(sample.tags->size());
    RecordingStep step;
    step.wall = sample.wall;
    step.monotonic = sample.monotonic;
    step.system = sample.system;
    for (TagId row = 0; row < sample.tags->size(); ++row) {
        const TagEntry &entry = (*sample.tags)[row];
        writer.byte(static_cast<quint8>(entry.tag.type));
        writer.text(entry.tag.bytes);
        writer.text(entry.driver);
        step.readings.push_back({row, sample.readings[row]});
    }
    JournalCodec().write(writer, step);
}

SamplePtr readWholeSample(QByteArrayView content, const QUuid &snapshot)
{
    ByteReader reader(content);
    auto origin = std::make_shared<Origin>();
    if (reader.byte() != static_cast<quint8>(BlobKind::Snapshot)
        || QUuid::fromRfc4122(viewOf(reader.take(16))) != snapshot || !readOrigin(reader, *origin))
        return nullptr;
    const quint64 count = reader.number();
    if (count > reader.left())
        return nullptr;
    auto tags = std::make_shared<TagList>();
    tags->reserve(count);
    for (quint64 row = 0; row < count; ++row) {
        const quint8 type = reader.byte();
        if (type > static_cast<quint8>(PoolType::Paged))
            return nullptr;
        TagEntry entry;
        entry.tag = {reader.text().toByteArray(), static_cast<PoolType>(type)};
        entry.driver = reader.text().toByteArray();
        tags->push_back(std::move(entry));
    }
    RecordingStep step;
    if (!JournalCodec().read(reader, step) || !reader.atEnd())
        return nullptr;
    auto sample = std::make_shared<Sample>();
    sample->wall = step.wall;
    sample->monotonic = step.monotonic;
    sample->system = step.system;
    sample->readings.resize(count);
    for (const TagReading &reading : step.readings) {
        if (reading.id >= count)
            return nullptr;
        sample->readings[reading.id] = reading.reading;
    }
    sample->tags = std::move(tags);
    sample->origin = std::move(origin);
    return sample;
}

} // namespace poolscope
