// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/memoryarchive.h"
#include "model/archive/recordingarchive.h"
#include "model/recording/recordingwriter.h"
#include "model/replay/replayframes.h"
#include "model/sampling/session.h"
#include "tests/model/replay/randomrun.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <numeric>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using fakes::reading;
using test::RunSample;

namespace {

bool sameRate(double live, double replayed)
{
    if (std::isnan(live) || std::isnan(replayed))
        return std::isnan(live) && std::isnan(replayed);
    return std::abs(live - replayed) <= 1e-6 * std::max(1.0, std::abs(live));
}

QString text(const Reading &reading)
{
    const auto number = [](Counter counter) {
        return counter.isKnown() ? QString::number(counter.value()) : u"–"_s;
    };
    return u"%1 %2 %3 %4"_s.arg(
        number(reading.allocs), number(reading.frees), number(reading.outstanding), number(reading.bytes));
}

QString text(const FrameRow &row)
{
    return u"%1 | last %2 | base %3 | rate %4 | seen %5..%6 %7"_s.arg(text(row.reading), text(row.sinceLast),
        text(row.sinceBaseline), QString::number(row.bytesPerHour),
        QString::number(row.firstSeen.time_since_epoch().count()),
        QString::number(row.lastSeen.time_since_epoch().count()), row.present ? u"there"_s : u"gone"_s);
}

/// Empty when the replay shows what the live session did; else the first difference.
QString difference(const Frame &live, const Frame &replayed)
{
    if (live.sample != replayed.sample || live.number != replayed.number)
        return u"another sample"_s;
    if (live.firstWall != replayed.firstWall || live.baselineWall != replayed.baselineWall)
        return u"another start or baseline"_s;
    if (live.step != replayed.step || live.systemChange != replayed.systemChange)
        return u"another system change"_s;
    for (size_t id = 0; id < replayed.rows.size(); ++id) {
        FrameRow row = replayed.rows[id];
        if (id >= live.rows.size()) {
            if (row.present || row.firstSeen != WallTime())
                return u"tag %1 comes too early"_s.arg(id);
            continue;
        }
        if ((*live.tags)[id].tag != (*replayed.tags)[id].tag)
            return u"id %1 is another tag"_s.arg(id);
        if (!sameRate(live.rows[id].bytesPerHour, row.bytesPerHour))
            return u"rate of tag %1: %2 instead of %3"_s.arg(id)
                .arg(row.bytesPerHour)
                .arg(live.rows[id].bytesPerHour);
        row.bytesPerHour = live.rows[id].bytesPerHour;
        // Verdicts come from the replay's analysis.
        row.suspicion = live.rows[id].suspicion;
        row.verdict = live.rows[id].verdict;
        if (row != live.rows[id])
            return u"tag %1:\n%2\ninstead of\n%3"_s.arg(id).arg(text(row), text(live.rows[id]));
    }
    return {};
}

} // namespace

class TestReplayFrames : public QObject
{
    Q_OBJECT

private slots:
    void equalsTheLiveFrame_data();
    void equalsTheLiveFrame();
    void equalsTheLiveFrameAfterABaseline_data();
    void equalsTheLiveFrameAfterABaseline();
    void beforeTheBaselineItCountsBack();
    void archiveThatGrows();
    void driversAreThoseOfTheMoment();
};

void TestReplayFrames::equalsTheLiveFrame_data()
{
    QTest::addColumn<test::RunShape>("shape");
    QTest::newRow("quiet") << test::RunShape{.comeOrGo = 0, .gap = 0, .reboot = 0};
    QTest::newRow("tags come and go") << test::RunShape{.comeOrGo = 0.02, .gap = 0, .reboot = 0};
    QTest::newRow("gaps and reboots") << test::RunShape{};
    QTest::newRow("long") << test::RunShape{.samples = 3000, .tags = 6, .reboot = 0.0005};
    QTest::newRow("rare samples") << test::RunShape{.samples = 100, .interval = 5min};
}

