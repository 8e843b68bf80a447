// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <chrono>
#include <optional>

class QCheckBox;
class QSpinBox;

namespace poolscope {

/// "[x] every [30 min]": whether and how often snapshots are taken by themselves; 1 minute to 24 hours.
class AutoPeriodBox : public QWidget
{
    Q_OBJECT

public:
    explicit AutoPeriodBox(QWidget *parent = nullptr);

    /// nullopt: off; the minutes stay for the next time. Does not emit.
    void setPeriod(std::optional<std::chrono::milliseconds> period);
    [[nodiscard]] std::optional<std::chrono::milliseconds> period() const;

signals:
    void periodChanged(std::optional<std::chrono::milliseconds> period);

private:
    QCheckBox *m_on;
    QSpinBox *m_minutes;
};

} // namespace poolscope
