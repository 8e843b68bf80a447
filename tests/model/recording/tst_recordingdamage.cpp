// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/recording/randomstream.h"
#include "tests/model/recording/recordingtools.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A recording with everything in it, and what went in.
struct Original
{
    QByteArray bytes;
    QByteArray log; ///< write-ahead log, if there is one
    std::vector<RandomStream::Item> items;
    std::map<qint64, size_t> byMonotonic; ///< every sample has its own
    std::vector<Snapshot> snapshots;
    std::vector<Mark> marks;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

} // namespace

class TestRecordingDamage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void saysNothingOfAWholeFile();
    void survivesFlippedBits();
    void survivesTruncation();
    void survivesLostPages();
    void survivesADamagedLog();
    void readsPastADamagedHead();

private:
    [[nodiscard]] Original makeOriginal(bool isClosed, int samples);
    /// Opens and reads everything; what comes back is as it went in, or it is said to be missing.
    void check(const QString &path, const Original &original, bool mayLoseTheEnd);
    [[nodiscard]] QString damaged(const Original &original, const QByteArray &bytes);

    QTemporaryDir m_folder;
    int m_files = 0;
    int m_opened = 0;
    Original m_closed;
    Original m_crashed;
};

Original TestRecordingDamage::makeOriginal(bool isClosed, int samples)
{
    Original original;
    const QString path = m_folder.filePath(u"original%1"_s.arg(++m_files));
    std::unique_ptr<RecordingWriter> writer = writerFor(path);
    RandomStream stream(21, 70);
    for (int i = 0; i < samples; ++i) {
        RandomStream::Item item = stream.next();
        // Distinct, so that a sample that comes back can be told from the others.
        auto sample = std::make_shared<Sample>(*item.sample);
        if (original.byMonotonic.contains(sample->monotonic.count()))
            continue;
        // Some chunks: a new one begins with every opening.
        if (isClosed && i % 150 == 149) {
            if (!ok(writer->close()))
                qFatal("cannot write");
            writer = writerFor(path);
        }
        original.byMonotonic[sample->monotonic.count()] = original.items.size();
        original.items.push_back({sample, item.afterGap});
        writer->append(sample, item.afterGap);
        if (i % 8 == 0 && !writer->flush())
            qFatal("cannot write");
        if (i % 100 == 60) {
            original.snapshots.push_back({QUuid::createUuid(), QString::number(i), u"note"_s, false, sample});
            writer->putSnapshot(original.snapshots.back());
            original.marks.push_back({sample->wall, MarkKind::Snapshot, QString::number(i)});
            writer->addMark(original.marks.back());
        }
    }
    if (!ok(isClosed ? writer->close() : writer->flush()))
        qFatal("cannot write");
    original.bytes = contentOf(path);
    original.log = contentOf(path + u"-wal");
    return original;
}

void TestRecordingDamage::initTestCase()
{
    m_closed = makeOriginal(true, 600);
    m_crashed = makeOriginal(false, 150);
    QVERIFY(m_closed.log.isEmpty());
    QVERIFY(!m_crashed.log.isEmpty());
}

QString TestRecordingDamage::damaged(const Original &original, const QByteArray &bytes)
{
    const QString path = m_folder.filePath(u"damaged.poolscope"_s);
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
    if (!write(path, bytes) || (!original.log.isEmpty() && !write(path + u"-wal", original.log)))
        qFatal("cannot write");
    return path;
}

