// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/memoryarchive.h"
#include "model/report/reporthtml.h"
#include "model/report/svgchart.h"
#include "tests/model/sampling/leakrun.h"

#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using fakes::LeakRun;

namespace {

MemoryArchive &fill(MemoryArchive &archive, int samples)
{
    LeakRun run;
    for (int n = 0; n < samples; ++n)
        archive.add(run.next(), n == 100);
    return archive;
}

/// The text of all elements; the error when the page is not well-formed.
QString textOf(const QByteArray &html, QString *error)
{
    QXmlStreamReader xml(html);
    QString text;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::Characters)
            text += xml.text();
    }
    *error = xml.hasError() ? xml.errorString() : QString();
    return text;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void pageTellsTheLeak();
    void pageStandsAlone();
    void hostileNamesAreText();
    void steadyRun();
    void singleSample();
    void emptyAndStopped();
    void chartKeepsGaps();
};

void TestReport::pageTellsTheLeak()
{
    MemoryArchive archive(u"/logs/run.jsonl"_s);
    archive.addMark({fakes::FirstWall + 50s, MarkKind::Note, u"load began"_s});
    const auto report = makeReport(fill(archive, 300), u"The build server"_s, fakes::FirstWall + 1h);
    QVERIFY(report);
    QCOMPARE(report.value().analysis.samples, quint64(300));
    QCOMPARE(report.value().charts.size(), size_t(2));
    QCOMPARE(report.value().comparison.columns.size(), size_t(2));
    QString error;
    const QString text = textOf(reportToHtml(report.value()), &error);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    for (const QString &part : {u"The build server"_s, u"2 tags are called a leak."_s, u"Leak"_s, u"MiB/h"_s,
             u"Grows in step with Pair"_s, u"load began"_s, u"available memory is used up in"_s,
             u"slub_debug=U,Leak"_s, u"300, "_s, u"First and last sample"_s})
        QVERIFY2(text.contains(part), qPrintable(part));
}

void TestReport::pageStandsAlone()
{
    MemoryArchive archive(u"run"_s);
    const auto report = makeReport(fill(archive, 300), u"t"_s, {});
    QVERIFY(report);
    const QString html = QString::fromUtf8(reportToHtml(report.value()));
    QVERIFY(html.startsWith(u"<!DOCTYPE html>"_s));
    QVERIFY(!html.contains(u"<script"_s));
    QVERIFY(!html.contains(u"href="_s));
    QVERIFY(!html.contains(u"src="_s));
    QVERIFY(!html.contains(u"@import"_s));
    QVERIFY(!html.contains(u"url("_s));
    QCOMPARE(html.count(u"<svg"_s), 2);
    QVERIFY(html.contains(u"prefers-color-scheme: dark"_s));
    QVERIFY(html.contains(u"@media print"_s));
    // The same samples make the same page.
    MemoryArchive again(u"run"_s);
    QCOMPARE(reportToHtml(makeReport(fill(again, 300), u"t"_s, {}).value()), html.toUtf8());
}

void TestReport::hostileNamesAreText()
{
    MemoryArchive archive(u"</title><script>alert(1)</script>&.log"_s);
    const auto origin = fakes::origin(u"<b>boot</b>\x01"_s);
    const auto tags = fakes::tagList({"<script>x", "a&b\"'\x01\xff", "]]>"});
    for (qint64 n = 0; n < 200; ++n) {
        std::vector<Reading> readings;
        for (qint64 i = 1; i <= 3; ++i)
            readings.push_back({.allocs = {}, .frees = {}, .outstanding = n * i, .bytes = n * i * 100});
        archive.add(fakes::sampleAt(n * 1s, tags, readings, origin));
    }
    const auto report = makeReport(archive, u"<i>title</i> & \x02more"_s, {});
    QVERIFY(report);
    const QByteArray html = reportToHtml(report.value());
    QString error;
    const QString text = textOf(html, &error);
    QVERIFY2(error.isEmpty(), qPrintable(error));
    QVERIFY(!html.contains("<script"));
    QVERIFY(!html.contains("<i>"));
    QVERIFY(text.contains(u"<i>title</i> & more"_s));
    QVERIFY(text.contains(u"<script>x"_s));
    QVERIFY(text.contains(u"a&b\"'\\x01\\xFF"_s) || text.contains(u"a&b\"'\\x01\\xff"_s));
}

void TestReport::steadyRun()
{
    MemoryArchive archive(u"run"_s);
    const auto tags = fakes::tagList({"Flat"});
    for (int n = 0; n < 100; ++n)
        archive.add(fakes::sampleAt(n * 1s, tags, {fakes::reading(4096)}));
    const auto report = makeReport(archive, u"t"_s, {});
    QVERIFY(report);
    QString error;
    const QString text = textOf(reportToHtml(report.value()), &error);
    QVERIFY(error.isEmpty());
    QVERIFY(text.contains(u"No tag is called a leak."_s));
    QVERIFY(text.contains(u"Nothing grew"_s));
    QVERIFY(report.value().charts.empty());
}

void TestReport::singleSample()
{
    MemoryArchive archive(u"run"_s);
    const auto report = makeReport(fill(archive, 1), u"t"_s, {});
    QVERIFY(report);
    QVERIFY(report.value().comparison.columns.empty());
    QString error;
    QVERIFY(textOf(reportToHtml(report.value()), &error).contains(u"No tag is called a leak."_s));
    QVERIFY(error.isEmpty());
}

void TestReport::emptyAndStopped()
{
    MemoryArchive empty(u"empty.log"_s);
    const auto none = makeReport(empty, u"t"_s, {});
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::BadInput);
    QCOMPARE(none.error().where, u"empty.log"_s);

    MemoryArchive archive(u"run"_s);
    std::vector<double> told;
    const auto stopped = makeReport(fill(archive, 300), u"t"_s, {}, [&](double done) {
        told.push_back(done);
        return told.size() < 3;
    });
    QVERIFY(!stopped);
    QCOMPARE(told.size(), size_t(3));
    QVERIFY(std::ranges::is_sorted(told));
}

void TestReport::chartKeepsGaps()
{
    QVERIFY(svgChart({}, {}, u"t"_s).isEmpty());
    const WallTime t = fakes::FirstWall;
    const std::vector<SeriesPoint> points{
        {t, 0, false}, {t + 10s, 1048576, false}, {t + 60s, 524288, true}, {t + 70s, 524288, false}};
    const std::vector<Mark> marks{
        {t + 30s, MarkKind::Note, u"a <note>"_s}, {t + 2h, MarkKind::Note, u"late"_s}};
    const QString svg = svgChart(points, marks, u"<title>"_s);
    static const QRegularExpression path(u"d=\"([^\"]+)\""_s);
    const QString line = path.match(svg).captured(1);
    QCOMPARE(line.count(u'M'), 2);
    QCOMPARE(line.count(u'L'), 2);
    QCOMPARE(svg.count(u"class=\"mark\""_s), 1);
    QVERIFY(svg.contains(u"a &lt;note&gt;"_s));
    QVERIFY(svg.contains(u"<title>&lt;title&gt;</title>"_s));
    QVERIFY(svg.contains(u">1.00 MiB<"_s));
    QVERIFY(svg.contains(u">0 B<"_s) || svg.contains(u">0<"_s));
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
