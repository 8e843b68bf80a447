// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/decimator.h"
#include "model/recording/recordingwriter.h"
#include "model/sampling/recordedpast.h"
#include "model/sampling/session.h"
#include "tests/model/sampling/testsamples.h"

#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Samples = 4000;

/// One run of samples, taken by a session that forgets, by one that does not, and by a recording.
struct Rig
{
    struct Options
    {
        int recordedFrom = 0; ///< number of the first sample that is recorded
        int flushedUpTo = Samples; ///< what follows waits in the writer
        bool appendsToOlder = false; ///< the file holds another session's samples
    };

    explicit Rig(const Options &options)
    {
        open();
        if (options.appendsToOlder) {
            for (int n = 0; n < 50; ++n)
                writer->append(sample(n - 1000, fakes::tagList({"Old", "A"}), 2), false);
            QVERIFY(writer->close());
            open();
        }
        for (int n = 0; n < Samples; ++n) {
            // A tag that comes late, so that ids in the file and in the session may differ.
            const SamplePtr next = sample(n, n < 700 ? few : many, n < 700 ? 3 : 4);
            const bool afterGap = n % 997 == 500;
            QVERIFY(thinned.add(next, afterGap));
            QVERIFY(whole.add(next, afterGap));
            if (n >= options.recordedFrom)
                writer->append(next, afterGap);
            if (n + 1 == options.flushedUpTo || (n % 500 == 0 && n < options.flushedUpTo))
                QVERIFY(writer->flush());
        }
        QVERIFY(thinned.history().reach()->exactFrom);
    }

    [[nodiscard]] PastRange range(const SeriesRequest &request) const
    {
        return {request, thinned.answer(request), thinned.frame()->firstWall,
            *thinned.history().reach()->exactFrom, thinned.frame()->tags, path()};
    }
    [[nodiscard]] QString path() const { return dir.filePath(u"run.poolscope"_s); }
    [[nodiscard]] static WallTime wall(int n) { return fakes::FirstWall + n * 1s; }

    QTemporaryDir dir;
    Session thinned{0};
    Session whole;
    std::unique_ptr<RecordingWriter> writer;

private:
    void open()
    {
        auto opened = RecordingWriter::open(path());
        QVERIFY(opened);
        writer = std::move(opened).value();
    }
    SamplePtr sample(int n, const std::shared_ptr<const TagList> &tags, size_t count)
    {
        std::vector<Reading> readings;
        for (size_t i = 0; i < count; ++i) {
            m_allocs[i] += static_cast<qint64>(m_random() % 50);
            const qint64 held = static_cast<qint64>(m_random() % 1000);
            readings.push_back({m_allocs[i], m_allocs[i] - held, held, held * 128});
        }
        auto made = fakes::sampleAt(n * 1s, tags, std::move(readings), m_origin);
        made->system[SystemField::MemAvailable] = static_cast<qint64>(m_random() % 100'000);
        return made;
    }

    std::shared_ptr<const Origin> m_origin = fakes::origin();
    std::shared_ptr<const TagList> few = fakes::tagList({"A", "B", "C"});
    std::shared_ptr<const TagList> many = fakes::tagList({"Late", "A", "B", "C"});
    std::array<qint64, 4> m_allocs{1000, 2000, 3000, 4000};
    std::mt19937 m_random{7};
};

SeriesRequest request(WallTime from, WallTime to, int columns, Metric metric = Metric::Bytes)
{
    SeriesRequest wanted;
    wanted.token = seriesToken(SeriesAsker::Chart, 1);
    wanted.from = from;
    wanted.to = to;
    wanted.columns = columns;
    wanted.metric = metric;
    for (TagId id = 0; id < 4; ++id) {
        wanted.wishes.push_back({id, {}});
        wanted.wishes.push_back({id, Rig::wall(300)});
        wanted.wishes.push_back({id, Rig::wall(3900)});
    }
    wanted.wishes.push_back({SystemField::MemAvailable, {}});
    wanted.wishes.push_back({SystemField::Commit, {}}); // never known
    return wanted;
}

/// Whether two answers draw the same from `from` to `to`.
bool drawsTheSame(const SeriesAnswer &a, const SeriesAnswer &b, WallTime from, WallTime to)
{
    if (a.series.size() != b.series.size())
        return false;
    const auto within = [&](std::vector<SeriesPoint> points) {
        std::erase_if(points, [&](const SeriesPoint &p) { return p.wall < from || to <= p.wall; });
        return points;
    };
    for (size_t i = 0; i < a.series.size(); ++i) {
        const auto x = within(a.series[i]);
        const auto y = within(b.series[i]);
        for (size_t n = 0; n < std::max(x.size(), y.size()); ++n) {
            const bool isSame = n < x.size() && n < y.size() && x[n].wall == y[n].wall
                && x[n].afterGap == y[n].afterGap && std::abs(x[n].value - y[n].value) < 1e-6;
            if (!isSame)
                return false;
        }
    }
    return true;
}

} // namespace

class TestRecordedPast : public QObject
{
    Q_OBJECT

private slots:
    void pastIsExact_data();
    void pastIsExact();
    void slidingRangeReadsOnly();
    void recordedFromTheMiddle();
    void fileLagsBehind();
    void olderSessionStaysOut();
    void fileThatCannotBeRead();
};

