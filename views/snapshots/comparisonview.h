// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/comparison.h"
#include "model/core/numberformat.h"
#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/tables/comparisonmodel.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace poolscope {

class Background;
class PlainTable;

/// Two or more snapshots side by side: one row a tag, one column a snapshot, then change, change per hour,
/// share of growth and remarks (rose in every step, new, gone). The comparison is computed on the thread
/// pool. Window thread.
class ComparisonView : public QWidget
{
    Q_OBJECT

public:
    enum class ExportFormat : quint8
    {
        Json,
        Csv,
        Markdown,
        Text,
    };

    explicit ComparisonView(QWidget *parent = nullptr);
    ~ComparisonView() override;

    /// Starts the comparison; shown() follows when it stands on the screen.
    void setSnapshots(std::vector<Snapshot> snapshots);
    void setMetric(ComparisonModel::Metric metric);
    void setNumberStyle(NumberStyle style);
    [[nodiscard]] const Comparison &comparison() const { return *m_comparison; }
    /// For the title of a dock or tab: "12:03:15 ⇄ 12:33:15".
    [[nodiscard]] QString title() const;

    /// Writes all rows; exported() or failed() follows.
    void exportTo(const QString &path, ExportFormat format);

signals:
    void shown();
    void tagActivated(const poolscope::Tag &tag); ///< double click or Enter on a row
    void exported(const QString &path);
    void copied(); ///< the clipboard holds what was asked for
    void failed(const poolscope::Error &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeActions();
    void makeTable();
    void makeLayout();
    void display(std::shared_ptr<const Comparison> comparison);
    void sizeColumns();
    void updateSummary();
    void updateEmptyText();
    void askExport();
    void copyCells();
    void copyAll(ExportFormat format);
    [[nodiscard]] std::vector<ComparisonRow> rowsToCopy() const;
    void colorWarnings();

    Background *m_background;
    std::shared_ptr<const Comparison> m_comparison;
    ComparisonModel *m_model;
    quint64 m_generation = 0; ///< answers for older snapshots are dropped
    quint64 m_shownGeneration = 0;

    PlainTable *m_view = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_warnings = nullptr;
    QLabel *m_empty = nullptr;
    QLineEdit *m_filter = nullptr;
    QActionGroup *m_metric = nullptr;
    QAction *m_export = nullptr;
    QAction *m_copyCells = nullptr;
    QAction *m_copyText = nullptr;
    QAction *m_copyMarkdown = nullptr;
};

} // namespace poolscope
