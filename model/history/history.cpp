// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/history.h"

#include "model/history/seriesreader.h"

namespace poolscope {

WallTime History::append(
    const Sample &sample, std::span<const TagId> ids, std::span<const TagId> vanished, TimeAxis::Joint joint)
{
    const WallTime wall = m_axis.append(sample.wall, sample.monotonic, joint, sample.origin->counterBits);
    const TimeAxis::Index index = m_axis.size() - 1;

    const auto take = [&](TagId id, const Reading &now) {
        if (id >= m_newest.size()) {
            m_newest.resize(id + 1);
            m_tags.resize(id + 1);
        }
        if (m_newest[id] == now)
            return;
        m_newest[id] = now;
        TagSeries &series = m_tags[id];
        series[Allocs].append(index, now.allocs);
        series[Frees].append(index, now.frees);
        series[Outstanding].append(index, now.outstanding);
        series[Bytes].append(index, now.bytes);
    };
    for (size_t row = 0; row < ids.size(); ++row)
        take(ids[row], sample.readings[row]);
    for (const TagId id : vanished)
        take(id, Reading());

    for (size_t field = 0; field < m_system.size(); ++field)
        m_system[field].append(index, sample.system[static_cast<SystemField>(field)]);
    return wall;
}

SeriesAnswer History::answer(const SeriesRequest &request) const
{
    SeriesAnswer answer;
    answer.token = request.token;
    answer.series.resize(request.wishes.size());
    if (m_axis.size() == 0)
        return answer;
    answer.first = m_axis.wall(0);
    answer.last = m_axis.wall(m_axis.size() - 1);

    const SeriesReader reader(m_axis, request.from, request.to, request.columns);
    for (size_t i = 0; i < request.wishes.size(); ++i) {
        const SeriesWish &wish = request.wishes[i];
        if (const auto *field = std::get_if<SystemField>(&wish.id)) {
            answer.series[i] = reader.values(m_system[static_cast<size_t>(*field)], wish.changeSince);
            continue;
        }
        const TagId id = std::get<TagId>(wish.id);
        if (id >= m_tags.size())
            continue;
        switch (request.metric) {
        case Metric::Bytes:
            answer.series[i] = reader.values(m_tags[id][Bytes], wish.changeSince);
            break;
        case Metric::Outstanding:
            answer.series[i] = reader.values(m_tags[id][Outstanding], wish.changeSince);
            break;
        case Metric::AllocsPerSecond:
            answer.series[i] = reader.rates(m_tags[id][Allocs], wish.changeSince);
            break;
        case Metric::FreesPerSecond:
            answer.series[i] = reader.rates(m_tags[id][Frees], wish.changeSince);
            break;
        }
    }
    return answer;
}

size_t History::changes() const
{
    size_t sum = 0;
    for (const TagSeries &tag : m_tags) {
        for (const ChangeList &list : tag)
            sum += list.changes();
    }
    for (const ChangeList &list : m_system)
        sum += list.changes();
    return sum;
}

size_t History::memoryBytes() const
{
    size_t sum = m_tags.capacity() * sizeof(TagSeries) + m_newest.capacity() * sizeof(Reading);
    for (const TagSeries &tag : m_tags) {
        for (const ChangeList &list : tag)
            sum += list.memoryBytes();
    }
    for (const ChangeList &list : m_system)
        sum += list.memoryBytes();
    return sum;
}

} // namespace poolscope
