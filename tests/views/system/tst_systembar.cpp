// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/system/systembar.h"

#include "model/core/numberformat.h"
#include "tests/views/support/samplebuilder.h"
#include "views/system/systemcell.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::makeFrame;
using test::makeSample;

class TestSystemBar : public QObject
{
    Q_OBJECT

private slots:
    void unknownReadsAsDash();
    void everyFieldHasACell();
    void valuesAndTitles();
    void faultsPerSecondCountSkippedSamples();
    void faultsDoNotRunAcrossABoot();
    void toolTipNamesTheOrigin_data();
    void toolTipNamesTheOrigin();
    void untaggedIsTheRestOfTheTotals();
    void commitBarShowsTheShare();
    void sparklinesComeFromAnswers();
    void staleAnswersAreIgnored();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
};

namespace {

FramePtr frameWith(int seconds, std::initializer_list<std::pair<SystemField, qint64>> values,
    SourceKind kind = SourceKind::Slab, const QString &boot = u"boot"_s)
{
    auto sample = makeSample(seconds, {{"dentry", PoolType::Paged, 6400}});
    auto origin = std::make_shared<Origin>(*sample->origin);
    origin->kind = kind;
    origin->bootId = boot;
    origin->counterBits = kind == SourceKind::Pool ? 32 : 64;
    sample->origin = origin;
    for (const auto &[field, value] : values)
        sample->system[field] = value;
    return makeFrame(sample);
}

SeriesAnswer answerTo(const SeriesRequest &request)
{
    SeriesAnswer answer;
    answer.token = request.token;
    for (size_t i = 0; i < request.wishes.size(); ++i)
        answer.series.push_back({{request.from, 1, false}, {request.to, 2, false}});
    return answer;
}

SeriesRequest lastRequest(const QSignalSpy &spy)
{
    return spy.last().at(0).value<SeriesRequest>();
}

} // namespace

void TestSystemBar::unknownReadsAsDash()
{
    SystemBar bar;
    for (const SystemFieldInfo &info : systemFields())
        QCOMPARE(bar.cell(info.field)->value(), unknownText());
    bar.setFrame(makeFrame(makeSample(0)));
    for (const SystemFieldInfo &info : systemFields())
        QCOMPARE(bar.cell(info.field)->value(), unknownText());
    QVERIFY(bar.cell(SystemField::PagedResident)->toolTip().contains(u"no counterpart"_s));
}

void TestSystemBar::everyFieldHasACell()
{
    SystemBar bar;
    for (const SystemFieldInfo &info : systemFields()) {
        auto *cell = bar.findChild<SystemCell *>(u"system."_s + QLatin1StringView(info.key));
        QVERIFY(cell);
        QCOMPARE(cell, bar.cell(info.field));
        QVERIFY(!cell->accessibleName().isEmpty());
    }
}

void TestSystemBar::valuesAndTitles()
{
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::MemTotal, 25'276'506'112}, {SystemField::PageFaults, 123'456}}));
    QCOMPARE(bar.cell(SystemField::MemTotal)->value(), scaledBytesText(25'276'506'112));
    QVERIFY(bar.cell(SystemField::MemTotal)->toolTip().contains(u"25,276,506,112 bytes"_s));
    QCOMPARE(bar.cell(SystemField::PageFaults)->value(), u"123,456"_s);
    QCOMPARE(bar.cell(SystemField::PageFaults)->change(), unknownText());
    bar.clear();
    QCOMPARE(bar.cell(SystemField::MemTotal)->value(), unknownText());
}

void TestSystemBar::faultsPerSecondCountSkippedSamples()
{
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::PageFaults, 1000}}));
    bar.setFrame(frameWith(10, {{SystemField::PageFaults, 13'040}}));
    QCOMPARE(bar.cell(SystemField::PageFaults)->change(), u"+1,204/s"_s);

    bar.clear();
    bar.setFrame(frameWith(0, {{SystemField::PageFaults, 0xFFFF'FFF0}}, SourceKind::Pool));
    bar.setFrame(frameWith(2, {{SystemField::PageFaults, 0x10}}, SourceKind::Pool));
    QCOMPARE(bar.cell(SystemField::PageFaults)->change(), u"+16/s"_s);
}

void TestSystemBar::faultsDoNotRunAcrossABoot()
{
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::PageFaults, 1000}}));
    bar.setFrame(frameWith(10, {{SystemField::PageFaults, 500}}, SourceKind::Slab, u"another"_s));
    QCOMPARE(bar.cell(SystemField::PageFaults)->change(), unknownText());
}

void TestSystemBar::toolTipNamesTheOrigin_data()
{
    QTest::addColumn<SourceKind>("kind");
    QTest::addColumn<QString>("origin");
    QTest::newRow("slab") << SourceKind::Slab << u"On Linux: SUnreclaim of /proc/meminfo"_s;
    QTest::newRow("sites") << SourceKind::Site << u"On Linux: SUnreclaim of /proc/meminfo"_s;
    QTest::newRow("pool") << SourceKind::Pool << u"On Windows: nonpaged pool pages"_s;
}

void TestSystemBar::toolTipNamesTheOrigin()
{
    QFETCH(SourceKind, kind);
    QFETCH(QString, origin);
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::PoolNonpaged, 4096}}, kind));
    const QString tip = bar.cell(SystemField::PoolNonpaged)->toolTip();
    QVERIFY2(tip.contains(origin), qPrintable(tip));
    QVERIFY(tip.contains(u"Nonpaged pool"_s));
}

