// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/recordedpast.h"

#include "model/history/decimator.h"

#include <algorithm>

namespace poolscope {

using namespace std::chrono_literals;

namespace {

/// More than a chart pins; each takes at most two points a pixel column.
constexpr size_t KeptLines = 64;

void appendBetween(std::vector<SeriesPoint> &to, const std::vector<SeriesPoint> &points, WallTime from,
    WallTime end, double shift)
{
    const auto at = [](const SeriesPoint &point, WallTime wall) { return point.wall < wall; };
    auto point = std::lower_bound(points.begin(), points.end(), from, at);
    const auto last = std::lower_bound(point, points.end(), end, at);
    for (; point < last; ++point)
        to.push_back({point->wall, point->value + shift, point->afterGap && !to.empty()});
}

} // namespace

SeriesAnswer RecordedPast::complete(const PastRange &range)
{
    if (!open(range.path))
        return range.memory;
    const std::optional<Part> part = partOf(range);
    SeriesAnswer answer = range.memory;
    answer.first = std::min(answer.first, std::max(m_reader->axis().wall(0), range.sessionFirst));
    if (!part)
        return answer;
    for (size_t i = 0; i < range.request.wishes.size(); ++i) {
        const SeriesWish &wish = range.request.wishes[i];
        const std::optional<SeriesId> id = idInFile(wish.id, *range.tags);
        if (!id)
            continue;
        const double inMemory = range.memory.references[i];
        double subtracted = inMemory;
        if (wish.changeSince) {
            subtracted = reference(*id, range.request.metric, *wish.changeSince, range.sessionFirst)
                             .value_or(inMemory);
        }
        const std::vector<SeriesPoint> &held = range.memory.series[i];
        const Line &past = line(*id, range.request.metric, *part);
        std::vector<SeriesPoint> points;
        appendBetween(points, held, WallTime::min(), part->from, inMemory - subtracted);
        appendBetween(points, past.points, std::max(part->from, range.sessionFirst), part->to, -subtracted);
        appendBetween(points, held, part->to, WallTime::max(), inMemory - subtracted);
        answer.series[i] = std::move(points);
        answer.references[i] = subtracted;
    }
    return answer;
}

void RecordedPast::close()
{
    m_reader.reset();
    m_lines.clear();
    m_path.clear();
}

bool RecordedPast::open(const QString &path)
{
    if (m_reader && m_path == path)
        return true;
    close();
    Result<std::unique_ptr<RecordingReader>> opened = RecordingReader::open(path);
    // The recorder says what is wrong with its file; here the thinned history stays what is shown.
    if (!opened || opened.value()->axis().size() == 0)
        return false;
    m_reader = std::move(opened).value();
    m_path = path;
    return true;
}

/// From the first whole column of this session that the file has, up to the first one that memory has whole.
std::optional<RecordedPast::Part> RecordedPast::partOf(const PastRange &range)
{
    const SeriesRequest &request = range.request;
    const ColumnGrid grid(request.from, request.to, request.columns);
    const WallTime wanted = std::min(grid.endOf(range.exactFrom), grid.endOf(request.to));
    const auto newest = [this] { return m_reader->axis().wall(m_reader->axis().size() - 1); };
    if (newest() < wanted) {
        const Result<RecordingReader::Refreshed> refreshed = m_reader->refresh();
        if (!refreshed || m_reader->axis().size() == 0)
            return std::nullopt;
    }
    const WallTime begins = std::max(m_reader->axis().wall(0), range.sessionFirst);
    // One column more, so that the line reaches the left edge.
    WallTime from = grid.startOf(grid.startOf(request.from) - 1ns);
    if (from < begins)
        from = begins <= range.memory.first ? grid.startOf(begins) : grid.endOf(begins);
    const WallTime to = newest() < wanted ? grid.startOf(newest()) : wanted;
    if (from >= to)
        return std::nullopt;
    return Part{from, to, grid.width()};
}

std::optional<SeriesId> RecordedPast::idInFile(const SeriesId &id, const TagList &tags) const
{
    const auto *tag = std::get_if<TagId>(&id);
    if (!tag)
        return id;
    if (*tag >= tags.size())
        return std::nullopt;
    const TagList &inFile = *m_reader->tags();
    // Most often the recording numbers the tags as the session does.
    if (*tag < inFile.size() && inFile[*tag].tag == tags[*tag].tag)
        return id;
    const auto found = std::ranges::find(inFile, tags[*tag].tag, &TagEntry::tag);
    if (found == inFile.end())
        return std::nullopt;
    return static_cast<TagId>(found - inFile.begin());
}

const RecordedPast::Line &RecordedPast::line(const SeriesId &id, Metric metric, const Part &part)
{
    Line line{id, metric, part.width, part.from, part.from, {}};
    const auto kept = std::ranges::find_if(m_lines, [&](const Line &other) {
        return other.id == id && other.metric == metric && other.width == part.width && other.from <= part.to
            && part.from <= other.to;
    });
    if (kept != m_lines.end()) {
        line = std::move(*kept);
        m_lines.erase(kept);
    }
    if (part.from < line.from) {
        std::vector<SeriesPoint> points = read(id, metric, part.from, line.from, part.width);
        points.insert(points.end(), line.points.begin(), line.points.end());
        line.points = std::move(points);
        line.from = part.from;
    }
    if (line.to < part.to) {
        const std::vector<SeriesPoint> points = read(id, metric, line.to, part.to, part.width);
        line.points.insert(line.points.end(), points.begin(), points.end());
        line.to = part.to;
    }
    if (m_lines.size() >= KeptLines)
        m_lines.erase(m_lines.begin());
    return m_lines.emplace_back(std::move(line));
}

std::vector<SeriesPoint> RecordedPast::read(
    const SeriesId &id, Metric metric, WallTime from, WallTime to, std::chrono::nanoseconds width)
{
    SeriesRequest request;
    request.wishes = {{.id = id, .changeSince = {}}};
    request.metric = metric;
    request.from = from;
    // The last instant of the last column: the next column is not wanted.
    request.to = to - 1ns;
    request.columns = static_cast<int>((to - from) / width);
    const SeriesAnswer answer = m_reader->answer(request);
    std::vector<SeriesPoint> points;
    // The sample before the first column tells whether a gap lies between; it is not of the range itself.
    for (const SeriesPoint &point : answer.series.front()) {
        if (from <= point.wall && point.wall < to)
            points.push_back(point);
    }
    return points;
}

std::optional<double> RecordedPast::reference(
    const SeriesId &id, Metric metric, WallTime since, WallTime sessionFirst)
{
    const TimeAxis &axis = m_reader->axis();
    if (since < std::max(axis.wall(0), sessionFirst) || axis.wall(axis.size() - 1) < since)
        return std::nullopt;
    SeriesRequest request;
    request.wishes = {{.id = id, .changeSince = since}};
    request.metric = metric;
    request.from = request.to = since;
    request.columns = 1;
    return m_reader->answer(request).references.front();
}

} // namespace poolscope
