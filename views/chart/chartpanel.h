// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/sampling/background.h"
#include "model/sampling/frame.h"
#include "model/tables/pinlist.h"
#include "views/chart/chartexport.h"
#include "views/chart/chartsettings.h"
#include "views/chart/pinnedseries.h"
#include "views/chart/seriesgate.h"
#include "views/chart/throttle.h"
#include "views/chart/timewindow.h"

#include <QPointer>
#include <QWidget>

#include <optional>

namespace poolscope {

class ChartControls;
class ChartLegend;
class ChartView;

/// The chart of the pinned tags with its controls and legend. Owns no history: it asks for points with
/// seriesWanted() and draws what setAnswer() brings; connect both to a session. Asks and repaints for
/// new samples at most four times a second, only while visible, and not at all when no pixel would change;
/// what the user does is shown at once. Window thread; files are written on a worker.
class ChartPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ChartPanel(QWidget *parent = nullptr);

    /// Not owned; must outlive the panel or be replaced. null: no pins.
    void setPins(PinList *pins);
    /// The newest frame: tags and their ids, newest time, baseline time, what the source counts.
    void setFrame(const FramePtr &frame);
    /// The session is a recording that reaches over `range`: that is the history, whatever the frames say,
    /// and all of it is shown at first. Until clear().
    void setRecording(const TimeRange &range);
    /// The moment of the recording that is shown, as a line that stays in view.
    void setPosition(WallTime at);
    void setMarks(const std::vector<Mark> &marks);
    /// Answers with another asker's token, or to an older question, are ignored.
    void setAnswer(const SeriesAnswer &answer);
    void setNumberStyle(NumberStyle style);
    /// A new session begins: forgets frame, points and marks, follows live again. Pins and settings stay.
    void clear();

    [[nodiscard]] ChartSettings settings() const;
    void setSettings(const ChartSettings &settings);

    [[nodiscard]] bool isFollowing() const { return m_window.isFollowing(); }
    void setFollowing(bool following);
    /// The stretch of time on the screen.
    [[nodiscard]] TimeRange shownRange() const;
    [[nodiscard]] ChartView *view() const { return m_view; }
    [[nodiscard]] ChartLegend *legend() const { return m_legend; }

    /// Writes what is shown now. Returns at once; exported() or exportFailed() follows.
    void exportTo(const QString &path, ChartFormat format);

signals:
    void seriesWanted(const poolscope::SeriesRequest &request);
    void momentWanted(poolscope::WallTime at); ///< of a recording
    void settingsChanged();
    void exported(const QString &path);
    void exportFailed(const poolscope::Error &error);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void connectControls();
    void connectView();
    void chooseExport(ChartFormat format);

    void applySettings(const ChartSettings &settings);
    void resetWindow();
    void moveWindow();
    void syncControls();

    void onPinsChanged();
    void rebuildSeries();
    void addTrends();
    [[nodiscard]] SourceKind sourceKind() const;
    void refresh();
    void askNow();
    void updatePicture();
    void updateLegend();
    [[nodiscard]] SeriesRequest request() const;
    [[nodiscard]] bool isOnScreen() const;
    [[nodiscard]] WallTime newest() const;

    /// Tags a request asked for, in the order of its wishes.
    struct Asked
    {
        quint64 token = 0;
        std::vector<Tag> tags;
        TimeRange range;
    };

    QPointer<PinList> m_pins;
    FramePtr m_frame;
    PinnedSeries m_pinned;
    ChartSettings m_settings;
    TimeWindow m_window;
    SeriesGate m_gate;
    Throttle m_throttle; ///< for new samples
    quint64 m_lastToken = 0;
    std::optional<Asked> m_asked; ///< not answered yet
    bool m_askAgain = false; ///< the window moved meanwhile
    bool m_hasAnswer = false;
    bool m_isRecording = false;
    ChartPicture m_picture;

    // Children.
    ChartControls *m_controls = nullptr;
    ChartView *m_view = nullptr;
    ChartLegend *m_legend = nullptr;
    Background m_background; ///< writes exports
};

} // namespace poolscope
