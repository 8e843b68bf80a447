// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/readout.h"

#include <QTest>

#include <cmath>

using namespace poolscope;
using namespace std::chrono;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WallTime Start{seconds(1'790'000'000)};

WallTime at(nanoseconds offset)
{
    return Start + offset;
}

ChartSeries series(const char *name, int slot, std::vector<SeriesPoint> points)
{
    return {{name, PoolType::Paged}, QString::fromLatin1(name), slot, true, false,
        std::make_shared<const std::vector<SeriesPoint>>(std::move(points))};
}

ChartPicture picture()
{
    ChartPicture out;
    out.range = {at(0s), at(100s)};
    out.series = {
        series("small", 0, {{at(0s), 1000, false}, {at(50s), 2000, false}, {at(100s), 1500, false}}),
        series("big", 1,
            {{at(0s), 1048576, false}, {at(40s), 2097152, false}, {at(80s), 3145728, true},
                {at(100s), 4194304, false}}),
        series("empty", 2, {})};
    return out;
}

const std::vector<SeriesPoint> &bigPoints(const ChartPicture &p)
{
    return *p.series[1].points;
}

} // namespace

class TestReadout : public QObject
{
    Q_OBJECT

private slots:
    void nearest_data()
    {
        QTest::addColumn<int>("second");
        QTest::addColumn<double>("expected"); // -1: none
        QTest::newRow("before the first") << -10 << -1.0;
        QTest::newRow("just before the first") << -2 << 1048576.0;
        QTest::newRow("on a point") << 40 << 2097152.0;
        QTest::newRow("nearer to the left") << 19 << 1048576.0;
        QTest::newRow("nearer to the right") << 21 << 2097152.0;
        QTest::newRow("in the gap") << 60 << -1.0;
        QTest::newRow("at the edge of the gap") << 42 << 2097152.0;
        QTest::newRow("at the other edge") << 78 << 3145728.0;
        QTest::newRow("just after the last") << 102 << 4194304.0;
        QTest::newRow("after the last") << 110 << -1.0;
    }

    void nearest()
    {
        QFETCH(int, second);
        QFETCH(double, expected);
        const ChartPicture p = picture();
        const auto point = nearestPoint(bigPoints(p), at(seconds(second)), 3s);
        QCOMPARE(point ? point->value : -1.0, expected);
    }

    void hoverShowsExactAndScaledLargestFirst()
    {
        const ChartPicture p = picture();
        const Readout out = hoverReadout(p, {}, at(40s), 3s);
        QCOMPARE(out.rows.size(), size_t{3});
        QCOMPARE(out.rows[0].columns, (QStringList{u"big"_s, u"2.00 MiB"_s, u"2,097,152 B"_s}));
        QCOMPARE(out.rows[1].columns, (QStringList{u"small"_s, u"1.95 KiB"_s, u"2,000 B"_s}));
        QCOMPARE(out.rows[2].columns, (QStringList{u"empty"_s, u"–"_s}));
    }

    void hoverLeavesOutHiddenSeriesAndNamesMarks()
    {
        ChartPicture p = picture();
        p.series[0].shown = false;
        p.marks = {{at(41s), MarkKind::Snapshot, {}}, {at(90s), MarkKind::Note, u"later"_s}};
        const Readout out = hoverReadout(p, {}, at(40s), 3s);
        QCOMPARE(out.rows.size(), size_t{2});
        QVERIFY(out.title.endsWith(u"Snapshot"_s));
    }

    void changesAreSigned()
    {
        ChartPicture p = picture();
        p.base = ChangeBase::Baseline;
        const Readout out = hoverReadout(p, {}, at(0s), 3s);
        QCOMPARE(out.rows[0].columns, (QStringList{u"big"_s, u"+1.00 MiB"_s, u"+1,048,576 B"_s}));
    }

    void selectionShowsStartEndChangeAndRate()
    {
        ChartPicture p = picture();
        p.numbers = NumberStyle::Grouped;
        const Readout out = rangeReadout(p, {}, {at(0s), at(50s)}, 3s);
        // small: +1000 bytes in 50 s are 72,000 an hour; big: its end lies in the gap.
        QCOMPARE(out.rows[0].columns,
            (QStringList{u"small"_s, u"1,000 B"_s, u"2,000 B"_s, u"+1,000 B"_s, u"+72,000 B/h"_s}));
        QCOMPARE(out.rows[1].columns, (QStringList{u"big"_s, u"–"_s, u"–"_s, u"–"_s, u"–"_s}));
        QVERIFY(out.title.contains(u"50 s"_s));
    }

    void selectionOfOnePointHasNoRate()
    {
        const auto change = rangeChange(bigPoints(picture()), {at(40s), at(41s)}, 3s);
        QVERIFY(change);
        QCOMPARE(change->change(), 0.0);
        QVERIFY(std::isnan(change->perHour()));
    }

    void numbers_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<AxisUnit>("unit");
        QTest::addColumn<bool>("withSign");
        QTest::addColumn<QString>("exact");
        QTest::addColumn<QString>("brief");
        QTest::newRow("bytes") << 12345678.0 << AxisUnit::Bytes << false << u"12,345,678 B"_s
                               << u"11.8 MiB"_s;
        QTest::newRow("fewer") << -2048.0 << AxisUnit::Bytes << true << u"-2,048 B"_s << u"-2.00 KiB"_s;
        QTest::newRow("count") << 1234.0 << AxisUnit::Count << true << u"+1,234"_s << QString();
        QTest::newRow("slow") << 0.5 << AxisUnit::PerSecond << false << u"0.50/s"_s << QString();
        QTest::newRow("fast") << 12345.6 << AxisUnit::PerSecond << false << u"12,346/s"_s << QString();
    }

    void numbers()
    {
        QFETCH(double, value);
        QFETCH(AxisUnit, unit);
        QFETCH(bool, withSign);
        QTEST(exactText(value, unit, withSign), "exact");
        QTEST(shortText(value, unit, withSign), "brief");
    }

    void longReadoutsAreCut()
    {
        ChartPicture p = picture();
        for (int i = 0; i < 30; ++i)
            p.series.push_back(series("more", i, {{at(0s), 1, false}}));
        const ChartLook look = ChartLook::of({}, QGuiApplication::font());
        const Readout all = hoverReadout(p, look, at(0s), 3s);
        const Readout cut = fitted(all, look, 200);
        QVERIFY(readoutSize(cut, look).height() <= 200);
        const auto missing = all.rows.size() - (cut.rows.size() - 1);
        QCOMPARE(cut.rows.back().columns, QStringList{u"… %1 more"_s.arg(missing)});
        QCOMPARE(fitted(all, look, 5000).rows.size(), all.rows.size());
    }

    void textForTheClipboard()
    {
        const Readout out = hoverReadout(picture(), {}, at(40s), 3s);
        const QString text = readoutText(out);
        QCOMPARE(text.count(u'\n'), 3);
        QVERIFY(text.contains(u"big\t2.00 MiB\t2,097,152 B"_s));
    }
};

QTEST_MAIN(TestReadout)
#include "tst_readout.moc"
