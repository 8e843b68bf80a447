// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"
#include "model/history/seriesquery.h"

#include <QObject>

#include <vector>

namespace poolscope {

class SessionHandle;
class TablePanel;

/// Brings the sparklines of the Trend column from the session's history to the table. Window thread.
class TrendFeeder : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive the feeder.
    TrendFeeder(SessionHandle &session, TablePanel &table, QObject *parent);

private:
    void ask(const std::vector<TagId> &tags);
    void take(const SeriesAnswer &answer);

    SessionHandle &m_session;
    TablePanel &m_table;
    quint64 m_requests = 0;
    std::vector<TagId> m_asked; ///< by the newest request
};

} // namespace poolscope
