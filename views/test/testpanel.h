// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "views/test/testguide.h"

#include <QWidget>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace poolscope {

class AutoPeriodBox;
class PlainTable;
class TestTableModel;

/// The guided test: how far it is, what comes next and why, and what it found. Says what the user wants; who
/// owns the test does it. Its widgets are made when it is first seen. Window thread.
class TestPanel : public QWidget
{
    Q_OBJECT

public:
    /// The window's commands, shown here too: `report` once there is something to report.
    TestPanel(QAction *start, QAction *stop, QAction *report, QWidget *parent = nullptr);

    void setState(const TestState &state);
    void setResult(const TestResult &result);
    void setNumberStyle(NumberStyle style);

    [[nodiscard]] TestPool chosenPool() const;
    void setPeriod(std::optional<std::chrono::milliseconds> period);
    [[nodiscard]] std::optional<std::chrono::milliseconds> period() const;
    [[nodiscard]] TestTableModel *model() const { return m_model; }

signals:
    void periodChanged(std::optional<std::chrono::milliseconds> period);
    void finishWanted();
    void becameVisible();
    void tagActivated(const poolscope::Tag &tag);
    void copied();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeContent();
    void layOut();
    void makeTable();
    [[nodiscard]] QHBoxLayout *makeBar();
    void showState();
    void copyRows();

    QAction *m_start;
    QAction *m_stop;
    QAction *m_reportAction;
    TestTableModel *m_model;
    TestState m_state;
    std::optional<std::chrono::milliseconds> m_periodWanted;
    // Null until first seen.
    PlainTable *m_view = nullptr;
    QLabel *m_headline = nullptr;
    QLabel *m_guide = nullptr;
    QComboBox *m_pool = nullptr;
    QLabel *m_every = nullptr;
    AutoPeriodBox *m_period = nullptr;
    QToolButton *m_report = nullptr;
    QAction *m_finish = nullptr;
};

} // namespace poolscope
