// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/recording/randomstream.h"
#include "tests/model/recording/recordingtools.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>

#if defined(Q_OS_UNIX)
#include <sys/resource.h>
#endif

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 Seed = 7;

/// A writer as a process of its own: appends the samples of RandomStream(Seed) and says how many of them a
/// flush has acknowledged, until it is killed.
int writeForever(const QString &path, int perFlush)
{
    Result<std::unique_ptr<RecordingWriter>> opened = RecordingWriter::open(path);
    if (!opened) {
        std::printf("refused\n");
        return opened.error().kind == ErrorKind::WriteFailed ? 5 : 4;
    }
    RecordingWriter &writer = *opened.value();
    RandomStream stream(Seed);
    for (int samples = 1;; ++samples) {
        const RandomStream::Item item = stream.next();
        writer.append(item.sample, item.afterGap);
        if (samples % perFlush == 0) {
            if (!writer.flush())
                return 1;
            std::printf("%d\n", samples);
            std::fflush(stdout);
        }
    }
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void fill(RecordingWriter &writer, RandomStream &stream, std::vector<RandomStream::Item> &items, int count)
{
    for (int i = 0; i < count; ++i) {
        items.push_back(stream.next());
        writer.append(items.back().sample, items.back().afterGap);
    }
}

bool holds(RecordingReader &reader, const std::vector<RandomStream::Item> &items, size_t from = 0)
{
    size_t next = from;
    const bool read = ok(reader.forEachSample(
        0, reader.axis().size(), [&](RecordingReader::Index, const SamplePtr &sample, TimeAxis::Joint) {
            return next < items.size() && sameSample(*sample, *items[next].sample) && ++next > 0;
        }));
    if (next - from != reader.axis().size())
        qWarning() << "differs at" << next;
    return read && next - from == reader.axis().size();
}

} // namespace

class TestRecordingLife : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"r.poolscope"_s);
    }
    void refusesASecondWriter();
    void refusesWhatIsNewerOrNotOurs();
    void readsWhileItIsWritten();
    void segmentsKeepBootsApart();
    void readsFromAFolderThatCannotBeWritten();
    void survivesBeingKilled();
    void rotates_data();
    void rotates();
    void keepsSnapshotsOfWhatRotationDropped();
    void waitsWhileTheDiskIsFull();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestRecordingLife::refusesASecondWriter()
{
    std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
    QVERIFY(writer);
    const Result<std::unique_ptr<RecordingWriter>> second = RecordingWriter::open(m_path);
    QVERIFY(!second.ok());
    QCOMPARE(second.error().kind, ErrorKind::WriteFailed);
    QVERIFY(second.error().text().contains(u"another program is recording into this file"));

    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {u"--writer"_s, m_path, u"1"_s});
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitCode(), 5);
    // Through another name of the folder, too.
    const QString link = m_folder->filePath(u"link"_s);
    if (QFile::link(m_path, link))
        QVERIFY(!RecordingWriter::open(link).ok());

    QVERIFY(ok(writer->close()));
    QVERIFY(writerFor(m_path));
}

