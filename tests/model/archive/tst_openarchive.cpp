// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/fileuri.h"
#include "model/archive/memoryarchive.h"
#include "model/archive/namedarchive.h"
#include "model/archive/openarchive.h"
#include "model/core/duration.h"
#include "model/formats/samplefile.h"
#include "model/formats/stream.h"
#include "model/recording/recordingwriter.h"
#include "model/replay/replayframes.h"
#include "model/sampling/session.h"
#include "model/sources/filesource.h"
#include "tests/model/replay/randomrun.h"
#include "tests/support/samplemaker.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

#include <algorithm>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using test::RunSample;

class TestOpenArchive : public QObject
{
    Q_OBJECT

private slots:
    void recordingReplaysAsItWasLive();
    void growingRecordingIsRefreshed();
    void logOpensAsWell();
    void streamOpensAsWell();
    void tagsAreNamed();
    void newNamesAreTold();
    void logTellsItsProgressAndCanBeStopped();
    void failures_data();
    void failures();
    void fileUris_data();
    void fileUris();
    void fileUriTellsTimes();
    void datesInDoubtAreAsked();
    void timesThatAreSaid();
    void fileSourcePlaysAll();
    void fileSourceOfTheLastSample();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }
    void record(const QString &file, const std::vector<RunSample> &run);

    QTemporaryDir m_dir;
};

void TestOpenArchive::record(const QString &file, const std::vector<RunSample> &run)
{
    auto opened = RecordingWriter::open(file);
    QVERIFY(opened);
    const auto writer = std::move(opened).value();
    size_t count = 0;
    for (const RunSample &next : run) {
        writer->append(next.sample, next.afterGap);
        if (++count % 50 == 0)
            QVERIFY(writer->flush());
    }
    QVERIFY(writer->close());
}

void TestOpenArchive::recordingReplaysAsItWasLive()
{
    for (unsigned seed = 1; seed < 4; ++seed) {
        const std::vector<RunSample> run = test::randomRun(seed, {.samples = 400, .comeOrGo = 0.02});
        const QString file = path(u"run%1.poolscope"_s.arg(seed));
        record(file, run);
        Session session;
        std::vector<FramePtr> live;
        for (const RunSample &next : run)
            live.push_back(session.add(next.sample, next.afterGap));

        auto opened = openArchive(file);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().text()));
        const auto archive = std::move(opened).value();
        QCOMPARE(archive->axis().size(), static_cast<TimeAxis::Index>(run.size()));
        ReplayFrames frames(*archive);
        std::mt19937 random(seed);
        for (int i = 0; i < 120; ++i) {
            const size_t index =
                i < 60 ? random() % run.size() : run.size() - 1 - static_cast<size_t>(i - 60);
            const Result<FramePtr> frame = frames.frame(static_cast<TimeAxis::Index>(index), {});
            QVERIFY2(frame, frame ? "" : qPrintable(frame.error().text()));
            const Frame &replayed = *frame.value();
            const Frame &lived = *live[index];
            QCOMPARE(replayed.number, lived.number);
            QCOMPARE(replayed.sample->wall, lived.sample->wall);
            QCOMPARE(replayed.step, lived.step);
            QVERIFY(replayed.systemChange == lived.systemChange);
            for (size_t id = 0; id < lived.rows.size(); ++id) {
                const Tag &tag = (*lived.tags)[id].tag;
                const auto place = std::ranges::find_if(
                    *replayed.tags, [&](const TagEntry &entry) { return entry.tag == tag; });
                QVERIFY(place != replayed.tags->end());
                FrameRow row = replayed.rows[static_cast<size_t>(place - replayed.tags->begin())];
                const double rate = lived.rows[id].bytesPerHour;
                QCOMPARE(std::isnan(row.bytesPerHour), std::isnan(rate));
                if (!std::isnan(rate))
                    QVERIFY(std::abs(row.bytesPerHour - rate) <= 1e-6 * std::max(1.0, std::abs(rate)));
                row.bytesPerHour = rate;
                // Verdicts come from the replay's analysis.
                row.suspicion = lived.rows[id].suspicion;
                row.verdict = lived.rows[id].verdict;
                QVERIFY2(row == lived.rows[id],
                    qPrintable(u"seed %1 sample %2 tag %3"_s.arg(seed).arg(index).arg(id)));
            }
        }
    }
}

