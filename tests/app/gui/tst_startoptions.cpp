// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/gui/startoptions.h"

#include "model/sources/sourcefactory.h"

#include <QTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class TestStartOptions : public QObject
{
    Q_OBJECT

private slots:
    void good_data();
    void good();
    void mistakes_data();
    void mistakes();
    void helpAndVersion();
};

void TestStartOptions::good_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<qint64>("ms"); // -1: not given
    const qint64 notGiven = -1;
    QTest::newRow("nothing") << QStringList() << defaultSourceUri() << notGiven;
    QTest::newRow("argument") << QStringList{u"command:program stream"_s} << u"command:program stream"_s
                              << notGiven;
    QTest::newRow("option") << QStringList{u"--source"_s, u"command:program stream"_s}
                            << u"command:program stream"_s << notGiven;
    QTest::newRow("option with =") << QStringList{u"--source=command:program stream"_s}
                                   << u"command:program stream"_s << notGiven;
    QTest::newRow("interval") << QStringList{u"--interval"_s, u"500ms"_s} << defaultSourceUri()
                              << qint64(500);
    QTest::newRow("least") << QStringList{u"--interval"_s, u"250ms"_s} << defaultSourceUri() << qint64(250);
    QTest::newRow("most") << QStringList{u"--interval=1h"_s} << defaultSourceUri() << qint64(3'600'000);
    QTest::newRow("both, any order") << QStringList{u"--interval=5s"_s, u"command:program stream"_s}
                                     << u"command:program stream"_s << qint64(5000);
    QTest::newRow("Qt's own") << QStringList{u"-platform"_s, u"offscreen"_s, u"--style"_s, u"fusion"_s,
        u"-reverse"_s, u"command:program stream"_s, u"-style=windows"_s}
                              << u"command:program stream"_s << notGiven;
}

void TestStartOptions::good()
{
    QFETCH(QStringList, arguments);
    QFETCH(qint64, ms);
    arguments.prepend(u"poolscope"_s);
    const auto options = startOptionsFrom(arguments);
    QVERIFY2(options.ok(), qPrintable(options ? QString() : options.error().text()));
    QTEST(options.value().sourceUri, "uri");
    QCOMPARE(options.value().interval.value_or(-1ms), std::chrono::milliseconds(ms));
    QVERIFY(!options.value().message);
}

void TestStartOptions::mistakes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names"); // what the message must name
    QTest::newRow("interval: word") << QStringList{u"--interval"_s, u"soon"_s} << u"soon"_s;
    QTest::newRow("interval: short") << QStringList{u"--interval"_s, u"249ms"_s} << u"249ms"_s;
    QTest::newRow("interval: long") << QStringList{u"--interval"_s, u"61m"_s} << u"61m"_s;
    QTest::newRow("interval: negative") << QStringList{u"--interval=-2s"_s} << u"-2s"_s;
    QTest::newRow("interval: none") << QStringList{u"--interval"_s} << u"--interval"_s;
    QTest::newRow("unknown URI") << QStringList{u"nonsense:"_s} << u"nonsense:"_s;
    QTest::newRow("unknown URI, option") << QStringList{u"--source"_s, u"nonsense:"_s} << u"nonsense:"_s;
    QTest::newRow("unknown option") << QStringList{u"--bogus"_s} << u"--bogus"_s;
    QTest::newRow("two sources") << QStringList{u"slab:"_s, u"demo:"_s} << u"slab: demo:"_s;
    QTest::newRow("two sources, option") << QStringList{u"--source=slab:"_s, u"demo:"_s} << u"slab: demo:"_s;
}

void TestStartOptions::mistakes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    arguments.prepend(u"poolscope"_s);
    const auto options = startOptionsFrom(arguments);
    QVERIFY(!options);
    QCOMPARE(exitCode(options.error().kind), 2);
    QVERIFY2(options.error().where.contains(names), qPrintable(options.error().text()));
    QVERIFY(!options.error().what.isEmpty());
    QVERIFY(!options.error().whatToDo.isEmpty());
}

void TestStartOptions::helpAndVersion()
{
    for (const QString &word : {u"--help"_s, u"-h"_s}) {
        const auto options = startOptionsFrom({u"poolscope"_s, word, u"nonsense:"_s});
        QVERIFY(options.ok());
        QVERIFY(options.value().message->startsWith(u"Usage: "_s));
        QVERIFY(options.value().message->contains(u"--interval"_s));
    }
    const auto options = startOptionsFrom({u"poolscope"_s, u"--version"_s});
    QVERIFY(options.ok());
    QCOMPARE(*options.value().message, u"poolscope "_s + QLatin1StringView(POOLSCOPE_VERSION) + u'\n');
}

QTEST_GUILESS_MAIN(TestStartOptions)
#include "tst_startoptions.moc"
