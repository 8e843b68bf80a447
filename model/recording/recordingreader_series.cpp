// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingreader_p.h"

#include "model/history/seriesreader.h"

#include <algorithm>
#include <tuple>

namespace poolscope {

using namespace std::chrono_literals;

namespace {

Counter Reading::*counterOf(Metric metric)
{
    switch (metric) {
    case Metric::Bytes:
        return &Reading::bytes;
    case Metric::Outstanding:
        return &Reading::outstanding;
    case Metric::AllocsPerSecond:
        return &Reading::allocs;
    case Metric::FreesPerSecond:
        return &Reading::frees;
    }
    return &Reading::bytes;
}

bool isRate(Metric metric)
{
    return metric == Metric::AllocsPerSecond || metric == Metric::FreesPerSecond;
}

bool hasValue(const CounterSeries &list, TimeAxis::Index from, ChunkCoder &coder)
{
    CounterSeries::Cursor cursor(list, 0, from, coder);
    while (!cursor.value().isKnown() && cursor.next() != CounterSeries::Cursor::End)
        cursor.advance();
    return cursor.value().isKnown();
}

bool hasRate(const CounterSeries &list, const TimeAxis &axis, TimeAxis::Index from, TimeAxis::Index end,
    ChunkCoder &coder)
{
    const TimeAxis::Index first = std::max<TimeAxis::Index>(from, 1);
    CounterSeries::Cursor cursor(list, 0, first - 1, coder);
    for (TimeAxis::Index index = first; index < end; ++index) {
        const bool wasKnown = cursor.value().isKnown();
        while (cursor.next() <= index)
            cursor.advance();
        if (wasKnown && cursor.value().isKnown() && axis.step(index) > 0ns)
            return true;
    }
    return false;
}

} // namespace

SeriesAnswer RecordingReader::Private::answer(const SeriesRequest &request)
{
    SeriesAnswer answer;
    answer.token = request.token;
    answer.series.resize(request.wishes.size());
    answer.references.resize(request.wishes.size());
    if (axis.size() == 0 || !keepCurrent())
        return answer;
    answer.first = axis.wall(0);
    answer.last = axis.wall(axis.size() - 1);
    for (size_t i = 0; i < request.wishes.size(); ++i)
        std::tie(answer.series[i], answer.references[i]) = series(request, request.wishes[i]);
    return answer;
}

/// Puts together the changes that the range needs, as History has them all the time.
std::pair<std::vector<SeriesPoint>, double> RecordingReader::Private::series(
    const SeriesRequest &request, const SeriesWish &wish)
{
    const bool rates = isRate(request.metric) && std::holds_alternative<TagId>(wish.id);
    const ColumnGrid grid(request.from, request.to, request.columns);
    // Two samples beyond each edge: the lines reach it, and a rate needs the sample before.
    const Index from = axis.lowerBound(grid.startOf(request.from));
    const Index to = axis.lowerBound(grid.endOf(std::max(request.from, request.to)));
    auto chunk = chunkAt(from - std::min<Index>(from, 2));
    const auto end = std::min(chunkAt(std::min(to + 1, axis.size() - 1)) + 1, chunks.cend());

    CounterSeries list;
    if (wish.changeSince) {
        const Index after = axis.lowerBound(*wish.changeSince + 1ns);
        const Index since = after - std::min<Index>(after, 1);
        const auto reference = chunkAt(since - std::min<Index>(since, 1));
        // The reference may lie before, within or behind the range, and further on if it is unknown then.
        bool isFound = false;
        for (auto next = std::min(reference, chunk); next != chunks.cend() && (next < end || !isFound);
             ++next) {
            if (next < chunk && (next < reference || isFound))
                continue;
            collect(list, *next, wish.id, request.metric);
            isFound = isFound
                || (next->end() > since
                    && (rates ? hasRate(list, axis, since, next->end(), coder)
                              : hasValue(list, since, coder)));
        }
    } else {
        for (; chunk != end; ++chunk)
            collect(list, *chunk, wish.id, request.metric);
    }
    const SeriesReader reader(axis, grid, request.from, request.to);
    double reference = 0;
    if (wish.changeSince) {
        const auto found = rates ? reader.rateReference(list, 0, coder, *wish.changeSince)
                                 : reader.valueReference(list, 0, coder, *wish.changeSince);
        reference = found.value_or(0);
    }
    SeriesLine line(grid, reference);
    if (rates)
        reader.rates(list, 0, coder, line);
    else
        reader.values(list, 0, coder, line);
    return {line.take(), reference};
}

void RecordingReader::Private::collect(
    CounterSeries &list, const Chunk &chunk, const SeriesId &id, Metric metric)
{
    if (const auto *field = std::get_if<SystemField>(&id))
        collectField(list, chunk, *field);
    else
        collectTag(list, chunk, std::get<TagId>(id), counterOf(metric));
}

std::optional<TagGroup> RecordingReader::Private::tagGroup(const Chunk &chunk, TagId id)
{
    std::optional<QByteArray> content = loadPart(chunk, partOfTag(id));
    if (!content)
        return std::nullopt;
    const auto views = decodedGroup(*content, chunk.firstSample, chunk.count, id / TagsPerGroup);
    return views ? std::optional(TagGroup{*std::move(content), *views}) : std::nullopt;
}

void RecordingReader::Private::collectTag(
    CounterSeries &list, const Chunk &chunk, TagId id, Counter Reading::*counter)
{
    std::optional<TagGroup> group;
    std::optional<EventStreamViews> streams;
    if (chunk.journal) {
        streams = chunk.journal->tag(id);
    } else if (std::ranges::binary_search(chunk.parts, partOfTag(id))) {
        group = tagGroup(chunk, id);
        if (group)
            streams = group->views[id % TagsPerGroup];
    }
    EventCursor cursor = streams ? EventCursor(*streams) : EventCursor();
    if (cursor.next() != 0)
        list.append(chunk.first, {});
    while (cursor.next() < chunk.count) {
        const Index at = chunk.first + cursor.next();
        cursor.advance();
        list.append(at, {cursor.ok() ? cursor.reading().*counter : Counter()});
    }
}

void RecordingReader::Private::collectField(CounterSeries &list, const Chunk &chunk, SystemField field)
{
    const std::shared_ptr<ChunkContent> content = contentOf(chunk);
    const std::optional<MachineStreamViews> streams = content->machine();
    MachineCursor cursor = streams ? MachineCursor(*streams) : MachineCursor();
    for (Index index = chunk.first; index < chunk.end(); ++index) {
        const bool ok = streams && cursor.advance();
        list.append(index, {ok ? cursor.system()[field] : Counter()});
        if (!ok)
            break;
    }
}

} // namespace poolscope
