// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/session.h"
#include "tests/model/sampling/testsamples.h"
#include "tests/support/madeseries.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using fakes::reading;

namespace {

const auto Two = fakes::tagList({"AAAA", "BBBB"});
const auto OneA = fakes::tagList({"AAAA"});
const auto OneB = fakes::tagList({"BBBB"});

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void testsAreToldToTheAnalysis();
    void firstFrameKnowsNoChange();
    void changesAreSigned();
    void unknownStaysUnknown();
    void countersWrapAt32Bits();
    void rebootStartsAnew();
    void sourceThatStartsOver();
    void sameSampleTwice();
    void vanishedTag();
    void returningTagStartsAnew();
    void tagThatCameLater();
    void samePointerSharesTheRoster();
    void rowsInAnotherOrder();
    void sameNameOtherPoolType();
    void driverThatBecomesKnown();
    void resetBaseline();
    void systemChange();
    void growthReachesTheFrame();
    void framesAreImmutable();
    void gapBreaksTheSeries();
};

void TestSession::firstFrameKnowsNoChange()
{
    Session session;
    QVERIFY(!session.frame());
    const FramePtr frame = session.add(fakes::sampleAt(0s, Two, {reading(10), reading(20)}));
    QVERIFY(frame);
    QCOMPARE(frame->number, quint64(1));
    QCOMPARE(frame->rows.size(), size_t(2));
    QVERIFY(frame->rows[0].sinceLast == Reading());
    QVERIFY(frame->rows[1].reading.bytes == Counter(20));
    QVERIFY(frame->rows[1].sinceBaseline.bytes == Counter(0));
    QVERIFY(std::isnan(frame->rows[0].bytesPerHour));
    QVERIFY(frame->rows[0].present);
    QCOMPARE(frame->baselineWall, fakes::FirstWall);
    QVERIFY(session.takeMarks().empty());
}

void TestSession::changesAreSigned()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, Two, {reading(100), reading(20)})));
    QVERIFY(session.add(fakes::sampleAt(1s, Two, {reading(70), reading(20)})));
    const FramePtr frame = session.add(fakes::sampleAt(2s, Two, {reading(60), reading(25)}));
    QVERIFY(frame->rows[0].sinceLast.bytes == Counter(-10));
    QVERIFY(frame->rows[0].sinceBaseline.bytes == Counter(-40));
    QVERIFY(frame->rows[1].sinceLast.bytes == Counter(5));
    QCOMPARE(frame->number, quint64(3));
}

void TestSession::unknownStaysUnknown()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, OneA, {reading(100)})));
    const FramePtr frame = session.add(fakes::sampleAt(1s, OneA, {reading({}, 5, 3)}));
    const FrameRow &row = frame->rows[0];
    QVERIFY(!row.reading.bytes.isKnown());
    QVERIFY(!row.sinceLast.bytes.isKnown());
    QVERIFY(!row.sinceLast.allocs.isKnown()); // known now, but not before
    QVERIFY(!row.sinceBaseline.allocs.isKnown());
    QVERIFY(row.present);
}

void TestSession::countersWrapAt32Bits()
{
    const auto origin = fakes::origin(u"boot"_s, 32);
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, OneA, {reading(64, 0xFFFFFFF0LL, 10)}, origin)));
    const FramePtr frame = session.add(fakes::sampleAt(1s, OneA, {reading(64, 0x10, 12)}, origin));
    QVERIFY(frame->rows[0].sinceLast.allocs == Counter(0x20));
    QVERIFY(frame->rows[0].sinceLast.frees == Counter(2));
    QVERIFY(frame->rows[0].sinceBaseline.allocs == Counter(0x20));

    // The chart's rate as well: 0x20 allocations in a second.
    SeriesRequest request;
    request.wishes = {{TagId(0), {}}};
    request.metric = Metric::AllocsPerSecond;
    request.from = fakes::FirstWall;
    request.to = fakes::FirstWall + 2s;
    const SeriesAnswer answer = session.answer(request);
    QCOMPARE(answer.series[0].size(), size_t(1));
    QCOMPARE(answer.series[0][0].value, 32.0);
}

