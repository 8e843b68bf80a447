// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/history/seriesquery.h"
#include "model/sampling/frame.h"

#include <QFlags>
#include <QObject>

#include <vector>

namespace poolscope {

/// What a session can do beyond showing frames and series. Who offers a command asks for the ability; the
/// command itself goes to the class that has it.
enum class SessionAbility : quint8
{
    Sampling = 1, ///< takes samples of a source: can be paused, asked for one now, recorded (LiveSession)
    OwnInterval = 2, ///< the interval between samples can be chosen
    Seeking = 4, ///< shows any moment of a recording (ReplaySession)
};
Q_DECLARE_FLAGS(SessionAbilities, SessionAbility)
Q_DECLARE_OPERATORS_FOR_FLAGS(SessionAbilities)

/// What the window's parts see of a session, be it live or a recording: frames, marks and series. Lives on
/// the window's thread; every call returns at once and every signal arrives there.
class SessionHandle : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual SessionAbilities abilities() const = 0;
    [[nodiscard]] virtual QString sourceUri() const = 0;
    [[nodiscard]] virtual QString sourceTitle() const = 0;

    [[nodiscard]] virtual FramePtr frame() const = 0; ///< newest delivered; null before the first
    [[nodiscard]] virtual const std::vector<Mark> &marks() const = 0; ///< in the order of time

    /// Counts changes from the sample shown on; the frame comes anew under its old number.
    virtual void resetBaseline() = 0;
    /// At this moment in source time.
    virtual void addMark(MarkKind kind, const QString &text) = 0;
    /// The answer comes with seriesReady(), empty where there is no data. Requests of one asker (the upper
    /// 8 bits of the token) that were not answered yet are replaced by its newer one.
    virtual void requestSeries(const SeriesRequest &request) = 0;

signals:
    /// Another source or recording: what was shown, and the ids of tags, no longer count. Nothing of the
    /// earlier one arrives after it, not even answers that are still under way.
    void restarted();
    /// The frame to show; a window that is slow to take them misses some.
    void frameReady(const poolscope::FramePtr &frame);
    void marksChanged();
    void seriesReady(const poolscope::SeriesAnswer &answer);
};

} // namespace poolscope