void TestOpenArchive::growingRecordingIsRefreshed()
{
    const std::vector<RunSample> run = test::randomRun(1);
    const QString file = path(u"growing.poolscope"_s);
    auto opened = RecordingWriter::open(file);
    QVERIFY(opened);
    const auto writer = std::move(opened).value();
    writer->append(run[0].sample, false);
    QVERIFY(writer->flush());
    auto archive = openArchive(file);
    QVERIFY(archive);
    QCOMPARE(archive.value()->axis().size(), TimeAxis::Index(1));
    QVERIFY(archive.value()->info().hasWriteAheadLog);
    for (size_t i = 1; i < 20; ++i) {
        writer->append(run[i].sample, run[i].afterGap);
        QVERIFY(writer->flush());
        const auto refreshed = archive.value()->refresh();
        QVERIFY(refreshed);
        QCOMPARE(refreshed.value().added, TimeAxis::Index(1));
        const auto sample = archive.value()->sampleAt(static_cast<TimeAxis::Index>(i));
        QVERIFY(sample);
        QVERIFY(sample.value()->readings == run[i].sample->readings);
    }
}

void TestOpenArchive::logOpensAsWell()
{
    const std::vector<RunSample> run = test::randomRun(1, {.samples = 5, .gap = 0, .reboot = 0});
    std::vector<Snapshot> snapshots;
    for (const RunSample &next : run)
        snapshots.push_back({QUuid::createUuid(), u"x"_s, {}, false, next.sample});
    const QString file = path(u"log.csv"_s);
    QVERIFY(exportSnapshots(snapshots, SampleFormat::Csv, file));
    const auto archive = openArchive(file);
    QVERIFY(archive);
    QCOMPARE(archive.value()->axis().size(), TimeAxis::Index(5));
    ReplayFrames frames(*archive.value());
    QVERIFY(frames.frame(4, {}));
}

