// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/session.h"
#include "tests/model/sampling/leakrun.h"

#include <QtTest>

#include <set>

using namespace poolscope;
using namespace std::chrono_literals;
using fakes::LeakRun;

namespace {

Finding finding(TagId id, Verdict verdict, std::optional<int> group = {})
{
    Finding made;
    made.id = id;
    made.verdict = verdict;
    made.group = group;
    return made;
}

} // namespace

class TestSessionAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void findingsKnowTheirPlaces();
    void framesCarryWhatTheAnalysisSays();
    void findingsAreSharedUntilDue();
    void rebootJudgesAnew();
};

void TestSessionAnalysis::findingsKnowTheirPlaces()
{
    const Findings findings({},
        {finding(7, Verdict::Leak, 1), finding(2, Verdict::Leak), finding(4, Verdict::Suspect, 1),
            finding(0, Verdict::Steady), finding(9, Verdict::Steady)},
        {});
    QVERIFY(!findings.of(1));
    QVERIFY(!findings.of(1000));
    QCOMPARE(findings.of(4)->verdict, Verdict::Suspect);

    QVERIFY(!findings.suspicion(1).isKnown());
    QVERIFY(findings.suspicion(0) == Counter(0));
    QVERIFY(findings.suspicion(9) == Counter(0));
    QVERIFY(findings.suspicion(7).value() > findings.suspicion(2).value());
    QVERIFY(findings.suspicion(2).value() > findings.suspicion(4).value());
    QVERIFY(findings.suspicion(4).value() > 0);

    QCOMPARE(findings.inStepWith(*findings.of(7)), std::vector<TagId>{4});
    QCOMPARE(findings.inStepWith(*findings.of(4)), std::vector<TagId>{7});
    QCOMPARE(findings.inStepWith(*findings.of(2)), std::vector<TagId>());
    QVERIFY(findings.leadsItsGroup(*findings.of(7)));
    QVERIFY(!findings.leadsItsGroup(*findings.of(4)));
    QVERIFY(findings.leadsItsGroup(*findings.of(2)));
}

void TestSessionAnalysis::framesCarryWhatTheAnalysisSays()
{
    Session session;
    Analysis alone;
    LeakRun run;
    const std::vector<TagId> ids{0, 1, 2, 3};
    FindingsPtr before;
    for (int n = 0; n < 300; ++n) {
        const SamplePtr sample = run.next();
        const FramePtr frame = session.add(sample);
        alone.add(*sample, ids, TimeAxis::Joint::Continuous);
        QCOMPARE(frame->findings == nullptr, n == 0);
        const bool isNew = frame->findings != std::exchange(before, frame->findings);
        for (const TagId id : ids) {
            const Verdict verdict = frame->rows[id].verdict;
            QVERIFY(verdict == alone.verdict(id) || !isNew);
            QCOMPARE(verdict == Verdict::Leak, alone.verdict(id) == Verdict::Leak); // at once
            QCOMPARE(frame->rows[id].suspicion.isKnown(), n > 0);
        }
    }
    const Frame &last = *session.frame();
    QCOMPARE(last.rows[LeakRun::Leak].verdict, Verdict::Leak);
    QCOMPARE(last.rows[LeakRun::Pair].verdict, Verdict::Leak);
    QCOMPARE(last.rows[LeakRun::Busy].verdict, Verdict::Steady);
    QCOMPARE(last.rows[LeakRun::Flat].verdict, Verdict::Steady);
    QVERIFY(last.rows[LeakRun::Leak].suspicion.value() > last.rows[LeakRun::Busy].suspicion.value());
    const Finding &leak = *last.findings->of(LeakRun::Leak);
    const double truth = 20.0 * 1024 * 3600;
    QVERIFY(std::abs(leak.bytesPerHour - truth) < truth / 20);
    QCOMPARE(last.findings->inStepWith(leak), std::vector<TagId>{LeakRun::Pair});
    QVERIFY(last.findings->leadsItsGroup(leak));
}

void TestSessionAnalysis::findingsAreSharedUntilDue()
{
    Session session;
    LeakRun run;
    std::set<FindingsPtr> made;
    constexpr int Seconds = 400;
    size_t changes = 0;
    std::vector<bool> before(4);
    for (int n = 0; n < Seconds; ++n) {
        const FramePtr frame = session.add(run.next());
        if (frame->findings)
            made.insert(frame->findings);
        std::vector<bool> leaks;
        for (const FrameRow &row : frame->rows)
            leaks.push_back(row.verdict == Verdict::Leak);
        changes += leaks != before;
        before = leaks;
    }
    QVERIFY(changes > 0);
    const size_t due = std::chrono::seconds(Seconds) / SessionAnalysis::RefreshPeriod;
    QVERIFY(made.size() >= due);
    QVERIFY(made.size() <= due + changes);
}

void TestSessionAnalysis::rebootJudgesAnew()
{
    Session session;
    LeakRun run;
    for (int n = 0; n < 300; ++n)
        QVERIFY(session.add(run.next()));
    QCOMPARE(session.frame()->rows[LeakRun::Leak].verdict, Verdict::Leak);
    auto after = std::make_shared<Sample>(*run.next());
    after->origin = fakes::origin(QStringLiteral("boot-2"));
    after->monotonic = 1s;
    const FramePtr frame = session.add(after);
    QVERIFY(frame->rows[LeakRun::Leak].verdict != Verdict::Leak);
}

QTEST_GUILESS_MAIN(TestSessionAnalysis)
#include "tst_sessionanalysis.moc"
