// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/screenpainter.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestScreenPainter : public QObject
{
    Q_OBJECT

private slots:
    void onlyDifferingLines();
    void everythingWhenUnknown();
    void resizeRepaints();
    void noColour();
};

namespace {

constexpr TerminalSize Size{10, 3};

std::vector<TopLine> threeLines(const QString &middle, TopLineKind kind = TopLineKind::Row)
{
    return {{u"heads"_s, TopLineKind::Columns}, {middle, kind}, {u"status"_s, TopLineKind::Status}};
}

} // namespace

void TestScreenPainter::onlyDifferingLines()
{
    ScreenPainter painter(true);
    const QByteArray first = painter.paint(threeLines(u"a"_s), Size);
    QVERIFY(first.contains("\x1b[2J"));
    QVERIFY(first.contains("\x1b[7mheads     \x1b[0m"));
    QVERIFY(first.contains("\x1b[3;1H"));
    QCOMPARE(painter.paint(threeLines(u"a"_s), Size), QByteArray());
    QCOMPARE(painter.paint(threeLines(u"b"_s), Size), QByteArray("\x1b[2;1Hb\x1b[K"));
    // The same text in another look is another line.
    QCOMPARE(painter.paint(threeLines(u"b"_s, TopLineKind::ChangedRow), Size),
        QByteArray("\x1b[2;1H\x1b[1mb\x1b[0m\x1b[K"));
    QCOMPARE(painter.paint(threeLines(QString()), Size), QByteArray("\x1b[2;1H\x1b[K"));
}

void TestScreenPainter::everythingWhenUnknown()
{
    ScreenPainter painter(true);
    const QByteArray first = painter.paint(threeLines(u"a"_s), Size);
    painter.forget();
    QCOMPARE(painter.paint(threeLines(u"a"_s), Size), first);
}

void TestScreenPainter::resizeRepaints()
{
    ScreenPainter painter(true);
    QVERIFY(!painter.paint(threeLines(u"a"_s), Size).isEmpty());
    QVERIFY(painter.paint(threeLines(u"a"_s), {12, 3}).contains("heads       \x1b[0m"));
}

void TestScreenPainter::noColour()
{
    ScreenPainter plain(false);
    ScreenPainter colour(true);
    const auto lines = threeLines(u"lost"_s, TopLineKind::Problem);
    QVERIFY(colour.paint(lines, Size).contains("\x1b[1;31mlost"));
    QVERIFY(plain.paint(lines, Size).contains("\x1b[1mlost"));
}

QTEST_GUILESS_MAIN(TestScreenPainter)
#include "tst_screenpainter.moc"