void TestOpenArchive::streamOpensAsWell()
{
    const std::vector<RunSample> run = test::randomRun(4, {.samples = 40, .gap = 0, .reboot = 0});
    QByteArray text;
    StreamWriter writer;
    for (const RunSample &next : run)
        writer.write(*next.sample, text);
    QFile file(path(u"stream.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
    file.close();
    const auto archive = openArchive(file.fileName());
    QVERIFY(archive);
    QCOMPARE(archive.value()->info().samples, TimeAxis::Index(run.size()));
    for (size_t i = 0; i < run.size(); ++i) {
        const Result<SamplePtr> sample = archive.value()->sampleAt(TimeAxis::Index(i));
        QVERIFY(sample);
        QCOMPARE(sample.value()->wall, run[i].sample->wall);
        QVERIFY(sample.value()->readings == run[i].sample->readings);
    }
}

namespace {

/// Two samples of a Windows machine that names the driver of one of three tags.
std::unique_ptr<MemoryArchive> poolArchive()
{
    const std::vector<test::Row> rows{{"Abcd", PoolType::Nonpaged, {}, {}},
        {"Fsb ", PoolType::Nonpaged, {}, "theirs.sys"}, {"Zzzz", PoolType::Paged, {}, {}}};
    auto archive = std::make_unique<MemoryArchive>(u"pool.log"_s);
    for (const qint64 seconds : {0, 5}) {
        const auto sample = test::makeSample(rows, seconds);
        auto origin = std::make_shared<Origin>(*sample->origin);
        origin->kind = SourceKind::Pool;
        sample->origin = origin;
        archive->add(sample);
    }
    return archive;
}

void writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QByteArrayList drivers(const TagList &tags)
{
    QByteArrayList all;
    for (const TagEntry &entry : tags)
        all << entry.driver;
    return all;
}

} // namespace

void TestOpenArchive::tagsAreNamed()
{
    const QString notes = path(u"notes.txt"_s);
    writeText(notes, "Abcd - mine.sys\nFsb  - mine.sys\n");
    const auto places = [notes] { return TagNamePlaces{notes, {}, false}; };
    NamedArchive archive(poolArchive(), TagNameWatch(places));
    const QByteArrayList named{"mine.sys", "theirs.sys", {}};
    QCOMPARE(drivers(*archive.tags()), named);
    QCOMPARE(drivers(*archive.sampleAt(1).value()->tags), named);
    QCOMPARE(archive.sampleAt(1).value()->tags, archive.sampleAt(1).value()->tags);
    const auto tags = archive.tags();
    QVERIFY(!archive.refresh().value().renamed);
    QCOMPARE(archive.tags(), tags);
}

void TestOpenArchive::newNamesAreTold()
{
    const QString notes = path(u"newnotes.txt"_s);
    const auto places = [notes] { return TagNamePlaces{notes, {}, false}; };
    NamedArchive archive(poolArchive(), TagNameWatch(places, 0ms));
    QCOMPARE(drivers(*archive.sampleAt(0).value()->tags), (QByteArrayList{{}, "theirs.sys", {}}));
    writeText(notes, "Zzzz - late.sys\n");
    QVERIFY(archive.refresh().value().renamed);
    QCOMPARE(drivers(*archive.tags()), (QByteArrayList{{}, "theirs.sys", "late.sys"}));
    QCOMPARE(drivers(*archive.sampleAt(0).value()->tags), (QByteArrayList{{}, "theirs.sys", "late.sys"}));
}

void TestOpenArchive::logTellsItsProgressAndCanBeStopped()
{
    constexpr int Samples = 20;
    QFile file(path(u"slabinfo.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < Samples; ++i) {
        file.write("slabinfo - version: 2.1\n# name <active_objs> <num_objs> <objsize>\n");
        for (int row = 0; row < 2000; ++row) {
            file.write(
                "cache" + QByteArray::number(row) + " 10 20 64 64 1 : tunables 0 0 0 : slabdata 1 1 0\n");
        }
    }
    file.close();
    std::vector<double> shares;
    QVERIFY(openArchive(file.fileName(), {}, [&shares](double share) {
        shares.push_back(share);
        return true;
    }));
    QCOMPARE(shares.size(), static_cast<size_t>(Samples + 1));
    QVERIFY(std::ranges::is_sorted(shares));
    QVERIFY(shares.front() >= 0 && shares.front() < 0.2 && shares.back() > 0.9 && shares.back() <= 1);

    int asked = 0;
    const auto stopped = openArchive(file.fileName(), {}, [&asked](double) { return ++asked < 4; });
    QVERIFY(!stopped);
    QCOMPARE(asked, 4);
    QCOMPARE(stopped.error().what, u"stopped before the end"_s);
}

void TestOpenArchive::failures_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("hello");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("other database") << QByteArray("SQLite format 3\0and then something", 34);
}

void TestOpenArchive::failures()
{
    QFETCH(const QByteArray, content);
    for (const QString &name : {u"bad.txt"_s, u"bad.poolscope"_s}) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto archive = openArchive(file.fileName());
        QVERIFY(!archive);
        QVERIFY(archive.error().where.contains(name));
        QCOMPARE(archive.error().kind, ErrorKind::BadInput);
    }
    QVERIFY(!openArchive(path(u"missing.poolscope"_s)));
    QVERIFY(!openArchive(m_dir.path()));
}

void TestOpenArchive::fileUris_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("expected"); // empty: none
    QTest::addColumn<double>("speed"); // 0: none
    QTest::newRow("plain") << u"/a/run.poolscope"_s << u"/a/run.poolscope"_s << 0.0;
    QTest::newRow("scheme") << u"file:/a/b c.poolscope"_s << u"/a/b c.poolscope"_s << 0.0;
    QTest::newRow("speed") << u"file:/a/run.poolscope?speed=60"_s << u"/a/run.poolscope"_s << 60.0;
    QTest::newRow("desktop's form") << u"file:///a/b%20c.poolscope"_s << u"/a/b c.poolscope"_s << 0.0;
    QTest::newRow("a question in the name") << u"file:/a/what?.log"_s << u"/a/what?.log"_s << 0.0;
    QTest::newRow("no time") << u"file:/a?start=yesterday"_s << QString() << 0.0;
    QTest::newRow("no duration") << u"file:/a?interval=0s"_s << QString() << 0.0;
    QTest::newRow("no number") << u"file:/a?speed=x"_s << QString() << 0.0;
    QTest::newRow("too slow") << u"file:/a?speed=0"_s << QString() << 0.0;
    QTest::newRow("nothing") << u"file:"_s << QString() << 0.0;
}

void TestOpenArchive::fileUris()
{
    QFETCH(const QString, uri);
    QFETCH(const QString, expected);
    QFETCH(const double, speed);
    QVERIFY(isFileUri(uri));
    const Result<FileUri> file = fileUriFrom(uri);
    QCOMPARE(file.ok(), !expected.isEmpty());
    if (file) {
        QCOMPARE(file.value().path, expected);
        QCOMPARE(file.value().speed.value_or(0), speed);
    }
    for (const QString &other :
        {u"slab:"_s, u"demo:?speed=2"_s, u"command:ssh host cat /x.y"_s, u"slab"_s, u""_s})
        QVERIFY(!isFileUri(other));
}

void TestOpenArchive::fileUriTellsTimes()
{
    const FileUri file{u"/a/b.log"_s, 60.0, {wallTimeFromIso(u"2026-04-03T10:00:00Z"), 10min}};
    QCOMPARE(fileUriText(file), u"file:/a/b.log?speed=60&start=2026-04-03T10:00:00.000Z&interval=10m"_s);
    const Result<FileUri> again = fileUriFrom(fileUriText(file));
    QVERIFY(again);
    QCOMPARE(again.value().path, file.path);
    QCOMPARE(again.value().speed, file.speed);
    QCOMPARE(again.value().times, file.times);
    QCOMPARE(fileUriText({u"/a/b.log"_s, {}, {}}), u"file:/a/b.log"_s);
}

