// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingwriter.h"
#include "model/sampling/session.h"
#include "tests/model/sampling/leakrun.h"
#include "tests/views/support/desk.h"
#include "views/details/detailspanel.h"
#include "views/details/evidencesection.h"
#include "views/table/tablepanel.h"
#include "views/table/tagtableview.h"
#include "views/window/findingcontroller.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using fakes::LeakRun;
using test::Desk;

namespace {

const Tag Leak{"Leak", PoolType::Nonpaged};
const Tag Pair{"Pair", PoolType::Nonpaged};
const QString LeakKey = u"finding.1.4c65616b"_s;

/// Frames as a live session makes them.
FramePtr framesUntil(Session &session, LeakRun &run, int samples)
{
    FramePtr frame;
    for (int n = 0; n < samples; ++n)
        frame = session.add(run.next());
    return frame;
}

QPushButton *button(const Banner *banner, const QString &text)
{
    for (QPushButton *candidate : banner->findChildren<QPushButton *>()) {
        if (candidate->text() == text)
            return candidate;
    }
    return nullptr;
}

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private slots:
    void bannerNamesTheLeakOnce();
    void answeredFindingStaysQuiet();
    void withdrawnFindingGoes();
    void evidenceSaysWhy();
    void windowOnALeak();
};

void TestFindings::bannerNamesTheLeakOnce()
{
    BannerStack banners;
    FindingController findings(banners, nullptr);
    Session session;
    LeakRun run;
    findings.setFrame(framesUntil(session, run, 10));
    QVERIFY(!banners.banner(LeakKey));
    findings.setFrame(framesUntil(session, run, 290));
    Banner *banner = banners.banner(LeakKey);
    QVERIFY(banner);
    const QString text = banner->text();
    QVERIFY2(text.startsWith(u"Leak (nonpaged) is growing 70."_s)
            || text.startsWith(u"Leak (unreclaimable) is growing 70."_s),
        qPrintable(text));
    QVERIFY(text.contains(u"MiB/h (90 %: "_s));
    QVERIFY(text.contains(u", for "_s));
    QVERIFY(text.endsWith(u"; Pair grows with it."_s));
    QCOMPARE(banners.findChildren<Banner *>(Qt::FindDirectChildrenOnly).size(), 1);

    // What is said goes on with the numbers, in the same banner.
    findings.setFrame(framesUntil(session, run, 120));
    QCOMPARE(banners.banner(LeakKey), banner);
    QVERIFY(banner->text() != text);
}

void TestFindings::answeredFindingStaysQuiet()
{
    BannerStack banners;
    FindingController findings(banners, nullptr);
    QSignalSpy charts(&findings, &FindingController::chartWanted);
    Session session;
    LeakRun run;
    findings.setFrame(framesUntil(session, run, 300));
    QVERIFY(banners.banner(LeakKey));
    QTest::mouseClick(button(banners.banner(LeakKey), u"Chart"_s), Qt::LeftButton);
    QCOMPARE(charts.size(), 1);
    QCOMPARE(charts[0][0].value<Tag>(), Leak);
    QVERIFY(!banners.banner(LeakKey));
    findings.setFrame(framesUntil(session, run, 60));
    QVERIFY(!banners.banner(LeakKey));
    // Another session may say it again.
    findings.clear();
    findings.setFrame(session.frame());
    QVERIFY(banners.banner(LeakKey));
}

void TestFindings::withdrawnFindingGoes()
{
    BannerStack banners;
    FindingController findings(banners, nullptr);
    Session session;
    LeakRun run;
    findings.setFrame(framesUntil(session, run, 300));
    QVERIFY(banners.banner(LeakKey));
    const auto quiet = std::make_shared<Frame>(*session.frame());
    setFindings(
        *quiet, std::make_shared<const Findings>(WallTime(), std::vector<Finding>(), SystemReading()));
    findings.setFrame(quiet);
    QVERIFY(!banners.banner(LeakKey));
}

void TestFindings::evidenceSaysWhy()
{
    EvidenceSection section;
    QSignalSpy chosen(&section, &EvidenceSection::tagChosen);
    Session session;
    LeakRun run;
    const FramePtr early = framesUntil(session, run, 1);
    section.setFinding(*early, LeakRun::Leak);
    QVERIFY(section.isHidden());
    const FramePtr frame = framesUntil(session, run, 299);
    section.setFinding(*frame, LeakRun::Leak);
    QVERIFY(!section.isHidden());
    const auto shown = [&](const QString &name) {
        return section.findChild<QLabel *>(u"details."_s + name)->text();
    };
    QVERIFY(shown(u"verdict"_s).startsWith(u"Leak – "_s));
    QVERIFY(shown(u"verdict"_s).contains(u"confidence 0.9"_s));
    QVERIFY(shown(u"reason"_s).contains(u"MiB/h"_s));
    QVERIFY(shown(u"reason"_s).contains(u"Called a leak since "_s));
    QVERIFY(shown(u"reason"_s).contains(u"available memory is used up in "_s));
    auto *inStep = section.findChild<QLabel *>(u"details.inStep"_s);
    QVERIFY(inStep->text().contains(u">Pair</a>"_s));
    emit inStep->linkActivated(u"0"_s);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<Tag>(), Pair);

    section.setFinding(*frame, LeakRun::Flat);
    QCOMPARE(shown(u"verdict"_s), u"Steady – no leak seen"_s);
    QVERIFY(inStep->isHidden());
}

/// As a user comes upon it: opens a recording, reads the banner, looks at the details, sorts by verdict.
void TestFindings::windowOnALeak()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(u"leak.poolscope"_s);
    auto writer = RecordingWriter::open(path);
    QVERIFY(writer);
    LeakRun run;
    for (int n = 0; n < 300; ++n)
        writer.value()->append(run.next(), false);
    QVERIFY(writer.value()->close());

    Desk desk(dir.filePath(u"settings.ini"_s));
    desk.open(u"file:"_s + path);
    QTRY_VERIFY(desk.banner(LeakKey));
    auto *view = desk.part<TablePanel>()->view();
    TagTableModel *model = desk.part<TablePanel>()->model();
    const int verdictColumn = static_cast<int>(TagColumn::Verdict);
    const QPoint header(view->horizontalHeader()->sectionViewportPosition(verdictColumn) + 10, 5);
    QTest::mouseClick(view->horizontalHeader()->viewport(), Qt::LeftButton, {}, header);
    QCOMPARE(model->sortSpec().column, TagColumn::Verdict);
    QCOMPARE(model->entryAt(0).tag, Leak);
    QCOMPARE(model->entryAt(1).tag, Pair);
    QCOMPARE(model->index(0, verdictColumn).data().toString(), u"leak"_s);
    QVERIFY(model->index(0, verdictColumn).data(Qt::ToolTipRole).toString().contains(u"MiB/h"_s));

    QTest::mouseClick(button(desk.banner(LeakKey), u"Details"_s), Qt::LeftButton);
    auto *details = desk.part<DetailsPanel>();
    QTRY_VERIFY(details->isVisible());
    QCOMPARE(details->tag(), std::optional(Leak));
    QVERIFY(details->findChild<QLabel *>(u"details.verdict"_s)->text().startsWith(u"Leak – "_s));
    emit details->findChild<QLabel *>(u"details.inStep"_s)->linkActivated(u"0"_s);
    QCOMPARE(details->tag(), std::optional(Pair));
    QCOMPARE(model->entryAt(view->currentIndex().row()).tag, Pair);
}

QTEST_MAIN(TestFindings)
#include "tst_findings.moc"
