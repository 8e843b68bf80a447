// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QComboBox>

#include <chrono>

namespace poolscope {

/// Choice of the sampling interval: common ones to pick, any duration to type ("750ms", "90s", "5m").
class IntervalBox : public QComboBox
{
    Q_OBJECT

public:
    explicit IntervalBox(QWidget *parent = nullptr);

    [[nodiscard]] std::chrono::milliseconds interval() const { return m_interval; }
    /// Shows an interval without a signal.
    void setInterval(std::chrono::milliseconds interval);
    /// A source that keeps its own pace: nothing to choose, the tool tip says why.
    void setPaceFixed(bool isFixed);

signals:
    void intervalChosen(std::chrono::milliseconds interval);
    /// What was typed is no duration between 250 ms and 1 h; the box shows the old interval again.
    void refused(const QString &text);

private:
    void take(const QString &text);

    std::chrono::milliseconds m_interval{0};
};

} // namespace poolscope
