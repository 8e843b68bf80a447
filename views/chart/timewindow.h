// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/timerange.h"

#include <optional>

namespace poolscope {

/// Which part of a session's time a chart shows. While it follows live the window ends at the newest
/// sample, in a recording it goes along with the moment shown; zooming or panning stops that until follow()
/// or reset(). Never leaves the history. Pure.
class TimeWindow
{
public:
    static constexpr std::chrono::nanoseconds MinSpan = std::chrono::seconds(2);
    /// A session younger than this leaves room at the right, so that its first points have a line.
    static constexpr std::chrono::nanoseconds MinFollowSpan = std::chrono::seconds(30);

    /// Length of the window while following; nullopt shows the whole history.
    void setFollowSpan(std::optional<std::chrono::nanoseconds> span);
    [[nodiscard]] std::optional<std::chrono::nanoseconds> followSpan() const { return m_followSpan; }

    /// While given, following keeps this moment in the middle instead of the newest sample at the end.
    void setMoment(std::optional<WallTime> moment);
    /// Where the history begins and ends now.
    void setHistory(const TimeRange &history);
    [[nodiscard]] const TimeRange &history() const { return m_history; }
    /// Width of the picture in pixels. A full following window moves by whole columns of the history's
    /// ColumnGrid, so that its columns keep their samples and nothing flickers.
    void setColumns(int columns);

    /// Goes to the newest sample, as close as the user zoomed.
    void follow();
    /// Keeps what is shown now.
    void freeze();
    [[nodiscard]] bool isFollowing() const { return m_following; }

    /// factor < 1 zooms in; the time `at` keeps its place.
    void zoom(double factor, WallTime at);
    void pan(std::chrono::nanoseconds by);
    void show(const TimeRange &range);

    [[nodiscard]] TimeRange range() const;

private:
    [[nodiscard]] TimeRange followed() const;
    [[nodiscard]] TimeRange clamped(TimeRange range) const;

    TimeRange m_history;
    TimeRange m_frozen;
    std::optional<std::chrono::nanoseconds> m_followSpan = std::chrono::minutes(5);
    std::optional<WallTime> m_moment;
    int m_columns = 1;
    bool m_following = true;
    bool m_zoomed = false; ///< the frozen range has another length than the followed one had
};

} // namespace poolscope
