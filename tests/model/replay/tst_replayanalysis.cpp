// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/openarchive.h"
#include "model/recording/recordingwriter.h"
#include "model/replay/replaymoments.h"
#include "model/replay/replaysession.h"
#include "model/sampling/analysisrun.h"
#include "tests/model/sampling/leakrun.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <set>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using fakes::LeakRun;

namespace {

constexpr int Samples = 500;

FindingsPtr findingsAt(int second)
{
    return std::make_shared<const Findings>(
        fakes::FirstWall + std::chrono::seconds(second), std::vector<Finding>(), SystemReading());
}

} // namespace

class TestReplayAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void momentsSpreadEvenly();
    void lastMomentGivesWay();
    void anyMomentHasItsVerdicts();
    void followsAFileThatGrows();
    void findsDamageThatNobodyLookedAt();

private:
    /// Bytes flipped in the first chunk, where opening the file does not see it.
    void damageUnseen(const QString &path);
};

void TestReplayAnalysis::momentsSpreadEvenly()
{
    ReplayMoments moments;
    QVERIFY(!moments.at(0));
    constexpr int Count = 10'000;
    for (int i = 1; i < Count; ++i) {
        if (moments.wants(TimeAxis::Index(i)))
            moments.add(TimeAxis::Index(i), findingsAt(i));
    }
    QVERIFY(!moments.at(0));
    std::set<FindingsPtr> kept;
    for (int i = 1; i < Count; ++i) {
        const FindingsPtr at = moments.at(TimeAxis::Index(i));
        if (!at) {
            QVERIFY(i < Count / int(ReplayMoments::Most) * 2);
            continue;
        }
        kept.insert(at);
        const auto age = fakes::FirstWall + std::chrono::seconds(i) - at->wall();
        QVERIFY(age >= 0s);
        QVERIFY(age < std::chrono::seconds(2 * 2 * Count / int(ReplayMoments::Most)));
    }
    QVERIFY(kept.size() >= ReplayMoments::Most / 2 - 1);
    QVERIFY(kept.size() <= ReplayMoments::Most);
    moments.clear();
    QVERIFY(!moments.at(Count));
}

void TestReplayAnalysis::lastMomentGivesWay()
{
    ReplayMoments moments;
    for (int i = 0; i <= int(ReplayMoments::Most); ++i)
        moments.add(TimeAxis::Index(i), findingsAt(i));
    const int odd = int(ReplayMoments::Most) + 1;
    QVERIFY(!moments.wants(TimeAxis::Index(odd)));
    moments.add(TimeAxis::Index(odd), findingsAt(odd));
    QCOMPARE(moments.at(TimeAxis::Index(odd))->wall(), fakes::FirstWall + std::chrono::seconds(odd));
    moments.add(TimeAxis::Index(odd + 1), findingsAt(odd + 1));
    QVERIFY(moments.at(TimeAxis::Index(odd))->wall() < fakes::FirstWall + std::chrono::seconds(odd));
}

void TestReplayAnalysis::anyMomentHasItsVerdicts()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"leak.poolscope"_s);
    auto writer = RecordingWriter::open(path);
    QVERIFY(writer);
    LeakRun run;
    std::vector<SamplePtr> samples;
    for (int n = 0; n < Samples; ++n) {
        samples.push_back(run.next());
        writer.value()->append(samples.back(), false);
    }
    QVERIFY(writer.value()->close());

    ReplaySession session(openArchive);
    session.open(path);
    const auto isJudged = [&] {
        return session.frame() && session.frame()->findings
            && session.frame()->findings->wall() == samples.back()->wall;
    };
    QTRY_VERIFY(isJudged());
    QCOMPARE(session.frame()->rows[LeakRun::Leak].verdict, Verdict::Leak);
    QCOMPARE(session.frame()->rows[LeakRun::Busy].verdict, Verdict::Steady);

    for (const int second : {0, 3, 40, 200, Samples - 2}) {
        session.seek(samples[size_t(second)]->wall);
        QTRY_COMPARE(session.frame()->number, quint64(second) + 1);
        const FindingsPtr findings = session.frame()->findings;
        // Nothing was judged yet at the first moments.
        constexpr int Spread = 2 * Samples / int(ReplayMoments::Most) + 1;
        QVERIFY(findings || second <= Spread);
        if (!findings)
            continue;
        QVERIFY(findings->wall() <= samples[size_t(second)]->wall);
        // What an analysis says that ends with the sample of the moment.
        AnalysisRun alone(rulesForFinished(Samples));
        for (const SamplePtr &sample : samples) {
            if (sample->wall <= findings->wall())
                alone.add(sample);
        }
        for (TagId id = 0; id < 4; ++id) {
            QCOMPARE(session.frame()->rows[id].verdict, alone.analysis().verdict(id));
            QCOMPARE(findings->of(id)->bytesLast.value(), alone.analysis().finding(id).bytesLast.value());
        }
    }
}

