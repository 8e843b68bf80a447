// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/markdown.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"

#include <algorithm>
#include <numeric>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

std::vector<size_t> rowsByBytes(const Sample &sample)
{
    std::vector<size_t> order(sample.readings.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::stable_sort(order, [&](size_t a, size_t b) {
        const Counter left = sample.readings[a].bytes;
        const Counter right = sample.readings[b].bytes;
        if (!left.isKnown() || !right.isKnown())
            return left.isKnown() && !right.isKnown();
        return left.value() > right.value();
    });
    return order;
}

bool isLive(const QString &uri)
{
    return uri.startsWith(u"slab:") || uri.startsWith(u"pool:") || uri.startsWith(u"sites:");
}

QString leftOutLine(const Sample &sample, size_t limit)
{
    if (limit == 0 || sample.readings.size() <= limit)
        return {};
    return u"%1 more tags that hold less are left out."_s.arg(sample.readings.size() - limit);
}

} // namespace

TextTable sampleTable(const Sample &sample, size_t limit)
{
    using Align = TextTable::Align;
    const bool counts = std::ranges::any_of(
        sample.readings, [](const Reading &r) { return r.allocs.isKnown() || r.frees.isKnown(); });
    const bool drivers =
        std::ranges::any_of(*sample.tags, [](const TagEntry &e) { return !e.driver.isEmpty(); });
    TextTable table;
    table.columns = {{u"Tag"_s, Align::Left}, {u"Type"_s, Align::Left}};
    for (const QString &title : counts ? QStringList{u"Allocs"_s, u"Frees"_s} : QStringList())
        table.columns.push_back({title, Align::Right});
    for (const QString &title : {u"Diff"_s, u"Bytes"_s, u"Per alloc"_s})
        table.columns.push_back({title, Align::Right});
    if (drivers)
        table.columns.push_back({u"Driver"_s, Align::Left});

    std::vector<size_t> order = rowsByBytes(sample);
    if (limit != 0 && order.size() > limit)
        order.resize(limit);
    for (const size_t row : order) {
        const TagEntry &entry = (*sample.tags)[row];
        const Reading &reading = sample.readings[row];
        QStringList cells{escapedTag(entry.tag.bytes), poolTypeTitle(entry.tag.type, sample.origin->kind)};
        if (counts)
            cells << groupedText(reading.allocs) << groupedText(reading.frees);
        cells << groupedText(reading.outstanding) << groupedText(reading.bytes)
              << groupedText(reading.perAlloc());
        if (drivers)
            cells << (entry.driver.isEmpty() ? unknownText() : QString::fromUtf8(entry.driver));
        table.rows.push_back(cells);
    }
    return table;
}

QStringList sampleFacts(const Snapshot &snapshot)
{
    const Sample &sample = *snapshot.sample;
    QStringList facts;
    const auto add = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            facts += name + u": "_s + value;
    };
    add(u"Snapshot"_s, snapshot.label);
    add(u"Note"_s, snapshot.note.simplified());
    add(u"Time"_s, isoUtc(sample.wall, 0));
    add(u"Machine"_s, sample.origin->host);
    add(u"System"_s, sample.origin->system);
    if (isLive(sample.origin->uri) && sample.monotonic.count() > 0)
        add(u"Uptime without sleep"_s, elapsedText(sample.monotonic));
    add(u"Source"_s, sample.origin->uri);
    for (const SystemFieldInfo &info : systemFields()) {
        const Counter value = sample.system[info.field];
        if (!value.isKnown())
            continue;
        const QString exact = groupedText(value);
        add(info.fullName.toString(),
            info.isBytes ? QString(exact + u" bytes ("_s + scaledBytesText(value) + u')') : exact);
    }
    add(u"Tags"_s, groupedText(Counter(static_cast<qint64>(sample.readings.size()))));
    return facts;
}

QByteArray snapshotToMarkdown(const Snapshot &snapshot, size_t limit)
{
    QString out;
    for (const QString &fact : sampleFacts(snapshot))
        out += u"- "_s + markdownEscaped(fact) + u'\n';
    out += u'\n' + sampleTable(*snapshot.sample, limit).toMarkdown();
    if (const QString rest = leftOutLine(*snapshot.sample, limit); !rest.isEmpty())
        out += u'\n' + rest + u'\n';
    return out.toUtf8();
}

QByteArray snapshotToText(const Snapshot &snapshot, size_t limit)
{
    QString out =
        sampleFacts(snapshot).join(u'\n') + u"\n\n"_s + sampleTable(*snapshot.sample, limit).toText();
    if (const QString rest = leftOutLine(*snapshot.sample, limit); !rest.isEmpty())
        out += rest + u'\n';
    return out.toUtf8();
}

} // namespace poolscope