namespace {

QByteArray screenAt(const QByteArray &time, int bytes)
{
    return time
        + "\n Memory: 4096000K Avail: 1000000K  PageFlts:   100   InRam Krnl: 3000K P: 2000K\n"
          " Commit: 900000K Limit: 8000000K Peak:1000000K            Pool N: 5000K P: 4000K\n\n"
          " Tag  Type     Allocs            Frees            Diff   Bytes       Per Alloc\n\n"
          " Leak Nonp        "
        + QByteArray::number(bytes / 100) + "                0           " + QByteArray::number(bytes / 100)
        + "   " + QByteArray::number(bytes) + "          100\n\n";
}

} // namespace

/// 03/04/2026 is in March or in April.
void TestOpenArchive::datesInDoubtAreAsked()
{
    QFile log(path(u"doubt.log"_s));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write(screenAt("03/04/2026 10:00:00", 1000) + screenAt("03/04/2026 10:30:00", 2000));
    log.close();
    const auto refused = openArchive(log.fileName());
    QVERIFY(!refused);
    QCOMPARE(refused.error().choices, (QStringList{u"2026-04-03T10:00:00"_s, u"2026-03-04T10:00:00"_s}));
    for (const QString &choice : refused.error().choices) {
        const auto opened = openArchive(log.fileName(), {wallTimeFromIso(choice), {}});
        QVERIFY(opened);
        QCOMPARE(toDateTime(opened.value()->info().first).date(),
            QDateTime::fromString(choice, Qt::ISODate).date());
        QVERIFY(opened.value()->info().hasOwnTimes);
        // What the command line is told to say is taken, too.
        QVERIFY(refused.error().whatToDo.endsWith(refused.error().choices.front()));
    }
}

void TestOpenArchive::timesThatAreSaid()
{
    QFile log(path(u"untimed.log"_s));
    QVERIFY(log.open(QIODevice::WriteOnly));
    log.write(screenAt("", 1000) + screenAt("", 2000) + screenAt("", 3000));
    log.close();
    const auto assumed = openArchive(log.fileName());
    QVERIFY(assumed);
    QVERIFY(!assumed.value()->info().hasOwnTimes);
    QCOMPARE(assumed.value()->info().remarks.size(), 1);
    QVERIFY(assumed.value()->info().last - assumed.value()->info().first == 60min);
    const LogTimes times{wallTimeFromIso(u"2026-04-03T10:00:00Z"), 10s};
    const auto said = openArchive(log.fileName(), times);
    QVERIFY(said);
    QVERIFY(said.value()->info().first == *times.start);
    QVERIFY(said.value()->info().last == *times.start + 20s);
    QCOMPARE(said.value()->info().remarks, QStringList());
}

void TestOpenArchive::fileSourcePlaysAll()
{
    const std::vector<RunSample> run = test::randomRun(2, {.samples = 60});
    record(path(u"play.poolscope"_s), run);
    auto made = FileSource::create(path(u"play.poolscope"_s));
    QVERIFY(made);
    const auto source = std::move(made).value();
    std::vector<SamplePtr> samples;
    connect(source.get(), &Source::sampleArrived, this,
        [&](const SamplePtr &sample) { samples.push_back(sample); });
    QSignalSpy ended(source.get(), &Source::ended);
    QVERIFY(source->open());
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(samples.size(), run.size());
    for (size_t i = 0; i < run.size(); ++i) {
        QCOMPARE(samples[i]->wall, run[i].sample->wall);
        QVERIFY(samples[i]->readings == run[i].sample->readings);
    }
}

void TestOpenArchive::fileSourceOfTheLastSample()
{
    const std::vector<RunSample> run = test::randomRun(3, {.samples = 10});
    record(path(u"last.poolscope"_s), run);
    auto made = FileSource::createForLastSample(path(u"last.poolscope"_s));
    QVERIFY(made);
    const auto source = std::move(made).value();
    QSignalSpy samples(source.get(), &Source::sampleArrived);
    QSignalSpy ended(source.get(), &Source::ended);
    QVERIFY(source->open());
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(samples.size(), 1);
    QCOMPARE(samples[0][0].value<SamplePtr>()->wall, run.back().sample->wall);
}

QTEST_GUILESS_MAIN(TestOpenArchive)
#include "tst_openarchive.moc"
