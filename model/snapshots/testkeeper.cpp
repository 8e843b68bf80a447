// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/snapshots/testkeeper.h"

#include "model/core/binarysemaphore.h"
#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"
#include "model/recording/writerlock.h"
#include "model/snapshots/folderrecording.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView StartLabel("test start");
constexpr QLatin1StringView StopLabel("test stop");

Result<Done> deleteFile(const QString &path)
{
    for (const QString &beside : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + beside);
    QFile file(path);
    if (file.remove() || !file.exists())
        return Done{};
    return Error{ErrorKind::WriteFailed,
        u"cannot delete the test that is done (%1)"_s.arg(file.errorString()), QDir::toNativeSeparators(path),
        u"allow writing to the folder"_s};
}

SamplePtr snapshotNamed(RecordingReader &reader, QLatin1StringView label)
{
    for (const SnapshotMeta &meta : reader.info().snapshots) {
        if (meta.label != label)
            continue;
        if (const Result<Snapshot> snapshot = reader.snapshot(meta.id))
            return snapshot.value().sample;
    }
    return nullptr;
}

} // namespace

/// The disk thread's side.
class TestKeeper::Files
{
public:
    explicit Files(QString folder)
        : m_folder(std::move(folder))
    {
    }

    struct Left
    {
        std::optional<KeptTest> newest;
        std::vector<Error> damaged; ///< files that cannot be read; they stay as they are
    };
    Left left();
    Result<Done> keep(const TestRun &run);
    Result<Done> adopt(const KeptTest &test);
    Result<Done> discard(const QString &path);
    void close();

private:
    Result<std::optional<KeptTest>> read(const QString &path);
    Result<Done> openOwn(const TestRun &run);
    Result<Done> forgetOwn();

    QString m_folder;
    std::unique_ptr<RecordingWriter> m_own; ///< of the test at hand; null: none
    SamplePtr m_start; ///< what it holds
    SamplePtr m_stop;
};

/// nullopt: another window's, or one that died before it had written anything.
Result<std::optional<KeptTest>> TestKeeper::Files::read(const QString &path)
{
    const auto lock = WriterLock::acquire(path);
    if (!lock)
        return std::optional<KeptTest>();
    const auto reader = RecordingReader::open(path);
    if (!reader)
        return reader.error();
    KeptTest test;
    test.path = path;
    test.start = snapshotNamed(*reader.value(), StartLabel);
    test.stop = snapshotNamed(*reader.value(), StopLabel);
    if (!test.start)
        return std::optional<KeptTest>();
    for (const Mark &mark : reader.value()->info().marks) {
        if (mark.kind == MarkKind::TestStart)
            test.pool = testPoolFrom(mark.text);
    }
    return std::optional(test);
}

TestKeeper::Files::Left TestKeeper::Files::left()
{
    Left left;
    // By name, which begins with the time.
    const auto order = QDir::Name | QDir::Reversed;
    for (const QFileInfo &file : QDir(m_folder).entryInfoList({u"*.poolscope"_s}, QDir::Files, order)) {
        if (m_own && m_own->path() == file.absoluteFilePath())
            continue;
        auto test = read(file.absoluteFilePath());
        if (!test)
            left.damaged.push_back(test.error());
        else if (test.value() && !left.newest)
            left.newest = std::move(test).value();
    }
    return left;
}

Result<Done> TestKeeper::Files::openOwn(const TestRun &run)
{
    if (m_own && m_start == run.startSample())
        return Done{};
    if (auto forgotten = forgetOwn(); !forgotten)
        return forgotten;
    auto opened = makeRecordingIn(m_folder, u"tests"_s);
    if (!opened)
        return opened.error();
    m_own = std::move(opened).value();
    m_start = run.startSample();
    m_own->putSnapshot({QUuid::createUuid(), StartLabel, {}, true, m_start});
    m_own->addMark({m_start->wall, MarkKind::TestStart, QString::fromLatin1(testPoolWord(run.pool()))});
    return Done{};
}

Result<Done> TestKeeper::Files::keep(const TestRun &run)
{
    if (run.stage() != TestStage::Running && run.stage() != TestStage::After)
        return forgetOwn();
    if (auto opened = openOwn(run); !opened)
        return opened;
    if (run.stopSample() && m_stop != run.stopSample()) {
        m_stop = run.stopSample();
        m_own->putSnapshot({QUuid::createUuid(), StopLabel, {}, true, m_stop});
        m_own->addMark({m_stop->wall, MarkKind::TestStop, {}});
    }
    return m_own->flush();
}

Result<Done> TestKeeper::Files::adopt(const KeptTest &test)
{
    auto opened = RecordingWriter::open(test.path);
    if (!opened)
        return opened.error();
    if (auto forgotten = forgetOwn(); !forgotten)
        return forgotten;
    m_own = std::move(opened).value();
    m_start = test.start;
    m_stop = test.stop;
    return Done{};
}

Result<Done> TestKeeper::Files::discard(const QString &path)
{
    const auto lock = WriterLock::acquire(path);
    return lock ? deleteFile(path) : Result<Done>(lock.error());
}

Result<Done> TestKeeper::Files::forgetOwn()
{
    if (!m_own)
        return Done{};
    const QString path = m_own->path();
    close();
    return deleteFile(path);
}

void TestKeeper::Files::close()
{
    if (m_own)
        (void)m_own->close(); // what was flushed is safe, and there is nothing else
    m_own.reset();
    m_start.reset();
    m_stop.reset();
}

TestKeeper::TestKeeper(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_files(std::make_unique<Files>(folder))
{
    m_diskQueue.moveToThread(&m_thread);
    m_thread.setObjectName(u"tests"_s);
    m_thread.start();
}

TestKeeper::~TestKeeper()
{
    // Posted last, so everything asked before is done first. The semaphore shows ThreadSanitizer what
    // QThread::wait() keeps to itself.
    BinarySemaphore done(false);
    m_diskQueue.post([this, &done] {
        m_files->close();
        QThread::currentThread()->quit();
        done.release();
    });
    done.acquire();
    m_thread.wait();
}

void TestKeeper::post(std::function<Result<Done>(Files &)> work)
{
    m_diskQueue.post([this, work = std::move(work)] {
        const Result<Done> result = work(*m_files);
        if (!result)
            m_windowQueue.post([this, error = result.error()] { emit failed(error); });
    });
}

void TestKeeper::load()
{
    m_diskQueue.post([this] {
        const Files::Left left = m_files->left();
        if (left.newest)
            m_windowQueue.post([this, test = *left.newest] { emit found(test); });
        for (const Error &error : left.damaged)
            m_windowQueue.post([this, error] { emit failed(error); });
    });
}

void TestKeeper::keep(const TestRun &run)
{
    post([run](Files &files) { return files.keep(run); });
}

void TestKeeper::adopt(const KeptTest &test)
{
    post([test](Files &files) { return files.adopt(test); });
}

void TestKeeper::discard(const QString &path)
{
    post([path](Files &files) { return files.discard(path); });
}

} // namespace poolscope