void TestReplayAnalysis::followsAFileThatGrows()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"leak.poolscope"_s);
    auto writer = RecordingWriter::open(path);
    QVERIFY(writer);
    LeakRun run;
    WallTime newest{};
    const auto append = [&](int count) {
        for (int n = 0; n < count; ++n) {
            const SamplePtr sample = run.next();
            newest = sample->wall;
            writer.value()->append(sample, false);
        }
        return bool(writer.value()->flush());
    };
    QVERIFY(append(30));
    ReplaySession session(openArchive);
    session.open(path);
    const auto isJudgedToTheEnd = [&] {
        return session.frame() && session.frame()->sample->wall == newest && session.frame()->findings
            && session.frame()->findings->wall() == newest;
    };
    QTRY_VERIFY(isJudgedToTheEnd());
    QVERIFY(append(300));
    session.refreshNow();
    QTRY_COMPARE(session.axis()->wall(session.axis()->size() - 1), newest);
    session.seek(newest);
    QTRY_VERIFY(isJudgedToTheEnd());
    QCOMPARE(session.frame()->rows[LeakRun::Leak].verdict, Verdict::Leak);
    session.close();
    QVERIFY(!session.frame());
}

void TestReplayAnalysis::damageUnseen(const QString &path)
{
    constexpr qint64 Flipped = 4;
    constexpr qint64 Step = 64;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (qint64 at = 0; at < file.size() - Flipped; at += Step) {
        QVERIFY(file.seek(at));
        const QByteArray right = file.read(Flipped);
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(QByteArray(Flipped, '\x5A')), Flipped);
        QVERIFY(file.flush());
        const auto reader = RecordingReader::open(path);
        const bool isUnseen =
            reader && reader.value()->axis().size() == Samples && reader.value()->sampleAt(Samples - 1);
        if (isUnseen && reader.value()->info().intact()) {
            static_cast<void>(reader.value()->sampleAt(0));
            if (!reader.value()->info().intact())
                return;
        }
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(right), Flipped);
        QVERIFY(file.flush());
    }
    QFAIL("no place in the file is like that");
}

void TestReplayAnalysis::findsDamageThatNobodyLookedAt()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"damaged.poolscope"_s);
    LeakRun run;
    for (int chunk = 0; chunk < 2; ++chunk) {
        auto writer = RecordingWriter::open(path);
        QVERIFY(writer);
        for (int n = 0; n < Samples / 2; ++n)
            writer.value()->append(run.next(), false);
        QVERIFY(writer.value()->close());
    }
    damageUnseen(path);

    ReplaySession session(openArchive);
    QStringList saidFirst;
    connect(&session, &ReplaySession::contentsChanged, &session, [&] {
        if (saidFirst.isEmpty())
            saidFirst = session.info()->damage;
    });
    session.open(path);
    QTRY_COMPARE(session.status().analysed, 1.0);
    QVERIFY(!session.info()->intact());
    QCOMPARE(saidFirst, session.info()->damage);
    // Contents that come later, here a look whether the file has grown, do not forget it.
    session.refreshNow();
    session.seek(session.axis()->wall(0));
    QTRY_COMPARE(session.frame()->number, quint64(1));
    QVERIFY(!session.info()->intact());
}

QTEST_GUILESS_MAIN(TestReplayAnalysis)
#include "tst_replayanalysis.moc"