void TestSession::rebootStartsAnew()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, Two, {reading(100, 50), reading(20)})));
    QVERIFY(session.add(fakes::sampleAt(60s, Two, {reading(200, 60), reading(20)})));
    const auto other = fakes::origin(u"boot-2"_s);
    auto sample = fakes::sampleAt(120s, OneA, {reading(5, 1)}, other);
    sample->monotonic = 10s; // a clock of its own
    const FramePtr frame = session.add(sample);
    QVERIFY(frame->rows[0].sinceLast == Reading());
    QVERIFY(frame->rows[0].sinceBaseline.bytes == Counter(0));
    QVERIFY(!frame->rows[1].present);
    QCOMPARE(frame->baselineWall, sample->wall);
    const std::vector<Mark> marks = session.takeMarks();
    QCOMPARE(marks.size(), size_t(1));
    QCOMPARE(marks[0].kind, MarkKind::Reboot);
    QCOMPARE(marks[0].wall, sample->wall);
    QVERIFY(session.takeMarks().empty());

    SeriesRequest request;
    request.wishes = {{TagId(0), {}}};
    request.from = fakes::FirstWall;
    request.to = fakes::FirstWall + 200s;
    const SeriesAnswer answer = session.answer(request);
    QCOMPARE(answer.series[0].size(), size_t(3));
    QVERIFY(answer.series[0][2].afterGap);
    request.metric = Metric::AllocsPerSecond;
    QCOMPARE(session.answer(request).series[0].size(), size_t(1)); // none across the reboot
}

void TestSession::sourceThatStartsOver()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, OneA, {reading(100)})));
    QVERIFY(session.add(fakes::sampleAt(10s, OneA, {reading(200)})));
    const FramePtr frame = session.add(fakes::sampleAt(0s, OneA, {reading(100)}));
    QVERIFY(frame);
    QVERIFY(!frame->rows[0].sinceLast.bytes.isKnown());
    const std::vector<Mark> marks = session.takeMarks();
    QCOMPARE(marks.size(), size_t(1));
    QCOMPARE(marks[0].kind, MarkKind::Gap);
    // The axis goes on all the same.
    QVERIFY(*session.now() > fakes::FirstWall + 10s);
}

void TestSession::sameSampleTwice()
{
    Session session;
    const auto sample = fakes::sampleAt(0s, OneA, {reading(100)});
    QVERIFY(session.add(sample));
    QVERIFY(!session.add(sample));
    QCOMPARE(session.frame()->number, quint64(1));
}

void TestSession::vanishedTag()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, Two, {reading(100), reading(20)})));
    QVERIFY(session.add(fakes::sampleAt(1s, OneA, {reading(100)})));
    const FramePtr frame = session.add(fakes::sampleAt(2s, OneA, {reading(100)}));
    QCOMPARE(frame->rows.size(), size_t(2));
    const FrameRow &row = frame->rows[1];
    QVERIFY(!row.present);
    QVERIFY(row.reading.bytes == Counter(20)); // what it had last
    QCOMPARE(row.lastSeen, fakes::FirstWall);
    QVERIFY(row.sinceLast == Reading());
    QVERIFY(std::isnan(row.bytesPerHour));
    QVERIFY(frame->rows[0].present);
    QCOMPARE(frame->rows[0].lastSeen, fakes::FirstWall + 2s);
    QCOMPARE(frame->rows[0].firstSeen, fakes::FirstWall);
}

void TestSession::returningTagStartsAnew()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, Two, {reading(100), reading(20)})));
    QVERIFY(session.add(fakes::sampleAt(1s, OneA, {reading(100)})));
    FramePtr frame = session.add(fakes::sampleAt(2s, Two, {reading(100), reading(500)}));
    QVERIFY(frame->rows[1].present);
    QVERIFY(frame->rows[1].sinceLast == Reading());
    QVERIFY(frame->rows[1].sinceBaseline.bytes == Counter(0));
    QCOMPARE(frame->rows[1].firstSeen, fakes::FirstWall);
    frame = session.add(fakes::sampleAt(3s, Two, {reading(100), reading(510)}));
    QVERIFY(frame->rows[1].sinceLast.bytes == Counter(10));
    QVERIFY(frame->rows[1].sinceBaseline.bytes == Counter(10));

    SeriesRequest request; // its line is interrupted
    request.wishes = {{TagId(1), {}}};
    request.from = fakes::FirstWall;
    request.to = fakes::FirstWall + 4s;
    const std::vector<SeriesPoint> points = session.answer(request).series[0];
    QCOMPARE(points.size(), size_t(3));
    QVERIFY(points[1].afterGap);
    QVERIFY(!points[2].afterGap);
}

