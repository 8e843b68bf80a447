// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplefile.h"
#include "model/recording/recordingreader.h"
#include "model/sampling/recorder.h"
#include "model/snapshots/snapshotfolder.h"
#include "model/snapshots/snapshotstore.h"
#include "tests/support/samplemaker.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cstdlib>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestSnapshotStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_folder.reset(); }

    void takenSnapshotsAreOnTheDisk();
    void defaultLabels();
    void listIsByTime();
    void editsAreKept();
    void editDuringSaving();
    void removeAndUndo();
    void removedGoAtTheEnd();
    void emptyRecordingsGo();
    void killedSessionsAreOffered();
    void otherWindowsAreLeftAlone();
    void recordedSessionsKeepTheirsInTheFile();
    void fullRecordingFallsBack();
    void jsonFilesAreTakenOverOnce();
    void damagedFilesAreReportedAndLeft_data();
    void damagedFilesAreReportedAndLeft();
    void manyDamagedFilesAreOneMessage();
    void longNotesAndForeignFiles();
    void copiedFileIsASnapshotOfItsOwn();
    void unwritableFolderKeepsItInMemory();
    void failedEditIsTakenBack();
    void fetchOfALostFileFails();
    void takingWhileLoading();
    void destructionWritesWhatWasAsked();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"deep/snapshots"_s); }
    [[nodiscard]] QStringList files(const QString &pattern = u"*.poolscope"_s) const
    {
        return QDir(path()).entryList({pattern}, QDir::Files, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr int DiedAtOnce = 86; ///< exit code of takeAndDie()

SamplePtr example(qint64 seconds = 0)
{
    return makeSample(
        {{"dentry", PoolType::Paged, held(5, 960 + seconds), {}}, {"a\x01", PoolType::Nonpaged, {}, "d"}},
        seconds);
}

void loadInto(SnapshotStore &store)
{
    QSignalSpy loaded(&store, &SnapshotStore::loaded);
    store.load();
    QVERIFY(loaded.wait());
}

void takeInto(SnapshotStore &store, const SamplePtr &sample, const QString &label = u"label"_s)
{
    QSignalSpy added(&store, &SnapshotStore::added);
    store.take(sample, label);
    QVERIFY(added.wait());
}

QStringList labels(const SnapshotStore &store)
{
    QStringList out;
    for (const SnapshotMeta &meta : store.snapshots())
        out += meta.label;
    return out;
}

} // namespace

void TestSnapshotStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSnapshotStore::takenSnapshotsAreOnTheDisk()
{
    auto sample = makeSample({{"dentry", PoolType::Paged, held(5, 960), {}}});
    sample->system[SystemField::PoolPaged] = Counter(12345);
    QUuid id;
    {
        SnapshotStore store(path());
        QSignalSpy added(&store, &SnapshotStore::added);
        id = store.take(sample, u"before \"tags\": [ test"_s, true);
        QVERIFY(store.snapshots().empty()); // not before it is on the disk
        QVERIFY(added.wait());
        QCOMPARE(added.front().front().toUuid(), id);
        QVERIFY(store.find(id)->isSaved());
        QCOMPARE(files().size(), 1);
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().size(), 1u);
    const SnapshotMeta &meta = store.snapshots().front();
    QCOMPARE(meta.id, id);
    QCOMPARE(meta.label, u"before \"tags\": [ test"_s);
    QVERIFY(meta.automatic);
    QVERIFY(meta.wall == sample->wall);
    QCOMPARE(meta.tagCount, 1);
    QVERIFY(meta.system == sample->system);
    QVERIFY(*meta.origin == *sample->origin);

    QSignalSpy fetched(&store, &SnapshotStore::fetched);
    const quint64 request = store.fetch({id});
    QVERIFY(fetched.wait());
    QCOMPARE(fetched.front()[0].toULongLong(), request);
    const auto snapshots = fetched.front()[1].value<std::vector<Snapshot>>();
    QCOMPARE(snapshots.size(), 1u);
    QVERIFY(snapshots[0].sample->readings == sample->readings);
    QVERIFY(*snapshots[0].sample->tags == *sample->tags);
}

void TestSnapshotStore::defaultLabels()
{
    const WallTime wall = example()->wall;
    QCOMPARE(defaultSnapshotLabel(wall, true), u"auto "_s + defaultSnapshotLabel(wall, false).left(5));
    SnapshotStore store(path());
    takeInto(store, example(), {});
    QCOMPARE(labels(store), QStringList{defaultSnapshotLabel(wall, false)});
}

void TestSnapshotStore::listIsByTime()
{
    const QStringList byTime{u"0"_s, u"10"_s, u"20"_s};
    {
        SnapshotStore store(path());
        for (const qint64 seconds : {20, 0, 10})
            takeInto(store, example(seconds), QString::number(seconds));
        QCOMPARE(labels(store), byTime);
    }
    SnapshotStore other(path());
    loadInto(other);
    QCOMPARE(labels(other), byTime);
}

void TestSnapshotStore::editsAreKept()
{
    {
        SnapshotStore store(path());
        takeInto(store, example());
        const QUuid id = store.snapshots().front().id;
        QSignalSpy changed(&store, &SnapshotStore::changed);
        store.setLabel(id, u"new label"_s);
        store.setNote(id, u"two\nlines"_s);
        QCOMPARE(changed.size(), 2); // at once
        store.setNote(id, u"two\nlines"_s);
        QCOMPARE(changed.size(), 2); // nothing changed
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().front().label, u"new label"_s);
    QCOMPARE(store.snapshots().front().note, u"two\nlines"_s);
    QCOMPARE(files().size(), 1);
}

void TestSnapshotStore::editDuringSaving()
{
    {
        SnapshotStore store(path());
        takeInto(store, example());
        const QUuid id = store.snapshots().front().id;
        for (int i = 0; i < 20; ++i)
            store.setLabel(id, QString::number(i));
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(labels(store), QStringList{u"19"_s});
}

void TestSnapshotStore::removeAndUndo()
{
    SnapshotStore store(path());
    for (const qint64 seconds : {0, 10, 20})
        takeInto(store, example(seconds), QString::number(seconds));
    QSignalSpy removed(&store, &SnapshotStore::removed);
    QSignalSpy added(&store, &SnapshotStore::added);
    const QList<QUuid> ids{store.snapshots()[0].id, store.snapshots()[2].id};
    store.remove(ids);
    QCOMPARE(removed.front().front().value<QList<QUuid>>(), ids);
    QCOMPARE(labels(store), QStringList{u"10"_s});
    QCOMPARE(store.undoCount(), 2);
    store.remove({store.snapshots()[0].id});
    QCOMPARE(store.undoCount(), 1);
    store.undoRemove();
    QTRY_COMPARE(labels(store), QStringList{u"10"_s});
    store.undoRemove();
    QTRY_COMPARE(labels(store), (QStringList{u"0"_s, u"10"_s, u"20"_s}));
    QCOMPARE(store.undoCount(), 0);
    store.undoRemove(); // nothing to undo
    store.remove({QUuid::createUuid()}); // no such snapshot
    QCOMPARE(store.undoCount(), 0);
}

void TestSnapshotStore::removedGoAtTheEnd()
{
    {
        SnapshotStore store(path());
        takeInto(store, example(), u"a"_s);
        takeInto(store, example(10), u"b"_s);
        store.remove({store.snapshots()[0].id});
    }
    {
        SnapshotStore store(path());
        loadInto(store);
        QCOMPARE(labels(store), QStringList{u"b"_s});
        takeInto(store, example(20), u"c"_s);
        store.remove({store.snapshots()[0].id}); // of the session before
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(labels(store), QStringList{u"c"_s});
    QCOMPARE(files().size(), 1);
}

void TestSnapshotStore::emptyRecordingsGo()
{
    {
        SnapshotStore store(path());
        takeInto(store, example());
        QCOMPARE(files().size(), 1);
        store.remove({store.snapshots()[0].id});
    }
    QCOMPARE(files(u"*"_s), QStringList());
}

void TestSnapshotStore::killedSessionsAreOffered()
{
#ifdef __SANITIZE_THREAD__
    QSKIP("ThreadSanitizer ends a program of several threads that forks");
#else
    for (int round = 1; round <= 3; ++round) {
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"POOLSCOPE_TEST_KILLED_IN"_s, path());
        child.setProcessEnvironment(environment);
        child.start(QCoreApplication::applicationFilePath());
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitCode(), DiedAtOnce);
        SnapshotStore store(path());
        QSignalSpy failed(&store, &SnapshotStore::failed);
        loadInto(store);
        QCOMPARE(store.snapshots().size(), 0u);
        QCOMPARE(store.lost().size(), size_t(round)); // offered as long as nobody answers
        QCOMPARE(store.lost().front().count, 1);
        QCOMPARE(failed.size(), 0);
    }
    {
        SnapshotStore store(path());
        loadInto(store);
        store.adoptLost(store.lost()[0].path);
        QTRY_COMPARE(store.snapshots().size(), 1u);
        QCOMPARE(store.lost().size(), 2u);
        QSignalSpy fetched(&store, &SnapshotStore::fetched);
        store.fetch({store.snapshots()[0].id});
        QVERIFY(fetched.wait());
        QCOMPARE(fetched.front()[1].value<std::vector<Snapshot>>().front().sample->readings.size(), 5000u);
        store.discardLost(store.lost()[0].path);
        QTRY_COMPARE(store.lost().size(), 1u);
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().size(), 1u); // what was opened is there from now on
    QCOMPARE(store.lost().size(), 1u);
    QCOMPARE(files().size(), 2);
#endif
}

void TestSnapshotStore::otherWindowsAreLeftAlone()
{
    SnapshotStore first(path());
    takeInto(first, example(0), u"first"_s);
    SnapshotStore second(path());
    QSignalSpy failed(&second, &SnapshotStore::failed);
    loadInto(second);
    QCOMPARE(labels(second), QStringList());
    QCOMPARE(second.lost().size(), 0u);
    takeInto(second, example(1), u"second"_s);
    QCOMPARE(labels(second), QStringList{u"second"_s});
    QCOMPARE(failed.size(), 0);
    QCOMPARE(files().size(), 2);
}

namespace {

QStringList labelsIn(const QString &recording)
{
    QStringList out;
    const auto reader = RecordingReader::open(recording);
    if (reader.ok()) {
        for (const SnapshotMeta &meta : reader.value()->info().snapshots)
            out += meta.label;
    }
    return out;
}

} // namespace

void TestSnapshotStore::recordedSessionsKeepTheirsInTheFile()
{
    const QString recording = m_folder->filePath(u"run.poolscope"_s);
    Recorder recorder([](const RecordingStatus &) {});
    {
        SnapshotStore store(path(), &recorder);
        takeInto(store, example(0), u"before"_s);
        recorder.start(recording);
        QTRY_COMPARE(recorder.status().state, RecordingState::Recording);
        store.followRecording(recording);
        takeInto(store, example(10), u"during"_s);
        QCOMPARE(labelsIn(recording), (QStringList{u"before"_s, u"during"_s}));
        QTRY_COMPARE(store.snapshots()[0].fileName, recording);
        store.setLabel(store.snapshots()[0].id, u"renamed"_s);
        QTRY_COMPARE(labelsIn(recording), (QStringList{u"renamed"_s, u"during"_s}));
        recorder.stop();
        QTRY_COMPARE(recorder.status().state, RecordingState::Off);
        // The file is still where they are, and the next one is kept elsewhere.
        store.setNote(store.snapshots()[1].id, u"note"_s);
        takeInto(store, example(20), u"after"_s);
        QCOMPARE(labelsIn(recording), (QStringList{u"renamed"_s, u"during"_s}));
        QSignalSpy fetched(&store, &SnapshotStore::fetched);
        store.fetch({store.snapshots()[0].id, store.snapshots()[2].id});
        QVERIFY(fetched.wait());
        const auto whole = fetched.front()[1].value<std::vector<Snapshot>>();
        QCOMPARE(whole[0].label, u"renamed"_s);
        QVERIFY(whole[0].sample->readings == example(0)->readings);
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(labels(store), QStringList{u"after"_s});
}

void TestSnapshotStore::fullRecordingFallsBack()
{
    // A recorder that is on for another file than the disk has: nothing can be written to it.
    Recorder recorder([](const RecordingStatus &) {},
        [](const QString &) -> Result<std::unique_ptr<RecordingSink>> { return Error{}; });
    recorder.start(m_folder->filePath(u"no.poolscope"_s));
    SnapshotStore store(path(), &recorder);
    takeInto(store, example(0), u"kept"_s);
    QVERIFY(store.snapshots()[0].isSaved());
    QCOMPARE(files().size(), 1);
}

void TestSnapshotStore::jsonFilesAreTakenOverOnce()
{
    const SnapshotFolder old(path());
    std::vector<Snapshot> kept;
    for (int i = 0; i < 3; ++i) {
        kept.push_back(makeSnapshot(u"old %1"_s.arg(i), {{"dentry", PoolType::Paged, held(5, 960), {}}}, i));
        QVERIFY(old.save(kept.back()).ok());
    }
    for (int round = 0; round < 2; ++round) {
        SnapshotStore store(path());
        QSignalSpy failed(&store, &SnapshotStore::failed);
        loadInto(store);
        QCOMPARE(labels(store), (QStringList{u"old 0"_s, u"old 1"_s, u"old 2"_s}));
        QCOMPARE(store.snapshots()[1].id, kept[1].id);
        QCOMPARE(failed.size(), 0);
        QCOMPARE(files(u"*.json"_s).size(), 0);
        QCOMPARE(QDir(path() + u"/taken-over"_s).entryList({u"*.json"_s}, QDir::Files).size(), 3);
        QCOMPARE(files().size(), 1);
    }
}

void TestSnapshotStore::damagedFilesAreReportedAndLeft_data()
{
    QTest::addColumn<int>("keep"); // bytes of the file; negative: from its end
    QTest::newRow("empty") << 0;
    QTest::newRow("only the head's beginning") << 40;
    QTest::newRow("in the tags") << -30;
}

void TestSnapshotStore::damagedFilesAreReportedAndLeft()
{
    QFETCH(int, keep);
    const SnapshotFolder old(path());
    QVERIFY(old.save(makeSnapshot(u"damaged"_s, {}, 0)).ok());
    QVERIFY(old.save(makeSnapshot(u"whole"_s, {}, 10)).ok());
    const QString name = files(u"*.json"_s).front();
    QFile file(path() + u'/' + name);
    QVERIFY(file.resize(keep >= 0 ? keep : file.size() + keep));
    const qint64 size = file.size();

    SnapshotStore store(path());
    QSignalSpy failed(&store, &SnapshotStore::failed);
    loadInto(store);
    QCOMPARE(labels(store), QStringList{u"whole"_s});
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.front().front().value<Error>();
    QCOMPARE(error.kind, ErrorKind::BadInput);
    QVERIFY2(error.where.contains(name), qPrintable(error.text()));
    QVERIFY(!error.whatToDo.isEmpty());
    QCOMPARE(QFileInfo(file.fileName()).size(), size);
}

void TestSnapshotStore::manyDamagedFilesAreOneMessage()
{
    QVERIFY(QDir().mkpath(path()));
    for (int i = 0; i < 9; ++i) {
        QFile file(path() + u"/%1.json"_s.arg(i));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{") == 1);
    }
    SnapshotStore store(path());
    QSignalSpy failed(&store, &SnapshotStore::failed);
    loadInto(store);
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.front().front().value<Error>();
    QVERIFY(error.what.contains(u"9 snapshot files"));
    QVERIFY(error.where.contains(u"0.json") && error.where.contains(u"4 more"));
}

void TestSnapshotStore::longNotesAndForeignFiles()
{
    {
        SnapshotStore store(path());
        takeInto(store, example());
        store.setNote(store.snapshots().front().id, QString(100'000, u'n'));
    }
    QVERIFY(exportSnapshots(
        std::vector{makeSnapshot(u"x"_s, {}, 99)}, SampleFormat::Json, path() + u"/mine.json"_s)
                .ok());
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().size(), 2u);
    QCOMPARE(store.snapshots()[0].note.size(), 100'000);
    QCOMPARE(store.snapshots()[0].tagCount, 2);
    QCOMPARE(store.snapshots()[1].label, u"x"_s);
}

void TestSnapshotStore::copiedFileIsASnapshotOfItsOwn()
{
    QVERIFY(SnapshotFolder(path()).save(makeSnapshot(u"x"_s, {}, 1)).ok());
    QVERIFY(QFile::copy(path() + u'/' + files(u"*.json"_s).front(), path() + u"/copy.json"_s));
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().size(), 2u);
    QVERIFY(store.snapshots()[0].id != store.snapshots()[1].id);
}

void TestSnapshotStore::unwritableFolderKeepsItInMemory()
{
    // A file where the folder should be: fails for root as well.
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QFile obstacle(path());
    QVERIFY(obstacle.open(QIODevice::WriteOnly));

    SnapshotStore store(path());
    loadInto(store);
    QSignalSpy failed(&store, &SnapshotStore::failed);
    takeInto(store, example(), u"first"_s);
    QCOMPARE(failed.size(), 1);
    const auto error = failed.front().front().value<Error>();
    QCOMPARE(error.kind, ErrorKind::WriteFailed);
    QVERIFY(error.where.contains(u"snapshots"));
    const QUuid id = store.snapshots().front().id;
    QVERIFY(!store.find(id)->isSaved());

    // It can be read, edited, removed and brought back all the same.
    store.setLabel(id, u"edited"_s);
    store.remove({id});
    store.undoRemove();
    QSignalSpy fetched(&store, &SnapshotStore::fetched);
    store.fetch({id});
    QVERIFY(fetched.wait());
    QCOMPARE(fetched.front()[1].value<std::vector<Snapshot>>().front().label, u"edited"_s);

    // With the next one it is tried again.
    QVERIFY(obstacle.remove());
    takeInto(store, example(10), u"second"_s);
    QTRY_VERIFY(store.find(id)->isSaved());
    QCOMPARE(files().size(), 1);
}

void TestSnapshotStore::failedEditIsTakenBack()
{
    SnapshotStore store(path());
    takeInto(store, example(), u"old"_s);
    if (!QFile::remove(path() + u'/' + files().front()))
        QSKIP("this system does not let go of a file that is open");
    QSignalSpy failed(&store, &SnapshotStore::failed);
    store.setLabel(store.snapshots().front().id, u"new"_s);
    QVERIFY(failed.wait());
    QCOMPARE(labels(store), QStringList{u"old"_s});
}

void TestSnapshotStore::fetchOfALostFileFails()
{
    SnapshotStore store(path());
    takeInto(store, example(), u"old"_s);
    const QString name = files().front();
    if (!QFile::remove(path() + u'/' + name))
        QSKIP("this system does not let go of a file that is open");
    QSignalSpy failed(&store, &SnapshotStore::failed);
    QSignalSpy fetched(&store, &SnapshotStore::fetched);
    store.fetch({store.snapshots().front().id});
    QVERIFY(failed.wait());
    QVERIFY(failed.front().front().value<Error>().where.contains(name));
    QCOMPARE(fetched.size(), 0);
}

void TestSnapshotStore::takingWhileLoading()
{
    {
        SnapshotStore store(path());
        takeInto(store, example(0), u"old"_s);
    }
    SnapshotStore store(path());
    QSignalSpy loaded(&store, &SnapshotStore::loaded);
    QSignalSpy added(&store, &SnapshotStore::added);
    store.take(example(10), u"before"_s);
    store.load();
    store.take(example(20), u"after"_s);
    QTRY_COMPARE(added.size(), 2);
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(labels(store), (QStringList{u"old"_s, u"before"_s, u"after"_s}));
}

void TestSnapshotStore::destructionWritesWhatWasAsked()
{
    {
        SnapshotStore store(path());
        for (int i = 0; i < 20; ++i)
            store.take(example(i));
    }
    SnapshotStore store(path());
    loadInto(store);
    QCOMPARE(store.snapshots().size(), 20u);
}

/// The other program of killedSessionsAreOffered(): takes one and is gone as soon as it is said to be kept,
/// with nothing tidied up or written on the way out.
static int takeAndDie(const QString &folder)
{
    std::vector<Row> rows;
    for (int i = 0; i < 5000; ++i)
        rows.push_back({"tag" + QByteArray::number(i), PoolType::Paged, held(i, i), {}});
    SnapshotStore store(folder);
    QObject::connect(&store, &SnapshotStore::added, [] { std::_Exit(DiedAtOnce); });
    store.take(makeSample(rows, QRandomGenerator::global()->bounded(100'000)));
    return QCoreApplication::exec();
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (const QString folder = qEnvironmentVariable("POOLSCOPE_TEST_KILLED_IN"); !folder.isEmpty())
        return takeAndDie(folder);
    TestSnapshotStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_snapshotstore.moc"
