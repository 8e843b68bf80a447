// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/sampling/livesession.h"
#include "tests/model/sampling/fakes.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <vector>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr size_t Tags = 4000;
constexpr qint64 Samples = 1000; ///< more than the smallest history holds

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

/// Makes samples on the sampler's thread, as fast as it can.
class FloodSource : public Source
{
    Q_OBJECT

public:
    /// Waits until `mayBegin`.
    explicit FloodSource(const std::atomic_bool &mayBegin)
        : m_mayBegin(mayBegin)
    {
    }
    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override { return u"flood:"_s; }
    [[nodiscard]] QString title() const override { return u"flood"_s; }
    [[nodiscard]] Result<Done> open() override
    {
        startTimer(0);
        return Done();
    }
    void close() override { }
    [[nodiscard]] Result<SamplePtr> read() override { return Error{}; }

protected:
    void timerEvent(QTimerEvent *event) override
    {
        if (!m_mayBegin)
            return;
        std::vector<Reading> readings(Tags);
        for (size_t i = 0; i < Tags; ++i)
            readings[i].bytes = bytesOf(m_made, i);
        emit sampleArrived(fakes::sampleAt(m_made++ * 1s, m_tags, std::move(readings), m_origin));
        if (m_made == Samples)
            killTimer(event->timerId());
    }

private:
    const std::atomic_bool &m_mayBegin;
    qint64 m_made = 0;
    std::shared_ptr<const TagList> m_tags = manyTags();
    std::shared_ptr<const Origin> m_origin = fakes::origin();
};

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
    std::atomic_bool mayBegin = false;
    LiveSession session;
    session.setHistoryBudget(MinHistoryBudget);
    session.start(std::make_unique<FloodSource>(mayBegin));
    session.startRecording(dir.filePath(u"run.poolscope"_s));
    QTRY_COMPARE(session.recordingStatus().state, RecordingState::Recording);
    mayBegin = true;
    constexpr int WaitMs =
        240'000; // all of it is work: judging tags that all change, slow under ThreadSanitizer
    QTRY_VERIFY_WITH_TIMEOUT(session.frame() && session.frame()->number == quint64(Samples), WaitMs);
    QVERIFY(session.historyReach());
    QVERIFY(*session.historyReach()->exactFrom > fakes::FirstWall + 60s);
    const auto newest = session.frame()->sample->wall;
    const WallTime fed = wallTimeNow();
    QTRY_VERIFY_WITH_TIMEOUT(session.recordingStatus().lastFlush >= fed, WaitMs);

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
        if (!QTest::qWaitFor([&] { return !answers.isEmpty(); }, WaitMs))
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
    QTRY_COMPARE_WITH_TIMEOUT(session.recordingStatus().state, RecordingState::Off, WaitMs);
    const std::vector<SeriesPoint> thinned = pointsOf();
    QVERIFY(!thinned.empty() && thinned.size() < points.size());
}

QTEST_GUILESS_MAIN(TestLookBack)
#include "tst_lookback.moc"
