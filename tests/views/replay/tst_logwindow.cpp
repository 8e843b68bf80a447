// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "tests/views/support/desk.h"
#include "views/chart/chartview.h"
#include "views/replay/loglinesdialog.h"
#include "views/replay/logtimesdialog.h"
#include "views/replay/replaybar.h"
#include "views/replay/timeslider.h"
#include "views/table/tablepanel.h"
#include "views/window/intervalbox.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::Desk;

namespace {

const QStringList Times{u"2026-11-22 18:00:00"_s, u"2026-11-22 18:10:00"_s, u"2026-11-22 18:20:00"_s};

} // namespace

/// The window on logs that other programs wrote, driven as a user does.
class TestLogWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void dateInDoubtIsAsked();
    void timesOfALogAreSet();
    void timesAreSetFromTheMenu();
    void linesLeftOutAreShown();
    void droppedFileOpens_data();
    void droppedFileOpens();
    void dropsThatAreNoSingleFile();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_dir->filePath(name); }
    /// A PoolMon log of a screen for each of the times, which stand in front of them; `more`: a line behind
    /// each.
    [[nodiscard]] QString writeLog(const QStringList &times, const QByteArray &more = {});
    [[nodiscard]] TimeSlider *slider() const { return m_desk->part<ReplayBar>()->slider(); }
    [[nodiscard]] QDate shownDate() const { return toDateTime(slider()->moment()).date(); }
    [[nodiscard]] QToolButton *button(const QString &name) const
    {
        return m_desk->part<QToolButton>(u"replay."_s + name);
    }
    /// Number of the sample that the table shows, from 1; 0: none.
    [[nodiscard]] quint64 shown() const
    {
        const FramePtr frame = m_desk->part<TablePanel>()->model()->frame();
        return frame ? frame->number : 0;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Desk> m_desk;
};

void TestLogWindow::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<Desk>(path(u"window.ini"_s));
}

void TestLogWindow::cleanup()
{
    m_desk->window.reset();
    m_desk.reset();
    m_dir.reset();
}

QString TestLogWindow::writeLog(const QStringList &times, const QByteArray &more)
{
    QFile log(path(u"pool usage.log"_s));
    if (!log.open(QIODevice::WriteOnly))
        qFatal("cannot write");
    for (const QString &time : times) {
        log.write(time.toLatin1()
            + "\n Memory: 4096000K Avail: 1000000K  PageFlts:   100   InRam Krnl: 3000K P: 2000K\n"
              " Commit: 900000K Limit: 8000000K Peak:1000000K            Pool N: 5000K P: 4000K\n\n"
              " Tag  Type     Allocs            Frees            Diff   Bytes       Per Alloc\n\n"
              " Leak Nonp         10                0             10    1000          100\n"
            + more + "\n");
    }
    return log.fileName();
}

/// 03/04/2026 is in March or in April: the banner's buttons say which.
void TestLogWindow::dateInDoubtIsAsked()
{
    const QString log = writeLog({u"03/04/2026 10:00:00"_s, u"03/04/2026 10:30:00"_s});
    const QDate april(2026, 4, 3);
    const QDate march(2026, 3, 4);
    for (const QDate &date : {april, march}) {
        m_desk->open(log);
        QTRY_VERIFY(m_desk->banner(u"open"_s));
        const Banner *banner = m_desk->banner(u"open"_s);
        QVERIFY2(
            banner->text().contains(u"pool usage.log, line 1") && banner->text().contains(u"3 April 2026"),
            qPrintable(banner->text()));
        const QList<QPushButton *> choices = banner->findChildren<QPushButton *>();
        QCOMPARE(choices.size(), 2);
        QPushButton *choice = choices[date == april ? 0 : 1];
        QCOMPARE(choice->text(), QLocale().toString(date, QLocale::LongFormat));
        choice->setFocus();
        QTest::keyClick(choice, Qt::Key_Space);
        QTRY_COMPARE(shown(), quint64(2));
        QCOMPARE(shownDate(), date);
        QVERIFY(!m_desk->banner(u"open"_s));
        QTest::mouseClick(button(u"close"_s), Qt::LeftButton);
    }
}

void TestLogWindow::timesOfALogAreSet()
{
    m_desk->open(writeLog({{}, {}, {}}));
    QTRY_COMPARE(shown(), quint64(3));
    QTRY_VERIFY(m_desk->banner(u"remarks"_s));
    const auto askAgain = [this] {
        auto *set = m_desk->banner(u"remarks"_s)->findChild<QPushButton *>();
        QTest::mouseClick(set, Qt::LeftButton);
        return m_desk->part<LogTimesDialog>();
    };
    LogTimesDialog *dialog = askAgain();
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!m_desk->part<LogTimesDialog>());
    QVERIFY(m_desk->banner(u"remarks"_s));
    dialog = askAgain();
    auto *interval = dialog->findChild<QComboBox *>(u"logInterval"_s);
    auto *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QCOMPARE(interval->currentText(), u"30m"_s);
    interval->setEditText(u"soon"_s);
    QVERIFY(!ok->isEnabled());
    interval->lineEdit()->selectAll();
    QTest::keyClicks(interval->lineEdit(), u"10s"_s);
    QVERIFY(ok->isEnabled());
    const QDateTime start(QDate(2026, 4, 3), QTime(10, 0));
    dialog->findChild<QDateTimeEdit *>(u"logStart"_s)->setDateTime(start);
    QTest::mouseClick(ok, Qt::LeftButton);
    QTRY_COMPARE(toDateTime(slider()->moment()), start.addSecs(20));
    QTRY_COMPARE(shown(), quint64(3));
    QVERIFY(!m_desk->banner(u"remarks"_s));
}

