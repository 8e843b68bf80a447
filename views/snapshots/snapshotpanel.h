// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/formats/samplefile.h"

#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;

namespace poolscope {

class AutoPeriodBox;
class Background;
class PlainTable;
class SnapshotListModel;
class SnapshotStore;
class UndoBar;

/// The dock "Snapshots": the list of what is kept, with everything that can be done to it. Taking is the
/// window's business (it has the sample): takeRequested() asks for it. Disk and format work never runs on
/// the window's thread. Window thread; the store outlives the panel.
class SnapshotPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SnapshotPanel(SnapshotStore *store, QWidget *parent = nullptr);
    ~SnapshotPanel() override;

    /// Shows the period as on or off without emitting; the window calls it with what the settings remember.
    void setAutoPeriod(std::optional<std::chrono::milliseconds> period);
    [[nodiscard]] std::optional<std::chrono::milliseconds> autoPeriod() const;
    /// Whether a sample is there to be taken.
    void setTakeEnabled(bool enabled);
    void setNumberStyle(NumberStyle style);

    /// Compares what is selected, or the last two when less than two are.
    void compare();
    [[nodiscard]] QList<QUuid> selectedIds() const; ///< oldest first
    /// Writes the selected ones, or all when none is, into a file; exported() or failed() follows.
    void exportTo(const QString &path, SampleFormat format);

signals:
    void takeRequested();
    void autoPeriodChanged(std::optional<std::chrono::milliseconds> period);
    void openRequested(const poolscope::Snapshot &snapshot);
    /// Two or more, oldest first.
    void compareRequested(const std::vector<poolscope::Snapshot> &snapshots);
    void exported(const QString &path);
    void copied(); ///< the clipboard holds what was asked for
    void failed(const poolscope::Error &error);

private:
    enum class Purpose : quint8
    {
        Open,
        Compare,
        Export,
        CopyText,
        CopyMarkdown,
    };
    struct Errand
    {
        quint64 request = 0;
        Purpose purpose = Purpose::Open;
        QString path;
        SampleFormat format = SampleFormat::Json;
    };

    void makeActions();
    void makeList();
    void makeLayout();
    [[nodiscard]] QWidget *makeNoteEditor();
    void updateActions();
    void showNote();
    void storeNote();
    void askExport();
    void fetch(Purpose purpose, const QList<QUuid> &ids, const QString &path = {}, SampleFormat format = {});
    void finish(quint64 request, const std::vector<Snapshot> &snapshots);
    void deliver(const Errand &errand, const std::vector<Snapshot> &snapshots);
    void copy(const std::vector<Snapshot> &snapshots, Purpose purpose);
    [[nodiscard]] QUuid currentId() const;

    SnapshotStore *m_store;
    SnapshotListModel *m_model;
    Background *m_background;
    std::vector<Errand> m_errands;
    QUuid m_noteId; ///< whose note is being edited
    QTimer m_noteTimer; ///< runs while the editor is ahead of the store

    PlainTable *m_view = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    QLineEdit *m_filter = nullptr;
    QPlainTextEdit *m_note = nullptr;
    AutoPeriodBox *m_period = nullptr;
    UndoBar *m_undoBar = nullptr;
    QAction *m_take = nullptr;
    QAction *m_open = nullptr;
    QAction *m_compare = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
    QAction *m_export = nullptr;
    QAction *m_copyText = nullptr;
    QAction *m_copyMarkdown = nullptr;
};

} // namespace poolscope