void TestSystemBar::untaggedIsTheRestOfTheTotals()
{
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::PoolNonpaged, 10'000}, {SystemField::PoolPaged, 500}}));
    QCOMPARE(bar.cell(SystemField::Untagged)->value(), scaledBytesText(10'500 - 6400));
    bar.setFrame(frameWith(2, {{SystemField::Untagged, 77}}));
    QCOMPARE(bar.cell(SystemField::Untagged)->value(), scaledBytesText(77));
}

void TestSystemBar::commitBarShowsTheShare()
{
    SystemBar bar;
    bar.setFrame(frameWith(0, {{SystemField::Commit, 25}, {SystemField::CommitLimit, 100}}));
    QCOMPARE(bar.cell(SystemField::Commit)->barShare(), std::optional(0.25));
    bar.setFrame(frameWith(2, {{SystemField::Commit, 25}}));
    QCOMPARE(bar.cell(SystemField::Commit)->barShare(), std::nullopt);
}

void TestSystemBar::sparklinesComeFromAnswers()
{
    SystemBar bar;
    QSignalSpy wanted(&bar, &SystemBar::seriesWanted);
    bar.setFrame(frameWith(0, {}));
    QCOMPARE(wanted.count(), 0); // nobody sees it
    bar.show();
    bar.setFrame(frameWith(2, {}));
    QCOMPARE(wanted.count(), 1);
    const SeriesRequest request = lastRequest(wanted);
    QCOMPARE(request.wishes.size(), size_t(2));
    QCOMPARE(request.to - request.from, std::chrono::minutes(10));
    bar.setAnswer(answerTo(request));
    QVERIFY(bar.cell(SystemField::PoolNonpaged)->hasSparkline());
    QVERIFY(bar.cell(SystemField::PoolPaged)->hasSparkline());
}

void TestSystemBar::staleAnswersAreIgnored()
{
    SystemBar bar;
    bar.show();
    QSignalSpy wanted(&bar, &SystemBar::seriesWanted);
    bar.setFrame(frameWith(0, {}));
    const SeriesRequest old = lastRequest(wanted);
    bar.clear();
    bar.setFrame(frameWith(0, {}));
    bar.setAnswer(answerTo(old));
    QVERIFY(!bar.cell(SystemField::PoolNonpaged)->hasSparkline());
    SeriesAnswer others = answerTo(lastRequest(wanted));
    others.token = seriesToken(SeriesAsker::Chart, 1'000'000);
    bar.setAnswer(others);
    QVERIFY(!bar.cell(SystemField::PoolNonpaged)->hasSparkline());
}

void TestSystemBar::nothingIsCutOff_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("narrow") << 500;
    QTest::newRow("1280") << 1280;
    QTest::newRow("4K") << 3840;
}

void TestSystemBar::nothingIsCutOff()
{
    QFETCH(int, width);
    SystemBar bar;
    std::initializer_list<std::pair<SystemField, qint64>> large = {{SystemField::MemTotal, 888'888'888'888},
        {SystemField::MemAvailable, 888'888'888'888}, {SystemField::PageFaults, 88'888'888'888},
        {SystemField::KernelResident, 88'888'888'888}, {SystemField::Commit, 888'888'888'888},
        {SystemField::CommitLimit, 888'888'888'888}, {SystemField::CommitPeak, 888'888'888'888},
        {SystemField::PoolNonpaged, 88'888'888'888}, {SystemField::PoolPaged, 88'888'888'888}};
    bar.setFrame(frameWith(0, large));
    bar.resize(width, bar.heightForWidth(width));
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    for (const SystemFieldInfo &info : systemFields()) {
        const SystemCell *cell = bar.cell(info.field);
        QVERIFY2(bar.rect().contains(cell->geometry()), qPrintable(info.title.toString()));
        QVERIFY(cell->width() >= cell->sizeHint().width());
    }
    if (width >= 1280)
        QCOMPARE(bar.heightForWidth(width), bar.heightForWidth(10'000));
}

QTEST_MAIN(TestSystemBar)
#include "tst_systembar.moc"
