// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/testrun.h"
#include "model/core/result.h"
#include "model/sampling/taskqueue.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <memory>
#include <vector>

namespace poolscope {

class RecordingWriter;

/// A test that was left before it was done: what is needed to go on with it.
struct KeptTest
{
    QString path; ///< of its file
    TestPool pool = TestPool::Both;
    SamplePtr start; ///< never null
    SamplePtr stop; ///< null: it ran
};

/// Keeps the test of a session in a small recording of its own, so that it can be gone on with after the
/// window was closed or died: the samples at start and stop as snapshots, and their marks. One file a test in
/// one folder; a file that another window has open is left alone. The file of a test that is done goes. Lives
/// on the window's thread; every call returns at once, all disk work is done by a thread of its own, in
/// order. Destruction waits for what was asked before.
class TestKeeper : public QObject
{
    Q_OBJECT

public:
    explicit TestKeeper(const QString &folder, QObject *parent = nullptr);
    ~TestKeeper() override;

    /// Looks for tests that were left; found() follows for the newest, failed() for files that cannot be
    /// read; those stay as they are.
    void load();

    /// The test as it is now; Idle and Done forget it.
    void keep(const TestRun &run);
    /// From now on the file of this test is the session's own.
    void adopt(const KeptTest &test);
    /// Deletes one that was found.
    void discard(const QString &path);

signals:
    void found(const poolscope::KeptTest &test);
    void failed(const poolscope::Error &error);

private:
    class Files;

    void post(std::function<Result<Done>(Files &)> work);

    std::unique_ptr<Files> m_files; ///< used on the disk thread only
    QThread m_thread;
    TaskQueue m_diskQueue; ///< lives on m_thread
    TaskQueue m_windowQueue; ///< lives where the keeper does; brings the results
};

} // namespace poolscope
