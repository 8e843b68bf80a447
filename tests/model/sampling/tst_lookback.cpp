// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "tests/model/sampling/fakes.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <vector>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr size_t Tags = 4000;

/// Without a pattern that a compressed history could use.
qint64 bytesOf(qint64 sample, size_t tag)
{
    quint64 x = static_cast<quint64>(sample) * Tags + tag + 1;
    x *= 0x9E37'79B9'7F4A'7C15ULL;
    x ^= x >> 29;
    x *= 0xBF58'476D'1CE4'E5B9ULL;
    return static_cast<qint64>((x ^ (x >> 32)) & 0xFFFF'FFFFULL);
}

std::shared_ptr<const TagList> manyTags()
{
    TagList tags;
    for (size_t i = 0; i < Tags; ++i)
        tags.push_back({{QByteArray::number(i), PoolType::Nonpaged}, {}});
    return std::make_shared<const TagList>(std::move(tags));
}

/// The number of the sample that it makes, from 0.
SamplePtr sampleNumber(qint64 n)
{
    static const std::shared_ptr<const TagList> tags = manyTags();
    static const std::shared_ptr<const Origin> origin = fakes::origin();
    std::vector<Reading> readings(Tags);
    for (size_t i = 0; i < Tags; ++i)
        readings[i].bytes = bytesOf(n, i);
    return fakes::sampleAt(n * 1s, tags, std::move(readings), origin);
}

} // namespace

class TestLookBack : public QObject
{
    Q_OBJECT

private slots:
    void pastComesFromTheRecording();
};

/// Fills the smallest memory that a session may have, then asks for what it had to thin.
void TestLookBack::pastComesFromTheRecording()
{
    QTemporaryDir dir;
    LiveSession session;
    session.setHistoryBudget(MinHistoryBudget);
    auto source = std::make_unique<fakes::PushSource>();
    fakes::PushSource &push = *source;
    session.start(std::move(source));
    session.startRecording(dir.filePath(u"run.poolscope"_s));
    QTRY_COMPARE(session.recordingStatus().state, RecordingState::Recording);

    qint64 n = 0;
    const auto thinnedWall = fakes::FirstWall + 60s;
    const auto isThinned = [&] {
        return session.historyReach() && *session.historyReach()->exactFrom > thinnedWall;
    };
    while (n < 20'000 && !isThinned()) {
        for (int i = 0; i < 100; ++i)
            QMetaObject::invokeMethod(
                &push, [&push, sample = sampleNumber(n++)] { emit push.sampleArrived(sample); });
        QTRY_VERIFY(session.frame() && session.frame()->number == quint64(n));
    }
    QVERIFY(isThinned());
    const auto newest = session.frame()->sample->wall;
    const WallTime fed = wallTimeNow();
    QTRY_VERIFY_WITH_TIMEOUT(session.recordingStatus().lastFlush >= fed, 20'000);

    QSignalSpy answers(&session, &SessionHandle::seriesReady);
    SeriesRequest request;
    request.token = seriesToken(SeriesAsker::Chart, 1);
    request.wishes = {{TagId(5), {}}};
    request.from = fakes::FirstWall;
    request.to = newest;
    request.columns = 100'000;
    const auto pointsOf = [&] {
        answers.clear();
        session.requestSeries(request);
        if (!QTest::qWaitFor([&] { return !answers.isEmpty(); }))
            return std::vector<SeriesPoint>();
        return answers[0][0].value<SeriesAnswer>().series[0];
    };
    const std::vector<SeriesPoint> points = pointsOf();
    QVERIFY(points.size() > 60);
    for (qint64 i = 0; i < 60; ++i) {
        QCOMPARE(points[size_t(i)].wall, fakes::FirstWall + i * 1s);
        QCOMPARE(points[size_t(i)].value, double(bytesOf(i, 5)));
    }

    // Without the recording, what memory is left with.
    session.stopRecording();
    QTRY_COMPARE(session.recordingStatus().state, RecordingState::Off);
    const std::vector<SeriesPoint> thinned = pointsOf();
    QVERIFY(!thinned.empty() && thinned.size() < points.size());
}

QTEST_GUILESS_MAIN(TestLookBack)
#include "tst_lookback.moc"
