// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/model/recording/randomstream.h"
#include "tests/model/recording/recordingtools.h"

#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestRecording : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(u"a recording ä%3F#.poolscope"_s);
    }
    void roundTrip_data();
    void roundTrip();
    void keepsMarksNotesHostsAndSnapshots();

private:
    void compare(RecordingReader &reader, const std::vector<RandomStream::Item> &items);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestRecording::compare(RecordingReader &reader, const std::vector<RandomStream::Item> &items)
{
    QCOMPARE(reader.info().damage, QStringList());
    QCOMPARE(reader.info().samples, items.size());
    size_t visited = 0;
    QVERIFY(ok(reader.forEachSample(0, reader.axis().size(),
        [&](RecordingReader::Index index, const SamplePtr &sample, TimeAxis::Joint joint) {
            const RandomStream::Item &item = items[index];
            if (index != visited || !sameSample(*sample, *item.sample)) {
                qWarning() << "sample" << index;
                return false;
            }
            if (index > 0 && joint != TimeAxis::Joint::NewSegment
                && (joint == TimeAxis::Joint::AfterGap) != item.afterGap) {
                qWarning() << "joint of sample" << index;
                return false;
            }
            ++visited;
            return true;
        })));
    QCOMPARE(visited, items.size());
    std::mt19937 random(1);
    for (int i = 0; i < 50; ++i) {
        const auto index = static_cast<RecordingReader::Index>(random() % items.size());
        const Result<SamplePtr> sample = reader.sampleAt(index);
        QVERIFY(sample.ok());
        QVERIFY(sameSample(*sample.value(), *items[index].sample));
    }
}

void TestRecording::roundTrip_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("tags");
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("perFlush");
    QTest::addColumn<int>("perOpening");
    QTest::newRow("one sample") << 1U << 5 << 1 << 1 << 100;
    QTest::newRow("in the journal") << 2U << 5 << 100 << 7 << 1000;
    QTest::newRow("many chunks") << 3U << 12 << 5000 << 10 << 10000;
    QTest::newRow("many openings") << 4U << 12 << 500 << 5 << 60;
    QTest::newRow("many tags") << 5U << 300 << 400 << 3 << 150;
    QTest::newRow("one flush") << 6U << 12 << 2500 << 10000 << 10000;
}

void TestRecording::roundTrip()
{
    QFETCH(const quint32, seed);
    QFETCH(const int, tags);
    QFETCH(const int, samples);
    QFETCH(const int, perFlush);
    QFETCH(const int, perOpening);
    RandomStream stream(seed, tags);
    std::vector<RandomStream::Item> items;
    std::unique_ptr<RecordingWriter> writer;
    for (int i = 0; i < samples; ++i) {
        if (i % perOpening == 0) {
            if (writer)
                QVERIFY(ok(writer->close()));
            writer = writerFor(m_path);
            QVERIFY(writer);
        }
        items.push_back(stream.next());
        writer->append(items.back().sample, items.back().afterGap);
        if (i % perFlush == 0)
            QVERIFY(ok(writer->flush()));
    }
    QVERIFY(ok(writer->flush()));
    {
        const std::unique_ptr<RecordingReader> live = readerFor(m_path);
        QVERIFY(live);
        compare(*live, items);
    }
    QVERIFY(ok(writer->close()));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    compare(*reader, items);
    QVERIFY(ok(reader->verify()));
    QCOMPARE(reader->info().damage, QStringList());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 1);
}

void TestRecording::keepsMarksNotesHostsAndSnapshots()
{
    const std::vector<Mark> marks = {{WallTime(std::chrono::nanoseconds(1)), MarkKind::Snapshot, u"a"_s},
        {WallTime(std::chrono::seconds(1'795'370'400)), MarkKind::SourceBack, u"ö \n'\""_s},
        {WallTime(std::chrono::seconds(1'795'370'401)), MarkKind::Note, {}}};
    const RecordingNote note{WallTime(std::chrono::seconds(5)), u"for the bug report"_s};
    const HostFacts host{WallTime(std::chrono::seconds(6)), u"host"_s, u"Windows 11"_s, u"10.0.22631"_s,
        u"22631.3007"_s, u"boot"_s, Counter(17'179'869'184), {}};
    RandomStream stream(9, 30);
    Snapshot first{QUuid::createUuid(), u"before"_s, {}, false, stream.next().sample};
    const Snapshot second{QUuid::createUuid(), u"after"_s, u"nöte"_s, true, stream.next().sample};
    const Snapshot third{QUuid::createUuid(), u"gone"_s, {}, true, stream.next().sample};
    {
        const std::unique_ptr<RecordingWriter> writer = writerFor(m_path);
        QVERIFY(writer);
        for (const Mark &mark : marks)
            writer->addMark(mark);
        writer->addNote(note);
        writer->addHostFacts(host);
        for (const Snapshot &snapshot : {first, second, third})
            writer->putSnapshot(snapshot);
        QVERIFY(ok(writer->flush()));
        writer->removeSnapshot(third.id);
        writer->relabelSnapshot(first.id, u"renamed"_s, u"noted"_s);
        QVERIFY(ok(writer->close()));
    }
    const std::unique_ptr<RecordingReader> reader = readerFor(m_path);
    QVERIFY(reader);
    QCOMPARE(reader->info().damage, QStringList());
    QCOMPARE(reader->info().marks, marks);
    QCOMPARE(reader->info().notes, std::vector{note});
    QCOMPARE(reader->info().hosts, std::vector{host});
    QCOMPARE(reader->info().snapshots.size(), size_t(2));
    first.label = u"renamed"_s;
    first.note = u"noted"_s;
    for (const Snapshot &expected : {first, second}) {
        const Result<Snapshot> read = reader->snapshot(expected.id);
        QVERIFY(read.ok());
        QCOMPARE(read.value().label, expected.label);
        QCOMPARE(read.value().note, expected.note);
        QCOMPARE(read.value().automatic, expected.automatic);
        QVERIFY(sameSample(*read.value().sample, *expected.sample));
    }
    QVERIFY(!reader->snapshot(third.id).ok());
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
