// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/detailspanel.h"

#include "tests/views/support/samplebuilder.h"

#include <QLabel>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestDetailsPanel : public QObject
{
    Q_OBJECT

private slots:
    void asksForATag();
    void showsTheNumbers();
    void rawBytesTellTagsApart();
    void driversAndMergedCaches();
    void vanishedAndUnknownTags();
    void numberStyle();
};

namespace {

constexpr int Outstanding = 2;
constexpr int Bytes = 3;

QString shown(const DetailsPanel &panel, const QString &name)
{
    return panel.findChild<QLabel *>(u"details."_s + name)->text();
}

QString number(const DetailsPanel &panel, int row, int column)
{
    return shown(panel, u"%1.%2"_s.arg(row).arg(column));
}

std::shared_ptr<Frame> frameOf(const std::shared_ptr<Sample> &sample)
{
    return std::make_shared<Frame>(*test::makeFrame(sample));
}

} // namespace

void TestDetailsPanel::asksForATag()
{
    DetailsPanel panel;
    panel.show();
    panel.setFrame(test::makeFrame(test::makeSample(0, {{"a"}})));
    QVERIFY(shown(panel, u"seen"_s).contains(u"Enter"_s));
    QCOMPARE(number(panel, Bytes, 0), u"–"_s);
}

void TestDetailsPanel::showsTheNumbers()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"pipe", PoolType::Nonpaged});
    auto frame = frameOf(test::makeSample(0, {{"a"}, {"pipe", PoolType::Nonpaged, 640'000}}));
    frame->rows[1].sinceLast.bytes = 640;
    frame->rows[1].sinceBaseline.outstanding = -3;
    frame->rows[1].bytesPerHour = 1024.0 * 1024;
    panel.setFrame(frame);
    QCOMPARE(shown(panel, u"name"_s), u"pipe"_s);
    QVERIFY(shown(panel, u"identity"_s).contains(u"unreclaimable"_s));
    QCOMPARE(number(panel, Bytes, 0), u"640,000"_s);
    QCOMPARE(number(panel, Bytes, 1), u"+640"_s);
    QCOMPARE(number(panel, Bytes, 2), u"–"_s);
    QCOMPARE(number(panel, Outstanding, 0), u"10,000"_s);
    QCOMPARE(number(panel, Outstanding, 2), u"-3"_s);
    QCOMPARE(number(panel, 0, 0), u"–"_s);
    QCOMPARE(shown(panel, u"growth"_s), u"Growth: +1.00 MiB per hour"_s);
    panel.clear();
    QCOMPARE(number(panel, Bytes, 0), u"–"_s);
}

void TestDetailsPanel::rawBytesTellTagsApart()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({QByteArray("a\0b", 3), PoolType::Paged});
    QCOMPARE(shown(panel, u"name"_s), u"a\\x00b"_s);
    QVERIFY(shown(panel, u"identity"_s).contains(u"61 00 62"_s));
}

void TestDetailsPanel::driversAndMergedCaches()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"Ntfs", PoolType::Paged});
    auto sample = test::makeSample(0, {{"Ntfs", PoolType::Paged, 1}});
    auto tags = std::make_shared<TagList>(*sample->tags);
    (*tags)[0].driver = "ntfs.sys";
    sample->tags = tags;
    panel.setFrame(frameOf(sample));
    QVERIFY(shown(panel, u"identity"_s).contains(u"Merged with: ntfs.sys"_s));
    auto origin = std::make_shared<Origin>(*sample->origin);
    origin->kind = SourceKind::Pool;
    sample->origin = origin;
    panel.setFrame(frameOf(sample));
    QVERIFY(shown(panel, u"identity"_s).contains(u"Driver: ntfs.sys"_s));
}

void TestDetailsPanel::vanishedAndUnknownTags()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"gone", PoolType::Paged});
    panel.setFrame(frameOf(test::makeSample(0, {{"a"}})));
    QVERIFY(shown(panel, u"seen"_s).contains(u"not shown"_s));
    auto frame = frameOf(test::makeSample(0, {{"gone", PoolType::Paged, 1}}));
    frame->rows[0].present = false;
    panel.setFrame(frame);
    QVERIFY(shown(panel, u"seen"_s).startsWith(u"Vanished"_s));
}

void TestDetailsPanel::numberStyle()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"a", PoolType::Nonpaged});
    panel.setFrame(frameOf(test::makeSample(0, {{"a", PoolType::Nonpaged, 1024 * 1024}})));
    panel.setNumberStyle(NumberStyle::Scaled);
    QCOMPARE(number(panel, Bytes, 0), u"1.00 MiB"_s);
    QCOMPARE(number(panel, Outstanding, 0), u"16,384"_s);
}

QTEST_MAIN(TestDetailsPanel)
#include "tst_detailspanel.moc"
