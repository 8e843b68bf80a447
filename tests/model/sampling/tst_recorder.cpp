// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/recorder.h"
#include "tests/model/sampling/fakesink.h"
#include "tests/model/sampling/testsamples.h"

#include <QtTest>

#include <thread>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// As the recorder names it: on Windows with the drive.
QString absolute(const QString &path)
{
    return QFileInfo(path).absoluteFilePath();
}

/// A recorder on a disk of its own, and all that it reported.
struct Rig
{
    explicit Rig(const Recorder::Options &options = fast())
        : recorder([this](const RecordingStatus &status) { take(status); }, fakes::openerOf(disk), options)
    {
    }

    static Recorder::Options fast()
    {
        Recorder::Options options;
        options.flushPeriod = 5ms;
        options.firstPause = 1ms;
        options.stalledAfter = 1ms;
        return options;
    }

    void take(const RecordingStatus &status)
    {
        const std::lock_guard lock(mutex);
        reported.push_back(status);
    }
    bool hasReported(RecordingState state)
    {
        const std::lock_guard lock(mutex);
        return std::ranges::find(reported, state, &RecordingStatus::state) != reported.end();
    }
    SamplePtr sample(int second)
    {
        return fakes::sampleAt(second * 1s, tags, {fakes::reading(second)}, origin);
    }

    std::shared_ptr<fakes::Disk> disk = std::make_shared<fakes::Disk>();
    std::shared_ptr<const TagList> tags = fakes::tagList({"Tag"});
    std::shared_ptr<const Origin> origin = fakes::origin();
    std::mutex mutex;
    std::vector<RecordingStatus> reported;
    Recorder recorder;
};

} // namespace

class TestRecorder : public QObject
{
    Q_OBJECT

private slots:
    void writesEverythingInOrder();
    void takesNothingWhileOff();
    void refusedFile();
    void fullDiskThatGetsRoom();
    void hangingDiskDoesNotStopTheSession();
    void dropsAreCountedAndMarked();
    void changeWaitsForTheDisk();
    void changeOfAnotherFile();
    void endsWell();
    void startEndsTheOneBefore();
};

void TestRecorder::writesEverythingInOrder()
{
    Rig rig;
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    for (int i = 0; i < 500; ++i) {
        rig.recorder.append(rig.sample(i), i == 7);
        if (i % 100 == 0)
            rig.recorder.addMark({fakes::FirstWall + i * 1s, MarkKind::Note, QString::number(i)});
    }
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(500));
    const auto samples = rig.disk->get(&fakes::Disk::samples);
    for (int i = 0; i < 500; ++i) {
        QCOMPARE(samples[size_t(i)].first->wall, fakes::FirstWall + i * 1s);
        QCOMPARE(samples[size_t(i)].second, i == 7);
    }
    QCOMPARE(rig.disk->get(&fakes::Disk::marks).size(), size_t(5));
    QCOMPARE(rig.disk->get(&fakes::Disk::facts).size(), size_t(1));
    QTRY_COMPARE(rig.recorder.status().bytes, 9096);
    QCOMPARE(rig.recorder.status().state, RecordingState::Recording);
    QCOMPARE(rig.recorder.status().path, absolute(u"/x/a.poolscope"_s));
    QVERIFY(rig.recorder.status().lastFlush.has_value());
    QCOMPARE(rig.recorder.status().dropped, quint64(0));
}

void TestRecorder::takesNothingWhileOff()
{
    Rig rig;
    rig.recorder.append(rig.sample(1), false);
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    rig.recorder.append(rig.sample(2), false);
    rig.recorder.stop();
    rig.recorder.append(rig.sample(3), false);
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::closed), 1);
    QCOMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(1));
    QTRY_COMPARE(rig.recorder.status().state, RecordingState::Off);
    QVERIFY(!rig.recorder.status().error);
}

void TestRecorder::refusedFile()
{
    Rig rig;
    rig.recorder.start(absolute(u"/x/refused.poolscope"_s));
    QTRY_VERIFY(rig.hasReported(RecordingState::Off));
    QVERIFY(!rig.recorder.isOn());
    QVERIFY(rig.recorder.status().error);
    rig.recorder.append(rig.sample(1), false);
    // Another one goes.
    rig.recorder.start(absolute(u"/x/b.poolscope"_s));
    rig.recorder.append(rig.sample(2), false);
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(1));
    QVERIFY(!rig.recorder.status().error);
}

