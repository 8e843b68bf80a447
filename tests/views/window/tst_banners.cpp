// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/bannerstack.h"

#include "views/theme/theme.h"
#include "views/theme/themecolors.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestBanners : public QObject
{
    Q_OBJECT

private slots:
    void postShowsTheText();
    void oneBannerForEachKey();
    void actionRunsOnceAndDismisses();
    void actionMayPostUnderItsOwnKey();
    void closeButtonDismisses();
    void focusStaysWhereItIs();
    void markupIsShownAsText();
    void textFollowsTheTheme();
    void longTextIsShownWhole();
};

void TestBanners::postShowsTheText()
{
    BannerStack stack;
    QCOMPARE(stack.sizeHint().height(), 0);
    stack.postError(u"source"_s, u"it broke"_s);
    QVERIFY(stack.banner(u"source"_s));
    QCOMPARE(stack.banner(u"source"_s)->text(), u"it broke"_s);
    QCOMPARE(stack.banner(u"source"_s)->kind(), BannerKind::Error);
    QVERIFY(stack.sizeHint().height() > 0);
    QVERIFY(!stack.banner(u"other"_s));
    stack.dismiss(u"source"_s);
    QVERIFY(!stack.banner(u"source"_s));
    QCOMPARE(stack.sizeHint().height(), 0);
}

void TestBanners::oneBannerForEachKey()
{
    BannerStack stack;
    stack.show();
    stack.postNotice(u"a"_s, u"first"_s);
    stack.postNotice(u"b"_s, u"second"_s);
    stack.postNotice(u"a"_s, u"first again"_s);
    QStringList shown;
    for (int i = 0; i < stack.layout()->count(); ++i)
        shown << qobject_cast<Banner *>(stack.layout()->itemAt(i)->widget())->text();
    QCOMPARE(shown, QStringList({u"first again"_s, u"second"_s}));
}

void TestBanners::actionRunsOnceAndDismisses()
{
    BannerStack stack;
    stack.show();
    int runs = 0;
    stack.postNotice(u"a"_s, u"deleted"_s, {{u"Undo"_s, [&runs] { ++runs; }}});
    auto *undo = stack.banner(u"a"_s)->findChild<QPushButton *>();
    QCOMPARE(undo->text(), u"Undo"_s);
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(runs, 1);
    QVERIFY(!stack.banner(u"a"_s));
}

void TestBanners::actionMayPostUnderItsOwnKey()
{
    BannerStack stack;
    stack.show();
    const BannerAction again{u"Again"_s, [&stack] { stack.postError(u"a"_s, u"failed again"_s); }};
    stack.postError(u"a"_s, u"failed"_s, {again});
    QTest::mouseClick(stack.banner(u"a"_s)->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(stack.banner(u"a"_s));
    QCOMPARE(stack.banner(u"a"_s)->text(), u"failed again"_s);
}

void TestBanners::closeButtonDismisses()
{
    BannerStack stack;
    stack.show();
    stack.postError(u"a"_s, u"failed"_s);
    QTest::mouseClick(stack.banner(u"a"_s)->findChild<QToolButton *>(u"dismiss"_s), Qt::LeftButton);
    QVERIFY(!stack.banner(u"a"_s));
}

void TestBanners::focusStaysWhereItIs()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *stack = new BannerStack(&window);
    auto *edit = new QLineEdit(&window);
    layout->addWidget(stack);
    layout->addWidget(edit);
    window.show();
    window.activateWindow();
    edit->setFocus();
    QTRY_VERIFY(edit->hasFocus());
    stack->postError(u"a"_s, u"failed"_s, {{u"Retry"_s, [] {}}});
    QCoreApplication::processEvents();
    QVERIFY(edit->hasFocus());
    QTest::mouseClick(stack->banner(u"a"_s)->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(edit->hasFocus());
}

void TestBanners::markupIsShownAsText()
{
    BannerStack stack;
    stack.postError(u"a"_s, u"<b>no</b> markup"_s);
    for (const QLabel *label : stack.banner(u"a"_s)->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestBanners::textFollowsTheTheme()
{
    Theme theme;
    BannerStack stack;
    stack.show();
    stack.postError(u"a"_s, u"failed"_s);
    for (const auto choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
        theme.setChoice(choice);
        QCoreApplication::processEvents();
        const auto *label = stack.banner(u"a"_s)->findChild<QLabel *>();
        QCOMPARE(label->palette().color(QPalette::WindowText),
            ThemeColors::of(QApplication::palette()).bannerText);
    }
}

void TestBanners::longTextIsShownWhole()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *stack = new BannerStack(&window);
    layout->addWidget(stack);
    layout->addWidget(new QWidget(&window), 1);
    window.resize(500, 400);
    window.show();
    stack->postNotice(u"a"_s, u"a few words that go on "_s.repeated(20), {{u"Show…"_s, [] {}}});
    const auto *text = stack->banner(u"a"_s)->findChild<QLabel *>();
    QTRY_VERIFY(text->height() >= text->heightForWidth(text->width()));
    QVERIFY(text->height() > 3 * text->fontMetrics().height());
    const int before = text->width();
    window.resize(400, 400);
    QTRY_VERIFY(text->width() < before && text->height() >= text->heightForWidth(text->width()));
}

QTEST_MAIN(TestBanners)
#include "tst_banners.moc"
