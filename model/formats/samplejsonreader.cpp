// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplejson.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/linetext.h"
#include "model/formats/samplebuilder.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Where the n-th object of the array "tags" starts: only searched to name the line of an error.
qsizetype offsetOfRow(QByteArrayView json, qsizetype n)
{
    qsizetype at = json.indexOf("\"tags\"");
    int depth = 0;
    bool inText = false;
    for (at = std::max<qsizetype>(at, 0) + 6; at < json.size(); ++at) {
        const char c = json[at];
        if (inText) {
            if (c == '\\')
                ++at;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' && depth++ == 0 && n-- == 0) {
            return at;
        } else if (c == '}') {
            --depth;
        }
    }
    return json.size();
}

/// One object read member by member; the first problem is kept and ends the reading.
class Reader
{
public:
    Reader(const QByteArray &json, const QString &fileName, qsizetype firstLine)
        : m_json(json)
        , m_fileName(fileName)
        , m_firstLine(firstLine)
    {
    }

    Result<JsonSample> read(const QJsonObject &root);
    [[nodiscard]] Error errorAt(qsizetype offset, const QString &why) const
    {
        return {ErrorKind::BadInput, why,
            fileAndLine(m_fileName, m_firstLine + lineOfOffset(m_json, offset) - 1),
            u"use a file that PoolScope saved as JSON (schema poolscope.sample/1)"_s};
    }

private:
    void fail(const QString &why, qsizetype row = -1)
    {
        if (!m_error)
            m_error = errorAt(row < 0 ? 0 : offsetOfRow(m_json, row), why);
    }
    Counter number(const QJsonObject &object, QStringView name, qsizetype row = -1);
    QString text(const QJsonObject &object, QStringView name);
    void readOrigin(const QJsonObject &root, Origin &origin);
    void readTags(const QJsonArray &array, TagList &tags, std::vector<Reading> &readings);
    void readRow(const QJsonObject &object, qsizetype row, TagList &tags, std::vector<Reading> &readings);

    const QByteArray &m_json;
    QString m_fileName;
    qsizetype m_firstLine;
    std::optional<Error> m_error;
};

Counter Reader::number(const QJsonObject &object, QStringView name, qsizetype row)
{
    const QJsonValue value = object.value(name);
    if (value.isNull() || value.isUndefined())
        return {};
    // QJsonValue keeps whole numbers of up to 64 bits exactly; the smallest one stands for "not one".
    constexpr qint64 NotWhole = std::numeric_limits<qint64>::min();
    const qint64 whole = value.isDouble() ? value.toInteger(NotWhole) : NotWhole;
    if (whole == NotWhole)
        fail(u"\"%1\" is not a whole number of up to 64 bits"_s.arg(name), row);
    return Counter(whole);
}

QString Reader::text(const QJsonObject &object, QStringView name)
{
    const QJsonValue value = object.value(name);
    if (!value.isString() && !value.isNull() && !value.isUndefined())
        fail(u"\"%1\" is not a text"_s.arg(name));
    return value.toString();
}

void Reader::readRow(const QJsonObject &object, qsizetype row, TagList &tags, std::vector<Reading> &readings)
{
    const QJsonValue name = object.value(u"tag"_s);
    if (!name.isString()) {
        fail(u"a row has no \"tag\""_s, row);
        return;
    }
    const auto bytes = unescapedTag(name.toString().toUtf8());
    if (!bytes)
        fail(u"\"tag\" has a backslash that starts no \\xNN"_s, row);
    const auto type = poolTypeFromWord(object.value(u"type"_s).toString(u"none"_s).toUtf8());
    if (!type)
        fail(u"\"type\" is not nonpaged, paged or none"_s, row);
    tags.push_back({{bytes.value_or(QByteArray()), type.value_or(PoolType::None)},
        object.value(u"driver"_s).toString().toUtf8()});
    readings.push_back({number(object, u"allocs", row), number(object, u"frees", row),
        number(object, u"outstanding", row), number(object, u"bytes", row)});
}

void Reader::readTags(const QJsonArray &array, TagList &tags, std::vector<Reading> &readings)
{
    const auto count = static_cast<size_t>(array.size());
    tags.reserve(count);
    readings.reserve(count);
    QSet<Tag> seen;
    seen.reserve(array.size());
    for (qsizetype row = 0; row < array.size() && !m_error; ++row) {
        if (!array.at(row).isObject()) {
            fail(u"\"tags\" holds something that is not a row"_s);
            return;
        }
        readRow(array.at(row).toObject(), row, tags, readings);
        if (m_error)
            return;
        if (seen.contains(tags.back().tag))
            fail(u"tag %1 stands twice in one sample"_s.arg(escapedTag(tags.back().tag.bytes)), row);
        seen.insert(tags.back().tag);
    }
}