void TestSession::tagThatCameLater()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, OneB, {reading(1)})));
    FramePtr frame = session.add(fakes::sampleAt(1s, Two, {reading(100), reading(2)}));
    QCOMPARE((*frame->tags)[0].tag.bytes, QByteArray("BBBB")); // numbered as they come
    QCOMPARE((*frame->tags)[1].tag.bytes, QByteArray("AAAA"));
    QVERIFY(frame->rows[0].sinceLast.bytes == Counter(1));
    QVERIFY(frame->rows[1].sinceLast == Reading());
    QCOMPARE(frame->rows[1].firstSeen, fakes::FirstWall + 1s);
    frame = session.add(fakes::sampleAt(2s, Two, {reading(130), reading(2)}));
    QVERIFY(frame->rows[1].sinceBaseline.bytes == Counter(30));
}

void TestSession::samePointerSharesTheRoster()
{
    Session session;
    const FramePtr first = session.add(fakes::sampleAt(0s, Two, {reading(1), reading(2)}));
    const FramePtr second = session.add(fakes::sampleAt(1s, Two, {reading(1), reading(2)}));
    QCOMPARE(first->tags, second->tags);
    // Equal rows in another list: nothing new either.
    const auto copy = std::make_shared<const TagList>(*Two);
    const FramePtr third = session.add(fakes::sampleAt(2s, copy, {reading(1), reading(2)}));
    QCOMPARE(first->tags, third->tags);
    QVERIFY(third->rows[1].sinceLast.bytes == Counter(0));
}

void TestSession::rowsInAnotherOrder()
{
    Session session;
    std::vector<QByteArray> names;
    for (int i = 0; i < 200; ++i)
        names.push_back("tag-" + QByteArray::number(i));
    std::vector<QByteArray> all; // by TagId
    quint32 random = 1;
    for (int round = 0; round < 30; ++round) {
        TagList tags;
        std::vector<Reading> readings;
        for (size_t i = 0; i < names.size(); ++i) {
            random = random * 1664525 + 1013904223;
            if (random >> 28 == 0)
                continue; // about one of sixteen is away
            tags.push_back({{names[i], PoolType::None}, {}});
            readings.push_back(reading(names[i].mid(4).toInt() * 1000 + round));
        }
        const FramePtr frame =
            session.add(fakes::sampleAt(round * 1s, std::make_shared<const TagList>(tags), readings));
        for (size_t id = 0; id < frame->rows.size(); ++id) {
            const QByteArray name = (*frame->tags)[id].tag.bytes;
            if (id < all.size())
                QCOMPARE(name, all[id]); // never renumbered
            else
                all.push_back(name);
            const auto here = [&](const TagEntry &entry) { return entry.tag.bytes == name; };
            const bool present = std::any_of(tags.begin(), tags.end(), here);
            QCOMPARE(frame->rows[id].present, present);
            if (present)
                QVERIFY(frame->rows[id].reading.bytes == Counter(name.mid(4).toInt() * 1000 + round));
        }
        // Swap two, so that positions differ from round to round.
        std::swap(names[random % 200], names[(random >> 8) % 200]);
    }
    QCOMPARE(std::set<QByteArray>(all.begin(), all.end()).size(), all.size());
}

void TestSession::sameNameOtherPoolType()
{
    const auto tags = std::make_shared<const TagList>(TagList{{{"Proc", PoolType::Nonpaged}, {}},
        {{"Proc", PoolType::Paged}, {}}, {{QByteArray("a\0b", 3), {}}, {}}});
    Session session;
    const FramePtr frame = session.add(fakes::sampleAt(0s, tags, {reading(1), reading(2), reading(3)}));
    QCOMPARE(frame->rows.size(), size_t(3));
    QVERIFY(frame->rows[1].reading.bytes == Counter(2));
}

void TestSession::driverThatBecomesKnown()
{
    Session session;
    const FramePtr first = session.add(fakes::sampleAt(0s, OneA, {reading(1)}));
    auto named = *OneA;
    named[0].driver = "netio.sys";
    const auto list = std::make_shared<const TagList>(named);
    const FramePtr second = session.add(fakes::sampleAt(1s, list, {reading(2)}));
    QCOMPARE((*second->tags)[0].driver, QByteArray("netio.sys"));
    QVERIFY((*first->tags)[0].driver.isEmpty());
    QVERIFY(second->rows[0].sinceLast.bytes == Counter(1));
}

