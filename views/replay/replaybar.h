// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/replay/replaysession.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QMenu;
class QStackedLayout;
class QToolButton;

namespace poolscope {

class TimeSlider;

/// "10", "10x", "0.5×": recorded seconds a second, within ReplaySession's bounds; nullopt for anything else.
[[nodiscard]] std::optional<double> speedFromText(QStringView text);

/// The controls of a recording: play, steps, speed, the time slider, follow live, its snapshots. While a file
/// is being opened it says so and offers to cancel. Window thread.
class ReplayBar : public QWidget
{
    Q_OBJECT

public:
    /// `session` must outlive the bar.
    explicit ReplayBar(ReplaySession &session, QWidget *parent = nullptr);

    [[nodiscard]] TimeSlider *slider() const { return m_slider; }

signals:
    void closeWanted();
    void snapshotWanted(const QUuid &id); ///< to be opened
    void comparisonWanted(); ///< of all snapshots of the recording

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QWidget *makeOpening();
    [[nodiscard]] QWidget *makeControls();
    [[nodiscard]] QToolButton *makeButton(
        const QString &name, const QString &icon, const QString &text, const QString &hint);
    [[nodiscard]] QComboBox *makeSpeedBox();
    void connectSlider();
    void showContents();
    void showSnapshots();
    void showStatus(const ReplayStatus &status);
    void chooseSpeed(const QString &text);
    void colorTexts();

    ReplaySession &m_session;
    QStackedLayout *m_pages;
    QLabel *m_opening;
    QToolButton *m_markBack;
    QToolButton *m_stepBack;
    QToolButton *m_play;
    QToolButton *m_stepForward;
    QToolButton *m_markForward;
    QComboBox *m_speed;
    QLabel *m_moment;
    QLabel *m_first;
    QLabel *m_last;
    TimeSlider *m_slider;
    QToolButton *m_follow;
    QToolButton *m_snapshots;
    QMenu *m_snapshotMenu;
    std::vector<QUuid> m_listed; ///< the snapshots in the menu
};

} // namespace poolscope
