// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "model/sampling/frame.h"
#include "model/tables/pinlist.h"

#include <QObject>

#include <chrono>
#include <functional>

namespace poolscope {

/// A session for charts without threads: its values come from a function of tag and time, and answer()
/// decimates them to two points a column, as the history does.
class FakeHistory
{
public:
    using ValueOf = std::function<double(TagId id, qint64 second)>;

    FakeHistory(std::vector<Tag> tags, ValueOf valueOf, WallTime first, std::chrono::nanoseconds interval)
        : m_valueOf(std::move(valueOf))
        , m_first(first)
        , m_interval(interval)
    {
        auto list = std::make_shared<TagList>();
        for (Tag &tag : tags)
            list->push_back({std::move(tag), {}});
        m_tags = std::move(list);
    }

    void setSourceKind(SourceKind kind) { m_kind = kind; }
    /// Whether frames carry allocs and frees.
    void setCounted(bool counted) { m_counted = counted; }
    /// Samples from the one at `from` up to the one before `to` are missing.
    void setGap(qint64 from, qint64 to) { m_gapFrom = from, m_gapTo = to; }
    [[nodiscard]] WallTime timeOf(qint64 sample) const { return m_first + sample * m_interval; }
    [[nodiscard]] const TagList &tags() const { return *m_tags; }

    /// The frame after sample number `newest` (from 0).
    [[nodiscard]] FramePtr frame(qint64 newest)
    {
        m_newest = newest;
        auto origin = std::make_shared<Origin>();
        origin->kind = m_kind;
        auto sample = std::make_shared<Sample>();
        sample->wall = timeOf(newest);
        sample->origin = std::move(origin);
        sample->tags = m_tags;
        auto out = std::make_shared<Frame>();
        out->number = static_cast<quint64>(newest) + 1;
        out->firstWall = out->baselineWall = m_first;
        out->tags = m_tags;
        for (TagId id = 0; id < m_tags->size(); ++id) {
            FrameRow row;
            row.reading.bytes = Counter(std::llround(value(id, newest)));
            row.reading.outstanding = Counter(row.reading.bytes.value() / 64);
            if (m_counted)
                row.reading.allocs = row.reading.frees = Counter(newest);
            sample->readings.push_back(row.reading);
            out->rows.push_back(row);
        }
        out->sample = std::move(sample);
        return out;
    }

    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) const
    {
        SeriesAnswer out{request.token, m_first, timeOf(m_newest), {}, {}};
        for (const SeriesWish &wish : request.wishes)
            out.series.push_back(series(std::get<TagId>(wish.id), wish, request));
        return out;
    }

private:
    [[nodiscard]] double value(TagId id, qint64 sample) const
    {
        return m_valueOf(id, sample * m_interval / std::chrono::seconds(1));
    }

    [[nodiscard]] std::vector<SeriesPoint> series(
        TagId id, const SeriesWish &wish, const SeriesRequest &request) const
    {
        const auto column = std::max<qint64>((request.to - request.from).count() / request.columns, 1);
        const qint64 from = std::max<qint64>((request.from - m_first) / m_interval, 0);
        const qint64 to = std::min<qint64>((request.to - m_first) / m_interval + 1, m_newest);
        const double base =
            wish.changeSince ? value(id, std::max<qint64>((*wish.changeSince - m_first) / m_interval, 0)) : 0;
        std::vector<SeriesPoint> out;
        bool afterGap = false;
        for (qint64 i = from; i <= to;) {
            const auto columnOf = [&](qint64 sample) {
                return static_cast<qint64>((timeOf(sample) - request.from).count() / column);
            };
            std::optional<SeriesPoint> low;
            std::optional<SeriesPoint> high;
            bool gap = std::exchange(afterGap, false);
            const qint64 here = columnOf(i);
            for (; i <= to && columnOf(i) == here; ++i) {
                if (i >= m_gapFrom && i < m_gapTo) {
                    afterGap = low.has_value();
                    gap = gap || !low;
                    continue;
                }
                const SeriesPoint point{timeOf(i), value(id, i) - base, false};
                if (!low || point.value < low->value)
                    low = point;
                if (!high || point.value > high->value)
                    high = point;
            }
            if (!low) {
                afterGap = gap;
                continue;
            }
            if (high->wall < low->wall)
                std::swap(low, high);
            low->afterGap = gap && !out.empty();
            out.push_back(*low);
            if (high->wall != low->wall)
                out.push_back(*high);
        }
        return out;
    }

    std::shared_ptr<const TagList> m_tags;
    ValueOf m_valueOf;
    WallTime m_first;
    std::chrono::nanoseconds m_interval;
    SourceKind m_kind = SourceKind::Slab;
    bool m_counted = false;
    qint64 m_newest = 0;
    qint64 m_gapFrom = 0;
    qint64 m_gapTo = 0;
};

} // namespace poolscope