void TestRecordedPast::pastIsExact_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    QTest::addColumn<int>("columns");
    QTest::addColumn<Metric>("metric");
    const auto add = [](const char *name, int from, int to, int columns, Metric metric = Metric::Bytes) {
        QTest::newRow(name) << from << to << columns << metric;
    };
    add("all of it", 0, Samples, 300);
    add("a point a pixel", 0, Samples, 10'000);
    add("far back", 100, 400, 1000);
    add("across the join", 3000, 3900, 100);
    add("few columns", 0, Samples, 20);
    add("before the session", -500, 200, 100);
    add("outstanding", 0, Samples, 300, Metric::Outstanding);
    add("allocs a second", 0, Samples, 300, Metric::AllocsPerSecond);
    add("frees a second, every sample", 2000, Samples, 10'000, Metric::FreesPerSecond);
}

void TestRecordedPast::pastIsExact()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QFETCH(int, columns);
    QFETCH(Metric, metric);
    Rig rig({});
    const SeriesRequest wanted = request(Rig::wall(from), Rig::wall(to), columns, metric);
    const SeriesAnswer truth = rig.whole.answer(wanted);
    RecordedPast past;
    const PastRange range = rig.range(wanted);
    QVERIFY(!drawsTheSame(range.memory, truth, wanted.from, wanted.to) || columns <= 20);
    const SeriesAnswer answer = past.complete(range);
    QCOMPARE(answer.token, wanted.token);
    QCOMPARE(answer.first, Rig::wall(0));
    QVERIFY(drawsTheSame(answer, truth, wanted.from, wanted.to));
    QVERIFY(drawsTheSame(past.complete(range), truth, wanted.from, wanted.to)); // what was kept is right, too
}

/// Any order of ranges, some of which share their pixel columns.
void TestRecordedPast::slidingRangeReadsOnly()
{
    Rig rig({});
    RecordedPast past;
    std::mt19937 random(3);
    for (int i = 0; i < 60; ++i) {
        const int from = static_cast<int>(random() % 3000);
        const int span = i % 3 == 0 ? 300 : 1000;
        const SeriesRequest wanted = request(Rig::wall(from), Rig::wall(from + span), 50,
            i % 7 == 0 ? Metric::AllocsPerSecond : Metric::Bytes);
        QVERIFY(
            drawsTheSame(past.complete(rig.range(wanted)), rig.whole.answer(wanted), wanted.from, wanted.to));
    }
}

void TestRecordedPast::recordedFromTheMiddle()
{
    Rig rig({.recordedFrom = 2000});
    RecordedPast past;
    const SeriesRequest wanted = request(Rig::wall(0), Rig::wall(Samples), 400);
    const ColumnGrid grid(wanted.from, wanted.to, wanted.columns);
    const WallTime join = grid.endOf(Rig::wall(2000));
    const PastRange range = rig.range(wanted);
    const SeriesAnswer answer = past.complete(range);
    // With the references of the recording where those lie in it, so only what has none is compared.
    SeriesRequest plain = wanted;
    std::erase_if(plain.wishes, [](const SeriesWish &wish) { return wish.changeSince.has_value(); });
    const SeriesAnswer plainAnswer = past.complete(rig.range(plain));
    QVERIFY(drawsTheSame(plainAnswer, rig.thinned.answer(plain), wanted.from, grid.startOf(Rig::wall(2000))));
    QVERIFY(drawsTheSame(plainAnswer, rig.whole.answer(plain), join, wanted.to));
    QVERIFY(!answer.series[0].empty());
}

/// What the disk does not have yet is shown as memory has it.
void TestRecordedPast::fileLagsBehind()
{
    Rig rig({.flushedUpTo = 2500});
    RecordedPast past;
    SeriesRequest wanted = request(Rig::wall(0), Rig::wall(Samples), 400);
    std::erase_if(wanted.wishes, [](const SeriesWish &wish) { return wish.changeSince.has_value(); });
    const ColumnGrid grid(wanted.from, wanted.to, wanted.columns);
    const WallTime written = grid.startOf(Rig::wall(2499));
    SeriesAnswer answer = past.complete(rig.range(wanted));
    QVERIFY(drawsTheSame(answer, rig.whole.answer(wanted), wanted.from, written));
    QVERIFY(drawsTheSame(answer, rig.thinned.answer(wanted), written, wanted.to));
    QVERIFY(rig.writer->flush());
    answer = past.complete(rig.range(wanted));
    QVERIFY(drawsTheSame(answer, rig.whole.answer(wanted), wanted.from, wanted.to));
}

void TestRecordedPast::olderSessionStaysOut()
{
    Rig rig({.appendsToOlder = true});
    RecordedPast past;
    const SeriesRequest wanted = request(Rig::wall(-1000), Rig::wall(Samples), 500);
    const SeriesAnswer answer = past.complete(rig.range(wanted));
    QCOMPARE(answer.first, Rig::wall(0));
    QVERIFY(drawsTheSame(answer, rig.whole.answer(wanted), wanted.from, wanted.to));
}

void TestRecordedPast::fileThatCannotBeRead()
{
    Rig rig({});
    RecordedPast past;
    const SeriesRequest wanted = request(Rig::wall(0), Rig::wall(Samples), 400);
    PastRange range = rig.range(wanted);
    range.path = rig.dir.filePath(u"none.poolscope"_s);
    QVERIFY(drawsTheSame(past.complete(range), range.memory, WallTime::min(), WallTime::max()));
    range.path = rig.path();
    QVERIFY(drawsTheSame(past.complete(range), rig.whole.answer(wanted), wanted.from, wanted.to));
    past.close();
    QVERIFY(rig.writer->close());
    QVERIFY(drawsTheSame(past.complete(range), rig.whole.answer(wanted), wanted.from, wanted.to));
}

QTEST_GUILESS_MAIN(TestRecordedPast)
#include "tst_recordedpast.moc"
