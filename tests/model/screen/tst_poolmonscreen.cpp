// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/poolmonscreen.h"

#include "model/formats/poolmontext.h"
#include "tests/model/screen/frames.h"

#include <QRegularExpression>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

Frame poolFrame(quint64 number = 2)
{
    SystemReading system;
    system[SystemField::MemTotal] = Counter(260'620LL * 1024);
    system[SystemField::PageFaults] = Counter(4711);
    system[SystemField::PoolNonpaged] = Counter(8332LL * 1024);
    Frame frame = testing::makeFrame(
        {{"Strg", PoolType::Paged, {10'385, 6'658, 3'727, 317'952}, {10, 4, 6, 512}},
            {"Irp ", PoolType::Nonpaged, {4'000'000'000, 3'999'999'990, 10, 4'160}, {25, 30, -5, -2'080}},
            {"Pro\xE3", PoolType::Nonpaged, {1, 1, 0, 0}, {}}},
        system, number);
    auto sample = std::make_shared<Sample>(*frame.sample);
    auto origin = std::make_shared<Origin>(*sample->origin);
    origin->kind = SourceKind::Pool;
    sample->origin = origin;
    frame.sample = sample;
    frame.systemChange[SystemField::PageFaults] = Counter(812);
    return frame;
}

TopQuery byTag()
{
    TopQuery query;
    query.sort = TopKey::Tag;
    return query;
}

QStringList screenLines(const Frame &frame, const PoolMonScreenStyle &style = {})
{
    QString text = QString::fromLatin1(poolMonScreen(frame, answer(frame, byTag()), style));
    return text.split(u"\r\n"_s);
}

} // namespace

class TestPoolMonScreen : public QObject
{
    Q_OBJECT

private slots:
    void layout();
    void rowsReadAsPoolMonsOwn();
    void firstUpdate();
    void totalsAreNoRow();
    void drivers();
    void longNames();
};

void TestPoolMonScreen::layout()
{
    const QStringList lines = screenLines(poolFrame());
    QVERIFY2(lines[0].startsWith(u" Memory:  260620K Avail:"), qPrintable(lines[0]));
    QVERIFY2(lines[0].contains(u"PageFlts:   812 "), qPrintable(lines[0])); // since the last update
    QVERIFY2(lines[1].contains(u"Pool N: 8332K"), qPrintable(lines[1]));
    QCOMPARE(lines[2], u" System pool information"_s);
    QVERIFY2(lines[3].startsWith(u" Tag  Type     Allocs "), qPrintable(lines[3]));
    QCOMPARE(lines[4], QString());
    QCOMPARE(lines[7],
        u" Strg Paged      10385 (  10)       6658 (   4)     3727      317952 (   512)       85"_s);
}

void TestPoolMonScreen::rowsReadAsPoolMonsOwn()
{
    // The expression that reads live rows of every PoolMon version.
    const QRegularExpression row(
        u"^ "
        u"?(.{4})\\s{1,2}(Nonp|Paged)\\s+(-?\\d+)(?:\\s*\\(\\s*(-?\\d+)\\))?\\s+(-?\\d+)(?:\\s*\\(\\s*(-?\\d+"
        u")\\))?"
        u"\\s+(-?\\d+)\\s+(-?\\d+)(?:\\s*\\(\\s*(-?\\d+)\\))?\\s+(-?\\d+)\\s*(\\[.*|Unknown Driver.*)?\\s*$"_s);
    const QStringList lines = screenLines(poolFrame());
    const auto irp = row.match(lines[5]);
    QVERIFY2(irp.hasMatch(), qPrintable(lines[5]));
    const QStringList expected{u"Irp "_s, u"Nonp"_s, u"4000000000"_s, u"25"_s, u"3999999990"_s, u"30"_s,
        u"10"_s, u"4160"_s, u"-2080"_s, u"416"_s};
    QCOMPARE(irp.capturedTexts().sliced(1, expected.size()), expected);
    QVERIFY(row.match(lines[6]).hasMatch());
    QVERIFY(lines[6].startsWith(u" Pro\u00E3 Nonp")); // the raw byte
    QVERIFY(row.match(lines[7]).hasMatch());

    const auto samples =
        samplesFromPoolMonText(poolMonScreen(poolFrame(), answer(poolFrame(), byTag()), {}), u"screen"_s);
    QVERIFY2(samples, qPrintable(samples ? QString() : samples.error().text()));
    QCOMPARE(samples.value().size(), 1U);
    QCOMPARE(samples.value()[0]->readings.size(), 3U);
}

void TestPoolMonScreen::firstUpdate()
{
    Frame frame = poolFrame(1);
    for (FrameRow &row : frame.rows)
        row.sinceLast = {};
    frame.systemChange = {};
    const QStringList lines = screenLines(frame);
    QVERIFY2(lines[0].contains(u"PageFlts:     0 "), qPrintable(lines[0]));
    QVERIFY2(lines[7].contains(u"10385 (   0)"), qPrintable(lines[7]));
}

void TestPoolMonScreen::totalsAreNoRow()
{
    PoolMonScreenStyle style;
    style.totals = true;
    const QStringList lines = screenLines(poolFrame(), style);
    QVERIFY2(lines[8].startsWith(u" TOTAL:"), qPrintable(lines[8]));
    QVERIFY2(lines[8].contains(u"Nonpaged bytes: 4160 (-2080)"), qPrintable(lines[8]));
    QVERIFY2(lines[8].contains(u"All bytes: 322112 (-1568)"), qPrintable(lines[8]));
    const auto samples =
        samplesFromPoolMonText(poolMonScreen(poolFrame(), answer(poolFrame(), byTag()), style), u"screen"_s);
    QCOMPARE(samples.value()[0]->readings.size(), 3U);
}

void TestPoolMonScreen::drivers()
{
    Frame frame = poolFrame();
    auto tags = std::make_shared<TagList>(*frame.tags);
    (*tags)[0].driver = "strg.sys    -  strings";
    frame.tags = tags;
    PoolMonScreenStyle style;
    style.title = "Session 5 pool information";
    style.drivers = true;
    const QStringList lines = screenLines(frame, style);
    QCOMPARE(lines[2], u" Session 5 pool information"_s);
    QVERIFY(lines[3].endsWith(u"  Mapped_Driver"));
    QVERIFY2(lines[5].endsWith(u" Unknown Driver"), qPrintable(lines[5]));
    QVERIFY2(lines[7].endsWith(u" [strg.sys    -  strings]"), qPrintable(lines[7]));
}

void TestPoolMonScreen::longNames()
{
    const Frame frame = testing::makeFrame({{"dentry", PoolType::Paged, testing::held(12, 2'304)},
        {"ext4_inode_cache", PoolType::Paged, testing::held(3, 3'000)}});
    const QStringList lines = screenLines(frame);
    QVERIFY2(lines[5].startsWith(u" dentry           Paged "), qPrintable(lines[5]));
    QVERIFY2(lines[6].startsWith(u" ext4_inode_cache Paged "), qPrintable(lines[6]));
    QCOMPARE(lines[5].size(), lines[6].size());
}

QTEST_GUILESS_MAIN(TestPoolMonScreen)
#include "tst_poolmonscreen.moc"