void TestRecorder::fullDiskThatGetsRoom()
{
    Rig rig;
    rig.disk->setFull(true);
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    for (int i = 0; i < 100; ++i)
        rig.recorder.append(rig.sample(i), false);
    QTRY_VERIFY(rig.hasReported(RecordingState::Failing));
    QVERIFY(rig.recorder.status().error);
    QVERIFY(rig.recorder.isOn());
    for (int i = 100; i < 200; ++i)
        rig.recorder.append(rig.sample(i), false);
    rig.disk->setFull(false);
    // Comes back by itself, with everything.
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(200));
    QTRY_COMPARE(rig.recorder.status().state, RecordingState::Recording);
    QVERIFY(!rig.recorder.status().error);
}

void TestRecorder::hangingDiskDoesNotStopTheSession()
{
    Rig rig;
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    rig.recorder.append(rig.sample(0), false);
    rig.disk->setHanging(true);
    QTRY_VERIFY(rig.disk->isWaiting());
    int second = 1;
    // The session goes on at its pace, and it is said that the disk does not answer.
    QTRY_VERIFY((rig.recorder.append(rig.sample(second++), false), rig.hasReported(RecordingState::Stalled)));
    rig.disk->setHanging(false);
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(second));
    QTRY_COMPARE(rig.recorder.status().state, RecordingState::Recording);
    QCOMPARE(rig.recorder.status().dropped, quint64(0));
}

void TestRecorder::dropsAreCountedAndMarked()
{
    Recorder::Options options = Rig::fast();
    options.maxQueuedBytes = 2000;
    Rig rig(options);
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    rig.disk->setHanging(true);
    QTRY_VERIFY(rig.disk->isWaiting());
    for (int i = 0; i < 100; ++i)
        rig.recorder.append(rig.sample(i), false);
    const quint64 dropped = rig.recorder.status().dropped;
    QVERIFY(dropped > 0 && dropped < 100);
    rig.disk->setHanging(false);
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(100 - dropped));
    rig.recorder.append(rig.sample(100), false);
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::samples).size(), size_t(101 - dropped));
    QVERIFY(rig.disk->get(&fakes::Disk::samples).back().second); // after a gap
    const auto marks = rig.disk->get(&fakes::Disk::marks);
    QCOMPARE(marks.size(), size_t(1));
    QCOMPARE(marks[0].kind, MarkKind::Gap);
    QVERIFY(marks[0].text.startsWith(QString::number(dropped)));
}

void TestRecorder::changeWaitsForTheDisk()
{
    Recorder::Options options = Rig::fast();
    options.changeTimeout = 20s;
    Rig rig(options);
    const QString path = absolute(u"/x/a.poolscope"_s);
    const auto keep = [&] {
        return rig.recorder.change(path, [&](RecordingSink &sink) {
            sink.putSnapshot({QUuid::createUuid(), u"a"_s, {}, false, rig.sample(1)});
        });
    };
    QVERIFY(!keep().ok()); // off
    rig.recorder.start(path);
    QVERIFY(keep().ok());
    QCOMPARE(rig.disk->get(&fakes::Disk::snapshots).size(), size_t(1));
    rig.disk->setFull(true);
    QVERIFY(!keep().ok());
    rig.disk->setFull(false);
    // It is not lost all the same.
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::snapshots).size(), size_t(2));
}

void TestRecorder::changeOfAnotherFile()
{
    Rig rig;
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    bool ran = false;
    QVERIFY(!rig.recorder.change(absolute(u"/x/b.poolscope"_s), [&](RecordingSink &) { ran = true; }).ok());
    QVERIFY(!ran);
}

void TestRecorder::endsWell()
{
    auto disk = std::make_shared<fakes::Disk>();
    {
        Rig rig;
        disk = rig.disk;
        rig.recorder.start(absolute(u"/x/a.poolscope"_s));
        for (int i = 0; i < 50; ++i)
            rig.recorder.append(rig.sample(i), false);
    }
    QCOMPARE(disk->samples.size(), size_t(50));
    QCOMPARE(disk->closed, 1);
}

void TestRecorder::startEndsTheOneBefore()
{
    Rig rig;
    rig.recorder.start(absolute(u"/x/a.poolscope"_s));
    rig.recorder.append(rig.sample(1), false);
    rig.recorder.start(absolute(u"/x/b.poolscope"_s));
    QTRY_COMPARE(rig.disk->get(&fakes::Disk::closed), 1);
    QTRY_COMPARE(rig.recorder.status().path, absolute(u"/x/b.poolscope"_s));
    QTRY_COMPARE(rig.recorder.status().state, RecordingState::Recording);
    QVERIFY(rig.recorder.isOn());
}

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
