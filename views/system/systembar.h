// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/history/seriesquery.h"
#include "model/sampling/frame.h"

#include <QWidget>

#include <array>
#include <optional>

namespace poolscope {

class SystemCell;

/// PoolMon's header: one cell for each SystemField, "–" where the source does not know it. Wraps into more
/// rows where the window is narrow, so that nothing is ever cut off. Window thread.
class SystemBar : public QWidget
{
    Q_OBJECT

public:
    explicit SystemBar(QWidget *parent = nullptr);

    void setFrame(const FramePtr &frame);
    /// Takes answers to its own seriesWanted(); ignores those of other askers.
    void setAnswer(const SeriesAnswer &answer);
    /// Back to "–" everywhere: another source starts.
    void clear();

    [[nodiscard]] SystemCell *cell(SystemField field) const { return m_cells[static_cast<size_t>(field)]; }

signals:
    /// The last ten minutes of the pool totals, after each frame.
    void seriesWanted(const poolscope::SeriesRequest &request);

private:
    void showField(SystemField field, const Frame &frame);
    [[nodiscard]] std::optional<double> faultsPerSecond(const Frame &frame) const;
    void showCommitBar(const SystemReading &system);
    void requestSparklines(WallTime now);

    std::array<SystemCell *, static_cast<size_t>(SystemField::Count)> m_cells{};
    FramePtr m_frame;
    quint64 m_requests = 0;
    quint64 m_firstRequest = 1; ///< answers to older ones belong to another source
};

} // namespace poolscope
