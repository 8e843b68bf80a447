// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/seriesgate.h"

#include "model/history/decimator.h"

#include <algorithm>

namespace poolscope {

namespace {

bool sameQuestion(const SeriesRequest &a, const SeriesRequest &b)
{
    const auto sameWish = [](const SeriesWish &x, const SeriesWish &y) {
        return x.id == y.id && x.changeSince == y.changeSince;
    };
    return a.metric == b.metric && a.from == b.from && a.to == b.to && a.columns == b.columns
        && std::equal(a.wishes.begin(), a.wishes.end(), b.wishes.begin(), b.wishes.end(), sameWish);
}

std::vector<Reading> readingsOf(const SeriesRequest &request, const Frame &frame)
{
    std::vector<Reading> out;
    for (const SeriesWish &wish : request.wishes) {
        const TagId *id = std::get_if<TagId>(&wish.id);
        out.push_back(id && *id < frame.rows.size() ? frame.rows[*id].reading : Reading());
    }
    return out;
}

bool isRate(Metric metric)
{
    return metric == Metric::AllocsPerSecond || metric == Metric::FreesPerSecond;
}

} // namespace

bool SeriesGate::isNeeded(const SeriesRequest &request, const Frame &frame, WallTime newest) const
{
    if (!m_valid || !sameQuestion(request, m_request))
        return true;
    if (newest == m_newest || m_newest >= request.to)
        return false;
    const ColumnGrid grid(request.from, request.to, request.columns);
    if (grid.startOf(newest) != grid.startOf(m_newest))
        return true;
    // A rate moves without the counter when the counter stops.
    return isRate(request.metric) || readingsOf(request, frame) != m_readings;
}

void SeriesGate::sent(const SeriesRequest &request, const Frame &frame, WallTime newest)
{
    m_request = request;
    m_newest = newest;
    m_readings = readingsOf(request, frame);
    m_valid = true;
}

void SeriesGate::reset()
{
    m_valid = false;
}

} // namespace poolscope
