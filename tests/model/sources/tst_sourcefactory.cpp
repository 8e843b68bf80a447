// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/sourcefactory.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestSourceFactory : public QObject
{
    Q_OBJECT

private slots:
    void uris_data();
    void uris();
    void probing();
};

void TestSourceFactory::uris_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("made"); // URI of the source; empty: a usage error
    QTest::newRow("demo") << u"demo:"_s << u"demo:"_s;
    QTest::newRow("demo at speed 1") << u"demo:?speed=1"_s << u"demo:"_s;
    QTest::newRow("demo faster") << u"demo:?speed=60"_s << u"demo:?speed=60"_s;
    QTest::newRow("demo slower") << u"demo:?speed=0.25"_s << u"demo:?speed=0.25"_s;
    QTest::newRow("demo fastest") << u"demo:?speed=1000"_s << u"demo:?speed=1000"_s;
    QTest::newRow("demo too fast") << u"demo:?speed=1001"_s << QString();
    QTest::newRow("demo too slow") << u"demo:?speed=0.05"_s << QString();
    QTest::newRow("demo backwards") << u"demo:?speed=-1"_s << QString();
    QTest::newRow("demo nan") << u"demo:?speed=nan"_s << QString();
    QTest::newRow("demo no number") << u"demo:?speed="_s << QString();
    QTest::newRow("demo unknown option") << u"demo:?loop=1"_s << QString();
    QTest::newRow("demo path") << u"demo:/tmp"_s << QString();
    QTest::newRow("command") << u"command:ssh host poolscope-cli stream"_s
                             << u"command:ssh host poolscope-cli stream"_s;
    QTest::newRow("command without program") << u"command:"_s << QString();
    QTest::newRow("command of blanks") << u"command:  "_s << QString();
    QTest::newRow("no colon") << u"slab"_s << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("unknown kind") << u"tape:"_s << QString();
    QTest::newRow("later: sites") << u"sites:"_s << QString();
    QTest::newRow("file") << u"file:/tmp/x.poolscope"_s << u"file:/tmp/x.poolscope"_s;
    QTest::newRow("file with speed") << u"file:/tmp/x.poolscope?speed=60"_s
                                     << u"file:/tmp/x.poolscope?speed=60"_s;
    QTest::newRow("later: prometheus") << u"prometheus:http://host"_s << QString();
    QTest::newRow("plain path") << u"/tmp/x.poolscope"_s << u"file:/tmp/x.poolscope"_s;
    QTest::newRow("relative path") << u"x.poolscope"_s << u"file:x.poolscope"_s;
    QTest::newRow("live kernel") << defaultSourceUri() << defaultSourceUri();
}

void TestSourceFactory::uris()
{
    QFETCH(QString, uri);
    QFETCH(QString, made);
    const auto source = createSource(uri);
    QVERIFY2(source.ok() == !made.isEmpty(), source ? "made" : qPrintable(source.error().text()));
    if (source) {
        QCOMPARE(source.value()->uri(), made);
        QVERIFY(!source.value()->title().isEmpty());
        return;
    }
    QCOMPARE(source.error().kind, ErrorKind::Usage);
    QVERIFY(!source.error().whatToDo.isEmpty());
    if (!uri.startsWith(u"demo:") && !uri.startsWith(u"command:")) {
        for (const QString &known : {u"slab:"_s, u"demo:"_s, u"command:"_s})
            QVERIFY(source.error().whatToDo.contains(known));
    }
}

void TestSourceFactory::probing()
{
    QStringList available;
    for (const SourceAvailability &found : probeSources()) {
        QVERIFY(!found.description.isEmpty());
        QCOMPARE(found.reason.isEmpty(), found.available);
        if (found.available)
            available += found.uri;
    }
    QVERIFY(available.contains(u"demo:"_s));
}

QTEST_GUILESS_MAIN(TestSourceFactory)
#include "tst_sourcefactory.moc"