void TestLogWindow::timesAreSetFromTheMenu()
{
    m_desk->open(writeLog({{}, {}, {}}));
    QTRY_VERIFY(m_desk->banner(u"remarks"_s));
    m_desk->part<BannerStack>()->dismiss(u"remarks"_s);
    QVERIFY(m_desk->action(u"logTimes"_s)->isEnabled());
    m_desk->action(u"logTimes"_s)->trigger();
    QVERIFY(m_desk->part<LogTimesDialog>());
    m_desk->part<LogTimesDialog>()->reject();
    m_desk->open(writeLog(Times));
    QTRY_VERIFY(!m_desk->action(u"logTimes"_s)->isEnabled());
}

void TestLogWindow::linesLeftOutAreShown()
{
    m_desk->open(writeLog(Times));
    QTRY_VERIFY(shown() > 0);
    QVERIFY(!m_desk->action(u"logLines"_s)->isEnabled());
    m_desk->open(writeLog(Times, "no line of a table\nnor is this\n"));
    QTRY_VERIFY(m_desk->banner(u"remarks"_s));
    auto *show = m_desk->banner(u"remarks"_s)->findChild<QPushButton *>();
    QCOMPARE(show->text(), u"Show lines…"_s);
    QTest::mouseClick(show, Qt::LeftButton);
    const auto *text = m_desk->part<QPlainTextEdit>(u"logLines"_s);
    QVERIFY(text);
    QCOMPARE(text->blockCount(), 6);
    QVERIFY2(text->toPlainText().startsWith(u"line 8 left out: "), qPrintable(text->toPlainText()));
    QTest::mouseClick(m_desk->part<QPushButton>(u"copyLogLines"_s), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(text->toPlainText()));
    QTest::keyClick(m_desk->part<LogLinesDialog>(), Qt::Key_Escape);
    QTRY_VERIFY(!m_desk->part<LogLinesDialog>());
    // The banner is back, and the menu has the list when it is gone.
    QVERIFY(m_desk->banner(u"remarks"_s));
    m_desk->part<BannerStack>()->dismiss(u"remarks"_s);
    m_desk->action(u"logLines"_s)->trigger();
    QVERIFY(m_desk->part<LogLinesDialog>());
}

void TestLogWindow::droppedFileOpens_data()
{
    QTest::addColumn<QString>("part");
    QTest::newRow("window") << QString();
    QTest::newRow("table") << u"tagTable"_s;
    QTest::newRow("filter") << u"filterEdit"_s;
    QTest::newRow("interval") << u"interval"_s;
    QTest::newRow("chart") << u"chart"_s;
}

/// Whatever is under the mouse leaves the file to the window.
void TestLogWindow::droppedFileOpens()
{
    QFETCH(QString, part);
    const QString file = writeLog(Times);
    m_desk->open();
    QTRY_VERIFY(shown() > 0);
    QWidget *target = m_desk->window.get();
    if (part == u"chart")
        target = m_desk->part<ChartView>()->viewport();
    else if (part == u"interval")
        target = m_desk->part<IntervalBox>()->lineEdit();
    else if (!part.isEmpty())
        target = m_desk->part<QWidget>(part);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(target, &drop);
    QTRY_COMPARE(shown(), quint64(3));
    QVERIFY(m_desk->part<ReplayBar>()->isVisible());
    QCOMPARE(m_desk->part<TablePanel>()->filterText(), QString());
}

void TestLogWindow::dropsThatAreNoSingleFile()
{
    const QString file = writeLog(Times);
    m_desk->open();
    QTRY_VERIFY(shown() > 0);
    const auto drop = [this](const QList<QUrl> &urls) {
        QMimeData data;
        data.setText(u"dropped"_s);
        data.setUrls(urls);
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(m_desk->window.get(), &enter);
        QDropEvent event({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_desk->window.get(), &event);
        return enter.isAccepted();
    };
    QVERIFY(!drop({}));
    QVERIFY(!drop({QUrl(u"https://example.org/pool.log"_s)}));
    QVERIFY(drop({QUrl::fromLocalFile(m_dir->path())}));
    QTRY_VERIFY(m_desk->banner(u"open"_s)); // a folder is no recording, and that is said
    QVERIFY(drop({QUrl::fromLocalFile(file), QUrl::fromLocalFile(path(u"other.log"_s))}));
    QTRY_COMPARE(shown(), quint64(3));
    QVERIFY(m_desk->banner(u"drop"_s)->text().startsWith(u"Of 2 files pool usage.log was opened"_s));
    QVERIFY(drop({QUrl::fromLocalFile(file)}));
    QVERIFY(!m_desk->banner(u"drop"_s));
}

QTEST_MAIN(TestLogWindow)
#include "tst_logwindow.moc"
