// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logtimes.h"

#include <QDialog>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QPushButton;

namespace poolscope {

/// Asks when the samples of a log were taken that does not tell. Window thread.
class LogTimesDialog : public QDialog
{
    Q_OBJECT

public:
    /// `shown`: the times that the window shows now, both known.
    LogTimesDialog(const QString &fileName, const LogTimes &shown, QWidget *parent);

    [[nodiscard]] LogTimes times() const; ///< what stands there; only meaningful when accepted

private:
    void check();

    QDateTimeEdit *m_start;
    QComboBox *m_interval;
    QLabel *m_problem;
    QPushButton *m_ok = nullptr;
};

} // namespace poolscope
