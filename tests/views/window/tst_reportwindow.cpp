// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/recordingwriter.h"
#include "tests/model/sampling/leakrun.h"
#include "tests/views/support/desk.h"
#include "views/window/reportcontroller.h"

#include <QFileDialog>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::Desk;

/// Saves a report from the window, as a user does.
class TestReportWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void reportOfARecording();
    void placeThatCannotBeWritten();
    void withoutAFileItSaysWhat();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir.filePath(name); }

    QTemporaryDir m_dir;
};

void TestReportWindow::initTestCase()
{
    auto writer = RecordingWriter::open(path(u"leak.poolscope"_s));
    QVERIFY(writer);
    fakes::LeakRun run;
    for (int n = 0; n < 300; ++n)
        writer.value()->append(run.next(), false);
    QVERIFY(writer.value()->close());
}

void TestReportWindow::reportOfARecording()
{
    Desk desk(path(u"a.ini"_s));
    desk.open(u"file:"_s + path(u"leak.poolscope"_s));
    auto *controller = desk.part<ReportController>();
    QTRY_COMPARE(controller->input().path, path(u"leak.poolscope"_s));
    QTest::keyClick(desk.window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    auto *dialog = desk.part<QFileDialog>(u"reportDialog"_s);
    QVERIFY(dialog);
    QVERIFY(dialog->selectedFiles().first().endsWith(u"leak.html"_s));
    const QString output = path(u"out.html"_s);
    emit dialog->fileSelected(output);
    dialog->close();
    QTRY_VERIFY(desk.banner(u"report"_s) && desk.banner(u"report"_s)->text().contains(u"out.html"_s));
    QCOMPARE(desk.banner(u"report"_s)->kind(), BannerKind::Notice);
    QFile file(output);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray html = file.readAll();
    QVERIFY(html.startsWith("<!DOCTYPE html>"));
    QVERIFY(html.contains("2 tags are called a leak"));
    QVERIFY(html.endsWith("</html>\n"));
}

void TestReportWindow::placeThatCannotBeWritten()
{
    Desk desk(path(u"b.ini"_s));
    desk.open(u"file:"_s + path(u"leak.poolscope"_s));
    auto *controller = desk.part<ReportController>();
    QTRY_VERIFY(!controller->input().path.isEmpty());
    controller->save(controller->input(), path(u"no/such/folder/out.html"_s));
    QTRY_VERIFY(desk.banner(u"report"_s) && desk.banner(u"report"_s)->kind() == BannerKind::Error);
    QVERIFY(desk.banner(u"report"_s)->text().contains(u"out.html"_s));
}

void TestReportWindow::withoutAFileItSaysWhat()
{
    Desk desk(path(u"c.ini"_s));
    desk.open();
    desk.part<ReportController>()->choose();
    QVERIFY(!desk.part<QFileDialog>(u"reportDialog"_s));
    QVERIFY(desk.banner(u"report"_s));
    QVERIFY(desk.banner(u"report"_s)->text().contains(u"record"_s));
}

QTEST_MAIN(TestReportWindow)
#include "tst_reportwindow.moc"
