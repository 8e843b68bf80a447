// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartexport.h"
#include "views/chart/chartsettings.h"

#include <QWidget>

#include <optional>
#include <vector>

QT_FORWARD_DECLARE_CLASS(QAction)
QT_FORWARD_DECLARE_CLASS(QComboBox)
QT_FORWARD_DECLARE_CLASS(QToolButton)

namespace poolscope {

/// The row above the chart: metric, view, range, follow live, export. Shows what it is told and only emits
/// what the user chooses.
class ChartControls : public QWidget
{
    Q_OBJECT

public:
    explicit ChartControls(QWidget *parent = nullptr);

    void setSettings(const ChartSettings &settings);
    /// `span`: length of the window that follows, nullopt the whole session; no preset button stays down
    /// while the chart does not follow.
    void setFollowing(bool following, std::optional<std::chrono::nanoseconds> span);
    /// In a recording the chart follows the moment shown, not the newest sample.
    void setRecording(bool isRecording);
    [[nodiscard]] QList<QAction *> exportActions() const;

signals:
    void metricChosen(poolscope::Metric metric);
    void baseChosen(poolscope::ChangeBase base);
    void rangeChosen(std::optional<std::chrono::seconds> range);
    void followChosen(bool following);
    void exportChosen(poolscope::ChartFormat format);

private:
    QComboBox *m_metricBox = nullptr;
    QComboBox *m_baseBox = nullptr;
    std::vector<QToolButton *> m_rangeButtons;
    QToolButton *m_followButton = nullptr;
    QToolButton *m_exportButton = nullptr;
};

} // namespace poolscope