void Reader::readOrigin(const QJsonObject &root, Origin &origin)
{
    origin.uri = text(root, u"source");
    origin.host = text(root, u"host");
    origin.bootId = text(root, u"boot");
    origin.system = text(root, u"os");
    if (const QString word = text(root, u"source_kind"); !word.isEmpty()) {
        const auto kind = sourceKindFromWord(word.toUtf8());
        if (!kind)
            fail(u"\"source_kind\" is not pool, slab or site"_s);
        origin.kind = kind.value_or(SourceKind::Slab);
    }
    const qint64 usual = origin.kind == SourceKind::Pool ? 32 : 64;
    const qint64 bits = number(root, u"counter_bits").valueOr(usual);
    if (bits != 32 && bits != 64)
        fail(u"\"counter_bits\" is neither 32 nor 64"_s);
    origin.counterBits = static_cast<int>(bits);
}

Result<JsonSample> Reader::read(const QJsonObject &root)
{
    const QString schema = root.value(u"schema"_s).toString();
    if (schema != u"poolscope.sample/1") {
        return errorAt(0,
            schema.isEmpty() ? u"this JSON is not a sample: it has no \"schema\""_s
                             : u"this JSON is not a sample: its schema is %1"_s.arg(schema.left(60)));
    }
    const auto wall = wallTimeFromIso(text(root, u"time"));
    if (!wall)
        return errorAt(0, u"the sample has no \"time\" in ISO 8601"_s);
    if (!root.value(u"tags"_s).isArray())
        return errorAt(0, u"the sample has no \"tags\""_s);

    auto sample = std::make_shared<Sample>();
    auto tags = std::make_shared<TagList>();
    readTags(root.value(u"tags"_s).toArray(), *tags, sample->readings);
    auto origin = std::make_shared<Origin>();
    origin->kind = guessedSourceKind(root.value(u"source"_s).toString(), *tags);
    readOrigin(root, *origin);
    const QJsonObject system = root.value(u"system"_s).toObject();
    for (const SystemFieldInfo &info : systemFields())
        sample->system[info.field] = number(system, QString::fromLatin1(info.key));
    sample->wall = *wall;
    sample->monotonic = MonotonicTime(number(root, u"monotonic_ns").valueOr(0));
    sample->readCost = std::chrono::nanoseconds(number(root, u"read_cost_ns").valueOr(0));
    sample->origin = std::move(origin);
    sample->tags = std::move(tags);

    JsonSample out;
    Snapshot &snapshot = out.snapshot;
    snapshot.id = QUuid::fromString(text(root, u"id"));
    out.isSnapshot = !snapshot.id.isNull();
    out.afterGap = root.value(u"after_gap"_s).toBool();
    if (!out.isSnapshot)
        snapshot.id = QUuid::createUuid();
    snapshot.label = text(root, u"label");
    if (snapshot.label.isEmpty())
        snapshot.label = QFileInfo(m_fileName).completeBaseName();
    snapshot.note = text(root, u"note");
    snapshot.automatic = root.value(u"automatic"_s).toBool();
    snapshot.sample = std::move(sample);
    if (m_error)
        return *m_error;
    return out;
}

Result<JsonSample> readObject(const QByteArray &json, const QString &fileName, qsizetype firstLine,
    QJsonParseError::ParseError *problem)
{
    Reader reader(json, fileName, firstLine);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    *problem = parseError.error;
    if (parseError.error != QJsonParseError::NoError)
        return reader.errorAt(parseError.offset, u"this is not JSON: %1"_s.arg(parseError.errorString()));
    if (!document.isObject())
        return reader.errorAt(0, u"this JSON is not a sample but a list"_s);
    return reader.read(document.object());
}

} // namespace

Result<JsonSample> sampleFromJson(const QByteArray &json, const QString &fileName, qsizetype firstLine)
{
    QJsonParseError::ParseError problem{};
    return readObject(json, fileName, firstLine, &problem);
}

Result<Snapshot> snapshotFromJson(const QByteArray &json, const QString &fileName)
{
    Result<JsonSample> read = sampleFromJson(json, fileName, 1);
    if (!read)
        return read.error();
    return std::move(read).value().snapshot;
}

Result<std::vector<Snapshot>> snapshotsFromJson(const QByteArray &json, const QString &fileName)
{
    QJsonParseError::ParseError problem{};
    Result<JsonSample> single = readObject(json, fileName, 1, &problem);
    if (single)
        return std::vector<Snapshot>{std::move(single).value().snapshot};
    if (problem != QJsonParseError::GarbageAtEnd)
        return single.error();

    std::vector<Snapshot> snapshots;
    qsizetype lineNumber = 0;
    for (qsizetype start = 0; start < json.size();) {
        qsizetype end = json.indexOf('\n', start);
        if (end < 0)
            end = json.size();
        ++lineNumber;
        const QByteArray line = json.mid(start, end - start);
        start = end + 1;
        if (line.trimmed().isEmpty())
            continue;
        Result<JsonSample> one = readObject(line, fileName, lineNumber, &problem);
        if (!one)
            return one.error();
        snapshots.push_back(std::move(one).value().snapshot);
    }
    return snapshots;
}

} // namespace poolscope