void TestSession::resetBaseline()
{
    Session session;
    QVERIFY(!session.resetBaseline());
    QVERIFY(session.add(fakes::sampleAt(0s, OneA, {reading(100)})));
    QVERIFY(session.add(fakes::sampleAt(1s, OneA, {reading(150)})));
    FramePtr frame = session.resetBaseline();
    QCOMPARE(frame->number, quint64(2));
    QVERIFY(frame->rows[0].sinceBaseline.bytes == Counter(0));
    QVERIFY(frame->rows[0].sinceLast.bytes == Counter(50));
    QCOMPARE(frame->baselineWall, fakes::FirstWall + 1s);
    const std::vector<Mark> marks = session.takeMarks();
    QCOMPARE(marks.size(), size_t(1));
    QCOMPARE(marks[0].kind, MarkKind::Baseline);
    frame = session.add(fakes::sampleAt(2s, OneA, {reading(160)}));
    QVERIFY(frame->rows[0].sinceBaseline.bytes == Counter(10));
    QCOMPARE(frame->baselineWall, fakes::FirstWall + 1s);
}

void TestSession::systemChange()
{
    Session session;
    const auto origin = fakes::origin(u"boot"_s, 32);
    auto first = fakes::sampleAt(0s, OneA, {reading(1)}, origin);
    first->system[SystemField::PageFaults] = 0xFFFFFFFFLL;
    first->system[SystemField::MemAvailable] = 9'000'000'000;
    const FramePtr before = session.add(first);
    QVERIFY(before->systemChange == SystemReading());
    auto second = fakes::sampleAt(1s, OneA, {reading(1)}, origin);
    second->system[SystemField::PageFaults] = 4;
    second->system[SystemField::MemAvailable] = 1'000'000'000;
    second->system[SystemField::Commit] = 7;
    const FramePtr frame = session.add(second);
    QVERIFY(frame->systemChange[SystemField::PageFaults] == Counter(5));
    QVERIFY(frame->systemChange[SystemField::MemAvailable] == Counter(-8'000'000'000));
    QVERIFY(!frame->systemChange[SystemField::Commit].isKnown());
}

void TestSession::growthReachesTheFrame()
{
    Session session;
    FramePtr frame;
    for (int i = 0; i <= 10; ++i)
        frame = session.add(fakes::sampleAt(i * 1s, Two, {reading(1000 * i), reading(7)}));
    QVERIFY(std::abs(frame->rows[0].bytesPerHour - 3'600'000.0) < 1e-3);
    QCOMPARE(frame->rows[1].bytesPerHour, 0.0);
}

void TestSession::framesAreImmutable()
{
    Session session;
    const FramePtr first = session.add(fakes::sampleAt(0s, OneA, {reading(100)}));
    const std::vector<FrameRow> copy = first->rows;
    QVERIFY(session.add(fakes::sampleAt(1s, Two, {reading(200), reading(3)})));
    QVERIFY(session.resetBaseline());
    QVERIFY(session.add(fakes::sampleAt(2s, OneB, {reading(200)})));
    QVERIFY(first->rows == copy);
    QCOMPARE(first->tags->size(), size_t(1));
}

void TestSession::gapBreaksTheSeries()
{
    Session session;
    QVERIFY(session.add(fakes::sampleAt(0s, OneA, {reading(100)})));
    const FramePtr frame = session.add(fakes::sampleAt(60s, OneA, {reading(130)}), true);
    QVERIFY(frame->rows[0].sinceLast.bytes == Counter(30)); // measured, only longer apart
    SeriesRequest request;
    request.wishes = {{TagId(0), {}}};
    request.from = fakes::FirstWall;
    request.to = fakes::FirstWall + 60s;
    const std::vector<SeriesPoint> points = session.answer(request).series[0];
    QCOMPARE(points.size(), size_t(2));
    QVERIFY(points[1].afterGap);
}

void TestSession::testsAreToldToTheAnalysis()
{
    test::MadeSeries series({{"tested", [](double t, QRandomGenerator &) {
                                  return t < 100 ? 500 : t < 200 ? 500 + 20 * (t - 100) : 520;
                              }}});
    Session session;
    FramePtr frame;
    for (int second = 0; second < 300; ++second) {
        if (second == 100 || second == 200)
            session.markTest(second == 100);
        frame = session.add(series.at(second));
    }
    QVERIFY(frame->findings);
    const Finding *finding = frame->findings->of(0);
    QVERIFY(finding && finding->freedFraction);
    QVERIFY2(*finding->freedFraction > .9, qPrintable(QString::number(*finding->freedFraction)));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
