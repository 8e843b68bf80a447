// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartpanel.h"

#include "fakehistory.h"
#include "views/chart/chartcontrols.h"
#include "views/chart/chartlegend.h"
#include "views/chart/chartview.h"

#include <QApplication>
#include <QComboBox>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

using namespace poolscope;
using namespace std::chrono;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr WallTime Start{seconds(1'790'000'000)};
constexpr qint64 Hours2 = 7200;

std::vector<Tag> threeTags()
{
    return {{"Ntfs", PoolType::Paged}, {"Ntfs", PoolType::Nonpaged}, {"a,\"b", PoolType::Nonpaged}};
}

double rising(TagId id, qint64 second)
{
    return 1e6 * (id + 1) + static_cast<double>(second) * 100;
}

/// A visible panel that is fed by a history which answers at once.
struct Fixture
{
    FakeHistory history{threeTags(), rising, Start, seconds(1)};
    PinList pins;
    ChartPanel panel;
    std::vector<SeriesRequest> asked;
    bool answers = true;

    explicit Fixture(bool pinned = true)
    {
        QObject::connect(&panel, &ChartPanel::seriesWanted, &panel, [this](const SeriesRequest &request) {
            asked.push_back(request);
            if (answers)
                panel.setAnswer(history.answer(request));
        });
        if (pinned) {
            for (const Tag &tag : threeTags())
                pins.pin(tag, Start + 1h);
        }
        panel.resize(900, 360);
        panel.setPins(&pins);
        panel.show();
        (void)QTest::qWaitForWindowExposed(&panel);
    }

    /// Hands over frame `newest`, waits until it was asked for and the legend has its width.
    void feed(qint64 newest)
    {
        const size_t before = asked.size();
        panel.setFrame(history.frame(newest));
        QTRY_VERIFY(asked.size() > before);
        QCoreApplication::processEvents();
    }

    ChartView *view() { return panel.view(); }
    QRectF area() { return view()->layoutNow().scale.area; }
    QPoint at(double share) { return {qRound(area().left() + share * area().width()), 150}; }
    QToolButton *button(const QString &text)
    {
        for (QToolButton *button : panel.findChildren<QToolButton *>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }
    void wheel(double share, int delta)
    {
        const QPointF where(at(share));
        QWheelEvent event(where, view()->viewport()->mapToGlobal(where), {}, {0, delta}, Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view()->viewport(), &event);
    }
    void drag(double from, double to, Qt::KeyboardModifiers modifiers)
    {
        QWidget *target = view()->viewport();
        QTest::mousePress(target, Qt::LeftButton, modifiers, at(from));
        QTest::mouseMove(target, at((from + to) / 2));
        QTest::mouseMove(target, at(to));
        QTest::mouseRelease(target, Qt::LeftButton, modifiers, at(to));
    }
};

} // namespace

class TestChartPanel : public QObject
{
    Q_OBJECT

private slots:
    void asksForThePinnedTagsAtPixelResolution()
    {
        Fixture f;
        f.feed(Hours2);
        const SeriesRequest &request = f.asked.back();
        QCOMPARE(request.wishes.size(), size_t{3});
        QCOMPARE(request.metric, Metric::Bytes);
        QCOMPARE(request.columns, f.view()->columns());
        QVERIFY(request.to >= f.history.timeOf(Hours2));
        QCOMPARE(request.to - request.from, nanoseconds(5min));
        QVERIFY(isFrom(SeriesAsker::Chart, request.token));
        QCOMPARE(f.view()->picture().series[0].points->size() > 100, true);
        QCOMPARE(f.view()->message(), QString());
    }

    void emptyStatesSayWhatToDo()
    {
        Fixture f(false);
        QCOMPARE(f.view()->message(), u"Pin a tag with Space or the star to chart it"_s);
        f.pins.pin(threeTags()[0], Start);
        QCOMPARE(f.view()->message(), u"Waiting for the first sample"_s);
        f.feed(Hours2);
        QCOMPARE(f.view()->message(), QString());
        f.pins.clear();
        f.pins.pin({"none", PoolType::Paged}, Start);
        QCOMPARE(f.view()->message(), u"This source has none of the pinned tags"_s);
    }

    void anUncountedMetricIsSaidSo()
    {
        Fixture f;
        f.feed(Hours2);
        auto *box = f.panel.findChild<QComboBox *>(u"Metric"_s);
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(f.panel.settings().metric, Metric::AllocsPerSecond);
        QCOMPARE(f.view()->message(), u"allocs are not counted by this source"_s);
        f.history.setCounted(true);
        f.feed(Hours2 + 10);
        QCOMPARE(f.view()->message(), QString());
    }

    void changesAreAskedSincePinOrBaseline()
    {
        Fixture f;
        f.feed(Hours2);
        QVERIFY(!f.asked.back().wishes[0].changeSince);
        auto *box = f.panel.findChild<QComboBox *>(u"View"_s);
        QVERIFY(box);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(f.panel.settings().base, ChangeBase::Pin);
        QCOMPARE(f.asked.back().wishes[0].changeSince, std::optional(Start + 1h));
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(f.asked.back().wishes[0].changeSince, std::optional(Start));
    }

    void framesAreAskedForAtMostFourTimesASecondAndTheLastIsNotLost()
    {
        Fixture f;
        f.feed(Hours2);
        const size_t before = f.asked.size();
        const qint64 newest = Hours2 + 5000;
        for (qint64 i = Hours2 + 1; i <= newest; i += 7)
            f.panel.setFrame(f.history.frame(i));
        f.panel.setFrame(f.history.frame(newest));
        QVERIFY(f.asked.size() <= before + 1);
        QTRY_VERIFY(f.asked.back().to >= f.history.timeOf(newest));
        QVERIFY(f.asked.size() <= before + 2);
        QCOMPARE(f.view()->picture().series[0].points->back().wall, f.history.timeOf(newest));
    }

    void aHiddenPanelAsksNothingAndCatchesUp()
    {
        Fixture f;
        f.feed(Hours2);
        f.panel.hide();
        const size_t before = f.asked.size();
        f.panel.setFrame(f.history.frame(Hours2 + 100));
        QTest::qWait(300);
        QCOMPARE(f.asked.size(), before);
        f.panel.show();
        QTRY_VERIFY(f.asked.size() > before);
        QVERIFY(f.asked.back().to >= f.history.timeOf(Hours2 + 100));
    }

    void aRangeInThePastIsNotAskedAgain()
    {
        Fixture f;
        f.feed(Hours2);
        QTest::keyClick(f.view(), Qt::Key_Home);
        const size_t before = f.asked.size();
        for (qint64 i = 1; i < 20; ++i)
            f.panel.setFrame(f.history.frame(Hours2 + i));
        QTest::qWait(300);
        QCOMPARE(f.asked.size(), before);
    }

    void theWheelZoomsAtTheCursor()
    {
        Fixture f;
        f.feed(Hours2);
        const WallTime under = f.view()->layoutNow().scale.timeAt(f.at(0.25).x());
        f.wheel(0.25, 120);
        QVERIFY(!f.panel.isFollowing());
        QVERIFY(f.panel.shownRange().span() < 5min);
        const WallTime now = f.view()->layoutNow().scale.timeAt(f.at(0.25).x());
        QVERIFY(abs(now - under) < 1s);
        const TimeRange zoomed = f.panel.shownRange();
        f.wheel(0.25, -240);
        QVERIFY(f.panel.shownRange().span() > zoomed.span());
    }

    void draggingPansAndFollowBringsBack()
    {
        Fixture f;
        f.feed(Hours2);
        QToolButton *follow = f.button(u"Follow live"_s);
        QVERIFY(follow && follow->isChecked());
        QVERIFY(f.button(u"5 m"_s)->isChecked());
        const TimeRange live = f.panel.shownRange();
        f.drag(0.3, 0.8, Qt::NoModifier);
        const nanoseconds moved = live.from - f.panel.shownRange().from;
        QVERIFY(abs(moved - 150s) < 3s);
        QVERIFY(!follow->isChecked());
        QVERIFY(!f.button(u"5 m"_s)->isChecked());
        QCOMPARE(f.asked.back().from, f.panel.shownRange().from);
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(f.panel.isFollowing());
        QCOMPARE(f.panel.shownRange(), live);
    }

    void shiftDragSelects()
    {
        Fixture f;
        f.feed(Hours2);
        f.drag(0.25, 0.75, Qt::ShiftModifier);
        QVERIFY(f.view()->selection());
        QVERIFY(f.panel.isFollowing());
        QVERIFY(abs(f.view()->selection()->span() - 150s) < 3s);
        const Readout readout = f.view()->readout();
        QCOMPARE(readout.rows.size(), size_t{3});
        // 100 bytes a second are 360,000 an hour.
        QVERIFY2(readout.rows[0].columns[4].startsWith(u"+352 KiB/h"_s)
                || readout.rows[0].columns[4].startsWith(u"+351 KiB/h"_s),
            qPrintable(readout.rows[0].columns[4]));
        QTest::keyClick(f.view(), Qt::Key_Escape);
        QVERIFY(!f.view()->selection());
    }

    void doubleClickResets()
    {
        Fixture f;
        f.feed(Hours2);
        const TimeRange live = f.panel.shownRange();
        f.wheel(0.5, 480);
        QVERIFY(f.panel.shownRange() != live);
        QTest::mouseDClick(f.view()->viewport(), Qt::LeftButton, {}, f.at(0.5));
        QCOMPARE(f.panel.shownRange(), live);
        QVERIFY(f.panel.isFollowing());
    }

    void keysDoWhatTheMouseDoes()
    {
        Fixture f;
        f.feed(Hours2);
        ChartView *view = f.view();
        const TimeRange live = f.panel.shownRange();
        QTest::keyClick(view, Qt::Key_Left);
        QVERIFY(!f.panel.isFollowing());
        QVERIFY(abs(live.from - f.panel.shownRange().from - 30s) < 3s);
        QTest::keyClick(view, Qt::Key_Right);
        const nanoseconds before = f.panel.shownRange().span();
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(abs(f.panel.shownRange().span() - before / 2) < 1ms);
        QTest::keyClick(view, Qt::Key_Minus);
        QVERIFY(abs(f.panel.shownRange().span() - before) < 1ms);
        QTest::keyClick(view, Qt::Key_Home);
        QCOMPARE(f.panel.shownRange().from, Start);
        QTest::keyClick(view, Qt::Key_End);
        QVERIFY(f.panel.isFollowing());
        QTest::keyClick(view, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(view->crosshair());
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(view->selection());
        QVERIFY(view->accessibleDescription().contains(u"Per hour"_s));
        QTest::keyClick(view, Qt::Key_0);
        QVERIFY(!view->selection());
        QCOMPARE(f.panel.shownRange(), live);
    }

    void rangeButtonsChooseTheWindow()
    {
        Fixture f;
        f.feed(Hours2);
        QSignalSpy changed(&f.panel, &ChartPanel::settingsChanged);
        QTest::mouseClick(f.button(u"1 h"_s), Qt::LeftButton);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(f.panel.settings().range, std::optional<seconds>(1h));
        QCOMPARE(f.panel.shownRange().span(), nanoseconds(1h));
        QTest::mouseClick(f.button(u"All"_s), Qt::LeftButton);
        QCOMPARE(f.panel.shownRange(), (TimeRange{Start, f.history.timeOf(Hours2)}));
        QVERIFY(f.button(u"All"_s)->isChecked());
        QVERIFY(!f.button(u"1 h"_s)->isChecked());
        f.drag(0.3, 0.6, Qt::NoModifier);
        QTest::mouseClick(f.button(u"5 m"_s), Qt::LeftButton);
        QVERIFY(f.panel.isFollowing());
        QCOMPARE(f.panel.shownRange().span(), nanoseconds(5min));
    }

    void hoverReadsTheNearestSample()
    {
        Fixture f;
        f.feed(Hours2);
        QTest::mouseMove(f.view()->viewport(), f.at(0.5));
        QVERIFY(f.view()->crosshair());
        const Readout readout = f.view()->readout();
        QCOMPARE(readout.rows.size(), size_t{3});
        const WallTime at = *f.view()->crosshair();
        const auto second = round<seconds>(at - Start).count();
        const auto bytes = static_cast<qint64>(rising(2, second));
        QCOMPARE(readout.rows[0].columns[2], groupedText(Counter(bytes)) + u" B"_s);
    }

    void legendNamesHidesAndHighlights()
    {
        Fixture f;
        f.feed(Hours2);
        ChartLegend *legend = f.panel.legend();
        QCOMPARE(legend->count(), 3);
        // Two pinned tags read alike: the type tells them apart.
        QCOMPARE(legend->item(0)->text(), u"Ntfs (reclaimable)"_s);
        QCOMPARE(legend->item(1)->text(), u"Ntfs (unreclaimable)"_s);
        QCOMPARE(legend->item(2)->text(), u"a,\"b"_s);

        const QRect row = legend->visualItemRect(legend->item(1));
        QTest::mouseClick(legend->viewport(), Qt::LeftButton, {}, QPoint(row.right() - 5, row.center().y()));
        QVERIFY(f.view()->picture().series[0].dimmed);
        QVERIFY(!f.view()->picture().series[1].dimmed);
        QVERIFY(f.view()->picture().series[1].shown);
        QTest::keyClick(legend, Qt::Key_Return);
        QVERIFY(!f.view()->picture().series[0].dimmed);

        QTest::keyClick(legend, Qt::Key_Space);
        QVERIFY(!f.view()->picture().series[1].shown);
        QCOMPARE(legend->item(1)->checkState(), Qt::Unchecked);
        QTest::mouseClick(legend->viewport(), Qt::LeftButton, {}, QPoint(row.left() + 8, row.center().y()));
        QVERIFY(f.view()->picture().series[1].shown);
        QVERIFY(!f.view()->picture().series[0].dimmed);
    }

    void unpinnedTagsGo()
    {
        Fixture f;
        f.feed(Hours2);
        f.pins.unpin(threeTags()[1]);
        QCOMPARE(f.asked.back().wishes.size(), size_t{2});
        QCOMPARE(f.panel.legend()->count(), 2);
        // The other keeps its colour.
        QCOMPARE(f.view()->picture().series[1].slot, 2);
    }

    void answersOfOthersAndOldOnesAreIgnored()
    {
        Fixture f;
        f.feed(Hours2);
        f.answers = false;
        f.feed(Hours2 + 60);
        const SeriesRequest old = f.asked.back();
        f.feed(Hours2 + 120);
        const auto points = f.view()->picture().series[0].points;
        f.panel.setAnswer(f.history.answer(old));
        SeriesAnswer foreign = f.history.answer(f.asked.back());
        foreign.token = 7;
        f.panel.setAnswer(foreign);
        QCOMPARE(f.view()->picture().series[0].points, points);
        f.panel.setAnswer(f.history.answer(f.asked.back()));
        QVERIFY(f.view()->picture().series[0].points != points);
    }

    void whileAQuestionIsOpenAMovingWindowWaits()
    {
        Fixture f;
        f.feed(Hours2);
        f.answers = false;
        const size_t before = f.asked.size();
        for (int i = 0; i < 10; ++i)
            QTest::keyClick(f.view(), Qt::Key_Left);
        QCOMPARE(f.asked.size(), before + 1);
        f.answers = true;
        f.panel.setAnswer(f.history.answer(f.asked.back()));
        QCOMPARE(f.asked.size(), before + 2);
        QCOMPARE(f.asked.back().from, f.panel.shownRange().from);
    }

    void clearForgetsTheSession()
    {
        Fixture f;
        f.feed(Hours2);
        f.wheel(0.5, 120);
        f.panel.clear();
        QCOMPARE(f.view()->message(), u"Waiting for the first sample"_s);
        QVERIFY(f.view()->picture().series[0].points->empty());
        QVERIFY(f.panel.isFollowing());
        QCOMPARE(f.panel.legend()->count(), 3);
        f.feed(10);
        QCOMPARE(f.panel.shownRange().from, Start);
    }

    void anEarlySessionFillsThePlot()
    {
        Fixture f;
        f.feed(0);
        f.feed(60);
        QCOMPARE(f.panel.shownRange(), (TimeRange{Start, Start + 60s}));
    }

    void theThemeFollowsThePalette()
    {
        Fixture f;
        f.feed(Hours2);
        QPalette dark;
        dark.setColor(QPalette::Base, QColor(0x10, 0x10, 0x10));
        dark.setColor(QPalette::Text, Qt::white);
        f.panel.setPalette(dark);
        QVERIFY(f.view()->look().theme.dark);
        const QImage image = f.view()->grab().toImage();
        QCOMPARE(image.pixelColor(image.width() - 2, image.height() - 2), QColor(0x10, 0x10, 0x10));
        QCOMPARE(f.view()->look().text, QColor(Qt::white));
    }

    /// The application's palette reaches widgets in no order that could be relied on.
    void theLegendFollowsThePaletteOfTheApplication()
    {
        const QPalette before = QApplication::palette();
        const auto restore = qScopeGuard([&before] { QApplication::setPalette(before); });
        Fixture f;
        f.feed(Hours2);
        QPalette dark = before;
        dark.setColor(QPalette::Base, QColor(0x10, 0x10, 0x10));
        dark.setColor(QPalette::Text, Qt::white);
        QApplication::setPalette(dark);
        const auto *legend = f.panel.findChild<ChartLegend *>();
        QVERIFY(legend->count() > 0);
        QTRY_COMPARE(legend->item(0)->foreground().color(), QColor(Qt::white));
    }

    void everyControlHasNameAndToolTip()
    {
        Fixture f;
        const auto controls = f.panel.findChild<ChartControls *>()->findChildren<QWidget *>(
            QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(controls.size() >= 8);
        for (const QWidget *control : controls) {
            QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
            QVERIFY2(!control->toolTip().isEmpty(), control->metaObject()->className());
            QVERIFY((control->focusPolicy() & Qt::TabFocus) != 0);
        }
        QVERIFY(!f.view()->accessibleName().isEmpty());
        QVERIFY(!f.panel.legend()->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestChartPanel)
#include "tst_chartpanel.moc"