void TestRecordingDamage::check(const QString &path, const Original &original, bool mayLoseTheEnd)
{
    const Result<std::unique_ptr<RecordingReader>> opened = RecordingReader::open(path);
    if (!opened) {
        QVERIFY(!opened.error().what.isEmpty());
        return;
    }
    ++m_opened;
    RecordingReader &reader = *opened.value();
    QVERIFY(ok(reader.verify()));
    size_t same = 0;
    size_t holes = 0;
    QVERIFY(ok(reader.forEachSample(
        0, reader.axis().size(), [&](RecordingReader::Index, const SamplePtr &sample, TimeAxis::Joint) {
            const auto found = original.byMonotonic.find(sample->monotonic.count());
            if (found == original.byMonotonic.end())
                return false;
            const Sample &expected = *original.items[found->second].sample;
            if (sameSample(*sample, expected)) {
                ++same;
                return true;
            }
            // Not whole: then what is there is right, what is not is unknown, and the damage says so.
            ++holes;
            if (reader.info().damage.isEmpty() || sample->wall != expected.wall
                || sample->system != expected.system)
                return false;
            for (size_t row = 0; row < sample->tags->size(); ++row) {
                const Tag &tag = (*sample->tags)[row].tag;
                const auto at = std::ranges::find(*expected.tags, tag, &TagEntry::tag);
                if (at == expected.tags->end())
                    return false;
                const Reading &right = expected.readings[static_cast<size_t>(at - expected.tags->begin())];
                if (sample->readings[row] != right && sample->readings[row] != Reading())
                    return false;
            }
            return true;
        })));
    QVERIFY2(
        same + holes == reader.axis().size() || !reader.info().damage.isEmpty(), "a wrong sample came back");
    for (const SnapshotMeta &meta : reader.info().snapshots) {
        const auto expected = std::ranges::find(original.snapshots, meta.id, &Snapshot::id);
        QVERIFY(expected != original.snapshots.end());
        const Result<Snapshot> snapshot = reader.snapshot(meta.id);
        QVERIFY(snapshot.ok());
        QCOMPARE(snapshot.value().label, expected->label);
        QVERIFY(sameSample(*snapshot.value().sample, *expected->sample));
    }
    for (const Mark &mark : reader.info().marks)
        QVERIFY(std::ranges::find(original.marks, mark) != original.marks.end());
    SeriesRequest request;
    request.from = WallTime(std::chrono::seconds(1'700'000'000));
    request.to = WallTime(std::chrono::seconds(1'900'000'000));
    request.wishes = {{TagId(3), std::nullopt}, {SystemField::Commit, std::nullopt}};
    QCOMPARE(reader.answer(request).series.size(), size_t(2));
    if (reader.info().intact() && !mayLoseTheEnd) {
        QCOMPARE(same, original.items.size());
        QCOMPARE(reader.info().snapshots.size(), original.snapshots.size());
        QCOMPARE(reader.info().marks.size(), original.marks.size());
    }
}

void TestRecordingDamage::saysNothingOfAWholeFile()
{
    for (const Original *original : {&m_closed, &m_crashed}) {
        const QString path = damaged(*original, original->bytes);
        const std::unique_ptr<RecordingReader> reader = readerFor(path);
        QVERIFY(reader);
        QVERIFY(ok(reader->verify()));
        QCOMPARE(reader->info().damage, QStringList());
        QCOMPARE(reader->axis().size(), original->items.size());
        check(path, *original, false);
    }
}

void TestRecordingDamage::survivesFlippedBits()
{
    std::mt19937 random(31);
    const int times = repetitions("POOLSCOPE_TEST_DAMAGES", 100);
    m_opened = 0;
    for (int i = 0; i < times; ++i) {
        QByteArray bytes = m_closed.bytes;
        const int flips = i % 5 == 0 ? 20 : 1;
        for (int flip = 0; flip < flips; ++flip) {
            const auto at = static_cast<qsizetype>(random() % static_cast<quint32>(bytes.size()));
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
        }
        check(damaged(m_closed, bytes), m_closed, false);
        if (QTest::currentTestFailed()) {
            qWarning() << "flip" << i;
            return;
        }
    }
    QVERIFY2(m_opened > times * 9 / 10, qPrintable(QString::number(m_opened)));
}

void TestRecordingDamage::survivesTruncation()
{
    std::mt19937 random(32);
    const int times = repetitions("POOLSCOPE_TEST_DAMAGES", 80) / 2;
    m_opened = 0;
    for (int i = 0; i < times; ++i) {
        const auto length = static_cast<qsizetype>(random() % static_cast<quint32>(m_closed.bytes.size()));
        check(damaged(m_closed, m_closed.bytes.left(length)), m_closed, false);
        if (QTest::currentTestFailed()) {
            qWarning() << "length" << length;
            return;
        }
    }
    QVERIFY2(m_opened > times * 3 / 4, qPrintable(QString::number(m_opened)));
}

void TestRecordingDamage::survivesLostPages()
{
    constexpr qsizetype Page = 4096;
    std::mt19937 random(33);
    const int times = repetitions("POOLSCOPE_TEST_DAMAGES", 80) / 2;
    m_opened = 0;
    for (int i = 0; i < times; ++i) {
        QByteArray bytes = m_closed.bytes;
        const qsizetype at = (1 + static_cast<qsizetype>(random()) % (bytes.size() / Page - 1)) * Page;
        for (qsizetype byte = 0; byte < Page; ++byte)
            bytes[at + byte] = i % 2 == 0 ? '\0' : static_cast<char>(random());
        check(damaged(m_closed, bytes), m_closed, false);
        if (QTest::currentTestFailed()) {
            qWarning() << "page" << at / Page;
            return;
        }
    }
    QCOMPARE(m_opened, times);
}

/// SQLite checks its log itself and reads it up to the damage: an older state, and a consistent one.
void TestRecordingDamage::survivesADamagedLog()
{
    std::mt19937 random(34);
    const int times = repetitions("POOLSCOPE_TEST_DAMAGES", 80) / 2;
    for (int i = 0; i < times; ++i) {
        Original damagedLog = m_crashed;
        QByteArray &log = damagedLog.log;
        const auto at = static_cast<qsizetype>(random() % static_cast<quint32>(log.size()));
        if (i % 2 == 0)
            log.truncate(std::max<qsizetype>(at, 1));
        else
            log[at] = static_cast<char>(log[at] ^ (1 << random() % 8));
        check(damaged(damagedLog, m_crashed.bytes), m_crashed, true);
        if (QTest::currentTestFailed()) {
            qWarning() << "log" << at;
            return;
        }
    }
}

void TestRecordingDamage::readsPastADamagedHead()
{
    QByteArray bytes = m_closed.bytes;
    for (qsizetype i = 0; i < 4096; ++i)
        bytes[i] = '\x7f';
    const QString path = damaged(m_closed, bytes);
    const std::unique_ptr<RecordingReader> reader = readerFor(path);
    QVERIFY(reader);
    QCOMPARE(reader->axis().size(), m_closed.items.size());
    QVERIFY(!reader->info().intact());
    check(path, m_closed, false);
    QCOMPARE(contentOf(path), bytes);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    allowLongRuns("POOLSCOPE_TEST_DAMAGES");
    TestRecordingDamage test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_recordingdamage.moc"
