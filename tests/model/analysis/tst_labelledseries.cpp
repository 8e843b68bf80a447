// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/labelledseries.h"

#include <QTest>

#include <algorithm>

using namespace poolscope;
using namespace poolscope::test;

/// Every leak of the labelled series is named, first, and nothing else is.
class TestLabelledSeries : public QObject
{
    Q_OBJECT

private slots:
    void everyKindIsThere();
    void namesTheLeaksAlone_data();
    void namesTheLeaksAlone();
};

void TestLabelledSeries::everyKindIsThere()
{
    QVERIFY(LabelledSeries::names().size() >= 20);
}

void TestLabelledSeries::namesTheLeaksAlone_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : LabelledSeries::names())
        QTest::newRow(qPrintable(name)) << name;
}

void TestLabelledSeries::namesTheLeaksAlone()
{
    QFETCH(QString, name);
    const LabelledSeries series = LabelledSeries::read(name);
    QVERIFY(series.samples.size() >= 100);
    AnalysisRun run(rulesForFinished(series.samples.size()));
    run.planTests(series.tests);
    for (const SamplePtr &sample : series.samples)
        run.add(sample);
    const AnalysisReport report = run.report(name);

    const auto leaks = [&](const Finding &finding) {
        const Tag &tag = (*report.tags)[finding.id].tag;
        const auto place = std::ranges::find(*series.tags, tag, &TagEntry::tag);
        return series.leaks[static_cast<size_t>(place - series.tags->begin())];
    };
    for (const Finding &finding : report.findings) {
        const bool isNamed = finding.verdict == Verdict::Leak;
        const QByteArray said = (*report.tags)[finding.id].tag.bytes + ": " + verdictWord(finding.verdict);
        QVERIFY2(isNamed == leaks(finding), said.constData());
    }
    if (std::ranges::find(series.leaks, true) != series.leaks.end())
        QVERIFY(leaks(report.findings.front()));
}

QTEST_GUILESS_MAIN(TestLabelledSeries)
#include "tst_labelledseries.moc"