void TestReplayFrames::equalsTheLiveFrame()
{
    QFETCH(const test::RunShape, shape);
    for (unsigned seed = 0; seed < 6; ++seed) {
        const std::vector<RunSample> run = test::randomRun(seed, shape);
        MemoryArchive archive(u"run"_s);
        Session session;
        std::vector<FramePtr> live;
        for (const RunSample &next : run) {
            archive.add(next.sample, next.afterGap);
            live.push_back(session.add(next.sample, next.afterGap));
        }
        // In an order of its own, as a slider goes.
        std::vector<TimeAxis::Index> order(run.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::shuffle(order, std::mt19937(seed));
        ReplayFrames frames(archive);
        for (const TimeAxis::Index index : order) {
            const Result<FramePtr> replayed = frames.frame(index, {});
            QVERIFY(replayed);
            const QString found = difference(*live[index], *replayed.value());
            QVERIFY2(found.isEmpty(), qPrintable(u"seed %1, sample %2: "_s.arg(seed).arg(index) + found));
        }
    }
}

void TestReplayFrames::equalsTheLiveFrameAfterABaseline_data()
{
    equalsTheLiveFrame_data();
}

void TestReplayFrames::equalsTheLiveFrameAfterABaseline()
{
    QFETCH(const test::RunShape, shape);
    for (unsigned seed = 10; seed < 14; ++seed) {
        const std::vector<RunSample> run = test::randomRun(seed, shape);
        const auto baseline = static_cast<TimeAxis::Index>(run.size() / (seed - 8));
        MemoryArchive archive(u"run"_s);
        Session session;
        std::vector<FramePtr> live;
        for (const RunSample &next : run) {
            archive.add(next.sample, next.afterGap);
            live.push_back(session.add(next.sample, next.afterGap));
            if (live.size() == baseline + 1)
                live.back() = session.resetBaseline();
        }
        ReplayFrames frames(archive);
        for (auto index = static_cast<TimeAxis::Index>(run.size() - 1); index >= baseline; --index) {
            const Result<FramePtr> replayed = frames.frame(index, baseline);
            QVERIFY(replayed);
            const QString found = difference(*live[index], *replayed.value());
            QVERIFY2(found.isEmpty(), qPrintable(u"seed %1, sample %2: "_s.arg(seed).arg(index) + found));
        }
    }
}

void TestReplayFrames::beforeTheBaselineItCountsBack()
{
    const auto tags = fakes::tagList({"AAAA"});
    MemoryArchive archive(u"run"_s);
    archive.add(fakes::sampleAt(0s, tags, {reading(100)}));
    archive.add(fakes::sampleAt(1s, tags, {reading(150)}));
    archive.add(fakes::sampleAt(2s, tags, {reading(170)}));
    ReplayFrames frames(archive);
    const Result<FramePtr> frame = frames.frame(0, TimeAxis::Index(1));
    QVERIFY(frame);
    QVERIFY(frame.value()->rows[0].sinceBaseline.bytes == Counter(-50));
    QCOMPARE(frame.value()->baselineWall, fakes::FirstWall + 1s);
}

/// A recording keeps drivers with its samples, not with its tags.
void TestReplayFrames::driversAreThoseOfTheMoment()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"drivers.poolscope"_s);
    {
        auto writer = RecordingWriter::open(path);
        QVERIFY(writer);
        std::chrono::seconds at = 0s;
        for (const QByteArray driver : {"", "a.sys", "b.sys"}) {
            const Tag tag{"AAAA", PoolType::Nonpaged};
            const auto tags = std::make_shared<const TagList>(TagList{{tag, driver}});
            writer.value()->append(fakes::sampleAt(at, tags, {reading(100)}), false);
            at += 1s;
        }
        QVERIFY(writer.value()->close());
    }
    auto reader = RecordingReader::open(path);
    QVERIFY(reader);
    RecordingArchive archive(std::move(reader).value());
    ReplayFrames frames(archive);
    const auto driverAt = [&frames](TimeAxis::Index index) {
        return frames.frame(index, {}).value()->tags->front().driver;
    };
    QCOMPARE(driverAt(2), QByteArray("b.sys"));
    QCOMPARE(driverAt(1), QByteArray("a.sys"));
    QCOMPARE(driverAt(0), QByteArray());
    QCOMPARE(frames.frame(0, {}).value()->tags, frames.frame(0, {}).value()->tags);
}

void TestReplayFrames::archiveThatGrows()
{
    const std::vector<RunSample> run = test::randomRun(3);
    MemoryArchive archive(u"run"_s);
    Session session;
    ReplayFrames frames(archive);
    for (const RunSample &next : run) {
        archive.add(next.sample, next.afterGap);
        const FramePtr live = session.add(next.sample, next.afterGap);
        const Result<FramePtr> replayed = frames.frame(archive.axis().size() - 1, {});
        QVERIFY(replayed);
        const QString found = difference(*live, *replayed.value());
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }
}

QTEST_GUILESS_MAIN(TestReplayFrames)
#include "tst_replayframes.moc"
