// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/replay/replaysession.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QStackedLayout;
class QToolButton;

namespace poolscope {

class TimeSlider;

/// "10", "10x", "0.5×": recorded seconds a second, within ReplaySession's bounds; nullopt for anything else.
[[nodiscard]] std::optional<double> speedFromText(QStringView text);

/// The controls of a recording: play, steps, speed, the time slider, follow live, its snapshots. While a file
/// is being opened it says so and offers to cancel. Its widgets are made for the first recording. Window
/// thread.
class ReplayBar : public QWidget
{
    Q_OBJECT

public:
    /// `session` must outlive the bar.
    explicit ReplayBar(ReplaySession &session, QWidget *parent = nullptr);

    /// Null until the first recording.
    [[nodiscard]] TimeSlider *slider() const { return m_slider; }

signals:
    void closeWanted();
    void snapshotWanted(const QUuid &id); ///< to be opened
    void comparisonWanted(); ///< of all snapshots of the recording

protected:
    void changeEvent(QEvent *event) override;

private:
    void makePages();
    [[nodiscard]] QWidget *makeOpening();
    [[nodiscard]] QWidget *makeControls();
    [[nodiscard]] QToolButton *makeButton(
        const QString &name, const QString &icon, const QString &text, const QString &hint);
    [[nodiscard]] QComboBox *makeSpeedBox();
    void connectSlider();
    void showContents();
    void showSnapshots();
    void showStatus(const ReplayStatus &status);
    void showShare();
    void chooseSpeed(const QString &text);
    void colorTexts();

    ReplaySession &m_session;
    QStackedLayout *m_pages;
    // Null until the first recording.
    QTimer m_poll; ///< while a file is being opened
    QLabel *m_opening = nullptr;
    QProgressBar *m_share = nullptr;
    QToolButton *m_markBack = nullptr;
    QToolButton *m_stepBack = nullptr;
    QToolButton *m_play = nullptr;
    QToolButton *m_stepForward = nullptr;
    QToolButton *m_markForward = nullptr;
    QComboBox *m_speed = nullptr;
    QLabel *m_moment = nullptr;
    QLabel *m_first = nullptr;
    QLabel *m_last = nullptr;
    TimeSlider *m_slider = nullptr;
    QToolButton *m_follow = nullptr;
    QToolButton *m_snapshots = nullptr;
    QMenu *m_snapshotMenu = nullptr;
    std::vector<QUuid> m_listed; ///< the snapshots in the menu
};

} // namespace poolscope