void TestRecordingLife::refusesWhatIsNewerOrNotOurs()
{
    {
        RandomStream stream(Seed);
        std::vector<RandomStream::Item> items;
        const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
        QVERIFY(writer);
        fill(*writer, stream, items, 50);
        QVERIFY(ok(writer->close()));
    }
    QByteArray newer = contentOf(m_path);
    QCOMPARE(newer.mid(60, 4), QByteArray("\0\0\0\1", 4)); // "user version" of SQLite's header
    newer[63] = 2;
    const std::vector<std::pair<QString, QByteArray>> files = {{u"newer"_s, newer},
        {u"text"_s, "some text\n"}, {u"noise"_s, QByteArray(20'000, '\x5a')},
        {u"sqlite"_s, QByteArray("SQLite format 3\0", 16)}};
    for (const auto &[name, bytes] : files) {
        const QString path = m_folder->filePath(name);
        write(path, bytes);
        const Result<std::unique_ptr<RecordingWriter>> writer = RecordingWriter::open(path);
        QVERIFY2(!writer.ok(), qPrintable(name));
        QCOMPARE(writer.error().kind, ErrorKind::BadInput);
        const Result<std::unique_ptr<RecordingReader>> reader = RecordingReader::open(path);
        QVERIFY2(!reader.ok(), qPrintable(name));
        QCOMPARE(reader.error().kind, ErrorKind::BadInput);
        if (name == u"newer") {
            QVERIFY(writer.error().text().contains(u"newer"));
            QVERIFY(reader.error().text().contains(u"newer"));
        }
        QCOMPARE(contentOf(path), bytes);
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), qsizetype(files.size()) + 1);
    QVERIFY(!RecordingReader::open(m_folder->filePath(u"missing"_s)).ok());
    QVERIFY(!RecordingWriter::open(m_folder->filePath(u"missing/folder"_s)).ok());
}

void TestRecordingLife::readsWhileItIsWritten()
{
    RandomStream stream(Seed, 20);
    std::vector<RandomStream::Item> items;
    const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
    QVERIFY(writer);
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    std::mt19937 random(3);
    while (items.size() < 6000) {
        const size_t before = items.size();
        fill(*writer, stream, items, static_cast<int>(random() % 200));
        QVERIFY(ok(writer->flush()));
        if (random() % 4 == 0)
            continue;
        const Result<RecordingReader::Refreshed> refreshed = reader->refresh();
        QVERIFY(refreshed.ok());
        QVERIFY(!refreshed.value().renumbered);
        QVERIFY(refreshed.value().added >= items.size() - before);
        QCOMPARE(reader->info().damage, QStringList());
        QCOMPARE(reader->axis().size(), items.size());
        const auto index = static_cast<RecordingReader::Index>(random() % items.size());
        const Result<SamplePtr> sample = reader->sampleAt(index);
        QVERIFY(sample.ok());
        QVERIFY(sameSample(*sample.value(), *items[index].sample));
    }
    QVERIFY(ok(writer->close()));
    QVERIFY(reader->refresh().ok());
    QVERIFY(holds(*reader, items));
    QCOMPARE(reader->info().damage, QStringList());
    const std::unique_ptr<RecordingReader> fresh = readerFor(m_path);
    QVERIFY(fresh);
    QVERIFY(holds(*fresh, items));
    QCOMPARE(reader->rows().size(), fresh->rows().size());
    for (size_t i = 0; i < fresh->rows().size(); ++i) {
        QCOMPARE(reader->rows()[i].first, fresh->rows()[i].first);
        QCOMPARE(*reader->rows()[i].ids, *fresh->rows()[i].ids);
    }
}

void TestRecordingLife::segmentsKeepBootsApart()
{
    const std::vector<Row> rows = {{"Proc", PoolType::Nonpaged, held(1, 2), {}}};
    for (int opening = 0; opening < 2; ++opening) {
        const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
        QVERIFY(writer);
        for (int i = 0; i < 10; ++i) {
            const std::shared_ptr<Sample> sample = makeSample(rows, opening * 100 + i);
            if (i >= 5) {
                Origin origin = *sample->origin;
                origin.bootId = u"other boot"_s;
                sample->origin = std::make_shared<const Origin>(origin);
            }
            writer->append(sample, false);
        }
        QVERIFY(ok(writer->close()));
    }
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    QCOMPARE(reader->info().segments.size(), size_t(4));
    for (TimeAxis::Index i = 0; i < 4; ++i) {
        QCOMPARE(reader->info().segments[i].first, i * 5);
        QCOMPARE(reader->info().segments[i].count, TimeAxis::Index(5));
        QCOMPARE(reader->info().segments[i].origin->bootId, i % 2 == 0 ? u"boot"_s : u"other boot"_s);
        if (i > 0)
            QCOMPARE(reader->jointAt(i * 5), TimeAxis::Joint::NewSegment);
    }
}

void TestRecordingLife::readsFromAFolderThatCannotBeWritten()
{
    RandomStream stream(Seed);
    std::vector<RandomStream::Item> items;
    const QString folder = m_folder->filePath(u"medium"_s);
    QVERIFY(QDir().mkdir(folder));
    {
        const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
        QVERIFY(writer);
        fill(*writer, stream, items, 100);
        QVERIFY(ok(writer->flush()));
        // As a crash leaves it, and copied in that state.
        QVERIFY(QFile::copy(m_path, folder + u"/crashed.poolscope"));
        QVERIFY(QFile::copy(m_path + u"-wal", folder + u"/crashed.poolscope-wal"));
        QVERIFY(ok(writer->close()));
        QVERIFY(QFile::copy(m_path, folder + u"/whole.poolscope"));
    }
    const QStringList before = QDir(folder).entryList(QDir::Files);
    const auto permit = [&](QFile::Permissions permissions) {
        return QFile::setPermissions(folder, permissions);
    };
    QVERIFY(permit(QFile::ReadOwner | QFile::ExeOwner));
    for (const QString &name : {u"/whole.poolscope"_s, u"/crashed.poolscope"_s}) {
        const QByteArray bytes = contentOf(folder + name);
        const std::unique_ptr<RecordingReader> reader = readerFor(folder + name);
        QVERIFY(reader);
        QVERIFY(holds(*reader, items));
        QCOMPARE(reader->info().damage, QStringList());
        QCOMPARE(contentOf(folder + name), bytes);
    }
    QVERIFY(permit(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(QDir(folder).entryList(QDir::Files).size() <= before.size() + 1); // root may write anywhere
}

void TestRecordingLife::survivesBeingKilled()
{
    std::mt19937 random(11);
    RandomStream stream(Seed);
    std::vector<RandomStream::Item> items;
    const int kills = repetitions("POOLSCOPE_TEST_KILLS", 25);
    for (int kill = 0; kill < kills; ++kill) {
        const QString path = m_folder->filePath(u"killed%1.poolscope"_s.arg(kill));
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(),
            {u"--writer"_s, path, QString::number(1 + random() % 40)});
        QVERIFY(writer.waitForStarted());
        // Any instant: before the file is there, between two flushes, while the journal is packed.
        QTest::qSleep(static_cast<int>(random() % 150));
        writer.kill();
        QVERIFY(writer.waitForFinished());
        size_t acknowledged = 0;
        while (writer.canReadLine()) {
            const QByteArray line = writer.readLine();
            if (line.endsWith('\n'))
                acknowledged = line.trimmed().toULongLong();
        }
        if (!QFile::exists(path)) {
            QCOMPARE(acknowledged, size_t(0));
            continue;
        }
        const std::unique_ptr<RecordingReader> reader = readerFor(path);
        QVERIFY(reader);
        QCOMPARE(reader->info().damage, QStringList());
        QVERIFY2(reader->axis().size() >= acknowledged, "an acknowledged sample is lost");
        while (items.size() < reader->axis().size())
            items.push_back(stream.next());
        QVERIFY(holds(*reader, items));

        // The next start goes on behind it.
        std::unique_ptr<RecordingWriter> next = writerFor(path);
        QVERIFY(next);
        const RandomStream::Item item = RandomStream(Seed + 1).next();
        next->append(item.sample, false);
        QVERIFY(ok(next->close()));
        const std::unique_ptr<RecordingReader> again = readerFor(path);
        QVERIFY(again);
        QCOMPARE(again->axis().size(), reader->axis().size() + 1);
        QCOMPARE(again->info().damage, QStringList());
        QVERIFY(again->sampleAt(0).ok());
        QFile::remove(path);
    }
}

void TestRecordingLife::rotates_data()
{
    QTest::addColumn<qint64>("maxBytes");
    QTest::addColumn<int>("maxAgeSeconds");
    QTest::addColumn<int>("keepSegments");
    QTest::newRow("size") << RotationLimits::MinBytes << 0 << 0;
    QTest::newRow("age") << qint64(0) << 4000 << 0;
    QTest::newRow("segments") << qint64(0) << 0 << 3;
}

void TestRecordingLife::rotates()
{
    QFETCH(const qint64, maxBytes);
    QFETCH(const int, maxAgeSeconds);
    QFETCH(const int, keepSegments);
    const RotationLimits limits{maxBytes, std::chrono::seconds(maxAgeSeconds), keepSegments};
    const std::unique_ptr<RecordingWriter> writer = writerFor(m_path, limits);
    QVERIFY(writer);
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    QRandomGenerator random(5);
    std::vector<Row> rows;
    for (int i = 0; i < (maxBytes > 0 ? 400 : 20); ++i)
        rows.push_back({QByteArray::number(i), PoolType::Paged, {}, {}});
    qint64 largest = 0;
    bool wasRenumbered = false;
    for (int i = 0; i < (maxBytes > 0 ? 6000 : 20'000); ++i) {
        for (Row &row : rows)
            row.reading.bytes = Counter(static_cast<qint64>(random.generate() >> 8));
        const std::shared_ptr<Sample> sample = makeSample(rows, i);
        if (keepSegments > 0) {
            Origin origin = *sample->origin;
            origin.bootId = QString::number(i / 2000);
            sample->origin = std::make_shared<const Origin>(origin);
        }
        writer->append(sample, false);
        if (i % 50 != 0)
            continue;
        if (i % 500 == 0)
            writer->addMark({sample->wall, MarkKind::Note, QString::number(i)});
        QVERIFY(ok(writer->flush()));
        largest = std::max(largest, writer->fileBytes());
        const Result<RecordingReader::Refreshed> refreshed = reader->refresh();
        QVERIFY(refreshed.ok());
        wasRenumbered = wasRenumbered || refreshed.value().renumbered;
        QCOMPARE(reader->info().damage, QStringList());
        QCOMPARE(reader->info().last, sample->wall);
        QVERIFY(reader->sampleAt(0).ok());
    }
    QVERIFY(wasRenumbered);
    if (maxBytes > 0)
        QVERIFY2(largest <= maxBytes, qPrintable(QString::number(largest)));
    if (maxAgeSeconds > 0) {
        QVERIFY(reader->info().last - reader->info().first >= limits.maxAge);
        QVERIFY(reader->info().last - reader->info().first <= limits.maxAge * 5 / 4);
    }
    if (keepSegments > 0)
        QVERIFY(std::abs(int(reader->info().segments.size()) - keepSegments) <= 1);
    QVERIFY(reader->info().marks.front().wall >= reader->info().first);
    QVERIFY(ok(writer->close()));
    const std::unique_ptr<RecordingReader> closed = readerFor(m_path);
    QVERIFY(closed);
    QVERIFY(ok(closed->verify()));
    QCOMPARE(closed->info().damage, QStringList());
}

void TestRecordingLife::keepsSnapshotsOfWhatRotationDropped()
{
    const std::unique_ptr<RecordingWriter> writer = writerFor(m_path, {0, std::chrono::seconds(100), 0});
    QVERIFY(writer);
    const Snapshot snapshot = makeSnapshot(u"first"_s, {{"Leak", PoolType::Paged, held(3, 9), "x.sys"}}, 0);
    writer->putSnapshot(snapshot);
    for (int i = 0; i < 5000; ++i) {
        writer->append(makeSample({{"Leak", PoolType::Paged, held(i, i * 9), "x.sys"}}, i), false);
        if (i % 10 == 0)
            QVERIFY(ok(writer->flush()));
    }
    QVERIFY(ok(writer->close()));
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    QVERIFY(reader->info().first > snapshot.sample->wall);
    const Result<Snapshot> read = reader->snapshot(snapshot.id);
    QVERIFY(read.ok());
    QVERIFY(sameSample(*read.value().sample, *snapshot.sample));
}

void TestRecordingLife::waitsWhileTheDiskIsFull()
{
#if defined(Q_OS_UNIX)
    // No file may grow beyond this: what a full disk does, for a process alone.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    RandomStream stream(Seed, 40);
    std::vector<RandomStream::Item> items;
    const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
    QVERIFY(writer);
    fill(*writer, stream, items, 100);
    QVERIFY(ok(writer->flush()));

    rlimit small = before;
    small.rlim_cur = static_cast<rlim_t>(QFileInfo(m_path + u"-wal"_s).size() + 10'000);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    int failures = 0;
    for (int i = 0; i < 50; ++i) {
        fill(*writer, stream, items, 20);
        const Result<Done> flushed = writer->flush();
        failures += flushed.ok() ? 0 : 1;
        if (!flushed)
            QCOMPARE(flushed.error().kind, ErrorKind::WriteFailed);
    }
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(failures > 30);
    QVERIFY(writer->waitingBytes() > 0);

    fill(*writer, stream, items, 20);
    QVERIFY(ok(writer->flush()));
    QCOMPARE(writer->waitingBytes(), qint64(0));
    QCOMPARE(writer->samplesDropped(), quint64(0));
    QVERIFY(ok(writer->close()));
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    QVERIFY(holds(*reader, items));
    QCOMPARE(reader->info().damage, QStringList());
#else
    QSKIP("there is no limit on the size of a process' files here");
#endif
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"--writer")
        return writeForever(arguments[2], arguments[3].toInt());
    allowLongRuns("POOLSCOPE_TEST_KILLS");
    TestRecordingLife test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recordinglife.moc"
