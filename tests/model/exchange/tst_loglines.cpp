// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/loglines.h"

#include <QBuffer>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

/// What editors, shells, browsers and terminals make of the lines of a log.
class TestLogLines : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
    void wideWhereverCut_data();
    void wideWhereverCut();
    void headIsPlain();
};

namespace {

QByteArray wide(const QByteArray &text, bool isBig = false)
{
    QByteArray units;
    for (const char c : text) {
        if (isBig)
            units += '\0';
        units += c;
        if (!isBig)
            units += '\0';
    }
    return units;
}

QByteArrayList readLines(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    QByteArrayList found;
    if (!buffer.open(QIODevice::ReadOnly))
        return found;
    for (LogLines lines(buffer); lines.next();)
        found += lines.line().toByteArray();
    return found;
}

} // namespace

void TestLogLines::lines_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArrayList two{" one 1", "two\xE9 2"};
    QTest::newRow("LF") << " one 1\ntwo\xE9 2\n"_ba << two;
    QTest::newRow("CR LF") << " one 1\r\ntwo\xE9 2\r\n"_ba << two;
    QTest::newRow("CR CR LF") << " one 1\r\r\ntwo\xE9 2\r\r\n"_ba << two;
    QTest::newRow("CR") << " one 1\rtwo\xE9 2\r"_ba << two;
    QTest::newRow("CR, no last one") << " one 1\rtwo\xE9 2"_ba << two;
    QTest::newRow("UTF-8 with mark") << "\xEF\xBB\xBF one 1\ntwo\xE9 2\n"_ba << two;
    for (const bool isBig : {false, true}) {
        const QByteArray mark = isBig ? "\xFE\xFF"_ba : "\xFF\xFE"_ba;
        const char *const name = isBig ? "big-endian" : "little-endian";
        for (const QByteArray &text : {" one 1\ntwo\xE9 2\n"_ba, " one 1\r\ntwo\xE9 2\r\n"_ba,
                 " one 1\r\r\ntwo\xE9 2"_ba, " one 1\rtwo\xE9 2\r"_ba}) {
            QTest::addRow("UTF-16 %s with mark, %d bytes", name, int(text.size()))
                << QByteArray(mark + wide(text, isBig)) << two;
            QTest::addRow("UTF-16 %s without mark, %d bytes", name, int(text.size()))
                << wide(text, isBig) << two;
        }
    }
    QTest::newRow("UTF-16 appended to plain")
        << QByteArray(" one 1\r\n" + wide("two\xE9 2\r\n") + "three\r\n") << (two + QByteArrayList{"three"});
    QTest::newRow("plain appended to UTF-16")
        << QByteArray("\xFF\xFE" + wide(" one 1\r\n") + "two\xE9 2\r\n" + wide("three\r\n"))
        << (two + QByteArrayList{"three"});
    QTest::newRow("beyond Latin-1") << QByteArray("\xFF\xFE" + wide("a ") + "\x13\x20"_ba + wide(" b\n"))
                                    << QByteArrayList{"a ? b"};
    QTest::newRow("a few nulls are a tag's")
        << "A\0\0b Nonp 12 34 56 78\n"_ba << QByteArrayList{"A\0\0b Nonp 12 34 56 78"_ba};
    QTest::newRow("no-break blanks") << "dentry\xC2\xA0\xC2\xA0 1\xC2\xA0 2\xC2\xA0 3\xC2\xA0 4\n"
                                        "filp\xA0"
                                        "1\xA0"
                                        "2\n"_ba
                                     << QByteArrayList{"dentry   1  2  3  4", "filp 1 2"};
    QTest::newRow("that byte in a tag")
        << " \xC2\xA0\xA0z Nonp 1 2\n"_ba << QByteArrayList{" \xC2\xA0\xA0z Nonp 1 2"};
    QTest::newRow("colours of grep") << "\x1B[01;31m\x1B[Kdentry\x1B[m\x1B[K 1 2\n"_ba
                                     << QByteArrayList{"dentry 1 2"};
    QTest::newRow("a cursor that moves")
        << "\x1B[8dold\x1B[42G21 3\n"_ba << QByteArrayList{"\x1B[8dold\x1B[42G21 3"};
    QTest::newRow("backquotes") << "` Leak Nonp 1`  \n```\n`tag Nonp 1\n"_ba
                                << QByteArrayList{" Leak Nonp 1", "```", "`tag Nonp 1"};
    QTest::newRow("Markdown table") << "| name | a |\n|---|--:|\n|dentry\\|x | 1 |  \n|a| Nonp 1\n"_ba
                                    << QByteArrayList{" name   a ", "", "dentry\\|x   1 ", "|a| Nonp 1"};
    QTest::newRow("quoted Markdown table") << "> | dentry | 1 |\n"_ba << QByteArrayList{" dentry   1 "};
}

void TestLogLines::lines()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArrayList, expected);
    QCOMPARE(readLines(bytes), expected);
}

void TestLogLines::wideWhereverCut_data()
{
    QTest::addColumn<bool>("isBig");
    QTest::newRow("little-endian") << false;
    QTest::newRow("big-endian") << true;
}

/// Whole lines stay what they are wherever the file ends.
void TestLogLines::wideWhereverCut()
{
    QFETCH(bool, isBig);
    const QByteArray mark = isBig ? "\xFE\xFF"_ba : "\xFF\xFE"_ba;
    const QByteArray whole = mark + wide("one 1\r\ntwo 2\r\nthree 3\r\n", isBig);
    const QByteArrayList all = readLines(whole);
    QCOMPARE(all, (QByteArrayList{"one 1", "two 2", "three 3"}));
    for (qsizetype size = mark.size() + 2; size < whole.size(); ++size) {
        const QByteArrayList found = readLines(whole.first(size));
        QVERIFY(found.size() <= all.size());
        for (qsizetype i = 0; i + 1 < found.size(); ++i)
            QCOMPARE(found[i], all[i]);
        QVERIFY(all[found.size() - 1].startsWith(found.last()));
    }
}

void TestLogLines::headIsPlain()
{
    QCOMPARE(plainHead("\xEF\xBB\xBF{\n"_ba), "{\n"_ba);
    QCOMPARE(plainHead(wide("a\r\nb\r\n", true)), "a\nb\n"_ba);
    QCOMPARE(plainHead("\xFF\xFE" + wide("a\r\n") + "b\r\n"), "a\nb\n"_ba);
    QCOMPARE(plainHead("a\rb\r"_ba), "a\nb\n"_ba);
    QCOMPARE(plainHead("a\r\nb"_ba), "a\r\nb"_ba);
}

QTEST_GUILESS_MAIN(TestLogLines)
#include "tst_loglines.moc"
