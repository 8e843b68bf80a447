// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/trendfeeder.h"

#include "model/sampling/sessionhandle.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"

#include <algorithm>

namespace poolscope {

TrendFeeder::TrendFeeder(SessionHandle &session, TablePanel &table, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_table(table)
{
    connect(m_table.view(), &TagTableView::trendsWanted, this, &TrendFeeder::ask);
    connect(&m_session, &SessionHandle::seriesReady, this, &TrendFeeder::take);
    // Answers to a question of the session before would carry its tag ids.
    connect(&m_session, &SessionHandle::restarted, this, [this] { m_asked.clear(); });
}

void TrendFeeder::ask(const std::vector<TagId> &tags)
{
    const FramePtr frame = m_session.frame();
    if (!frame || tags.empty())
        return;
    m_asked = tags;
    SeriesRequest request;
    request.token = seriesToken(SeriesAsker::TableTrend, ++m_requests);
    for (const TagId id : tags)
        request.wishes.push_back({.id = id, .changeSince = {}});
    request.to = frame->sample->wall;
    request.from = request.to - TagTableView::TrendSpan;
    request.columns = TagTableView::TrendColumns;
    m_session.requestSeries(request);
}

void TrendFeeder::take(const SeriesAnswer &answer)
{
    if (answer.token != seriesToken(SeriesAsker::TableTrend, m_requests))
        return;
    for (size_t i = 0; i < std::min(m_asked.size(), answer.series.size()); ++i)
        m_table.model()->setTrend(m_asked[i], answer.series[i]);
    m_asked.clear();
}

} // namespace poolscope
