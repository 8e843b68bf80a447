// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/keydecoder.h"

#include <QtTest>

using namespace poolscope;
using Kind = TerminalKey::Kind;

class TestKeyDecoder : public QObject
{
    Q_OBJECT

private slots:
    void keys_data();
    void keys();
    void cutAnywhere();
    void loneEscape();
    void brokenSequenceIsNotEscape();
};

namespace {

QByteArray described(const std::vector<TerminalKey> &keys)
{
    QByteArrayList out;
    for (const TerminalKey &key : keys) {
        switch (key.kind) {
        case Kind::Character:
            out += QByteArray(1, static_cast<char>(key.character));
            break;
        case Kind::Escape:
            out += "Esc";
            break;
        case Kind::Up:
            out += "Up";
            break;
        case Kind::Down:
            out += "Down";
            break;
        case Kind::PageUp:
            out += "PgUp";
            break;
        case Kind::PageDown:
            out += "PgDn";
            break;
        case Kind::Home:
            out += "Home";
            break;
        case Kind::End:
            out += "End";
            break;
        case Kind::Other:
            out += "other";
            break;
        }
    }
    return out.join(' ');
}

} // namespace

void TestKeyDecoder::keys_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");

    QTest::newRow("letters") << QByteArray("bq?(") << QByteArray("b q ? (");
    QTest::newRow("arrows") << QByteArray("\x1b[A\x1b[B\x1b[C\x1b[D") << QByteArray("Up Down other other");
    QTest::newRow("application arrows") << QByteArray("\x1bOA\x1bOB") << QByteArray("Up Down");
    QTest::newRow("xterm") << QByteArray("\x1b[5~\x1b[6~\x1b[H\x1b[F") << QByteArray("PgUp PgDn Home End");
    QTest::newRow("Linux console") << QByteArray("\x1b[1~\x1b[4~\x1b[[A") << QByteArray("Home End other");
    QTest::newRow("rxvt") << QByteArray("\x1b[7~\x1b[8~") << QByteArray("Home End");
    QTest::newRow("with Ctrl") << QByteArray("\x1b[1;5A\x1b[5;5~") << QByteArray("Up PgUp");
    QTest::newRow("function keys") << QByteArray("\x1bOP\x1b[15~\x1b[3~") << QByteArray("other other other");
    QTest::newRow("Alt and a letter does not act as it") << QByteArray("\x1bq") << QByteArray("other");
    QTest::newRow("Escape twice") << QByteArray("\x1b\x1b[A") << QByteArray("Esc Up");
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa9q") << QByteArray("other q");
}

void TestKeyDecoder::keys()
{
    QFETCH(QByteArray, bytes);
    KeyDecoder decoder;
    QTEST(described(decoder.feed(bytes)), "expected");
    QVERIFY(!decoder.isPending());
    QVERIFY(decoder.flush().empty());
}

void TestKeyDecoder::cutAnywhere()
{
    const QByteArray bytes = "b\x1b[A\x1b[5~q\x1bOB\x1b[1;5H";
    KeyDecoder whole;
    const QByteArray expected = described(whole.feed(bytes));
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        KeyDecoder decoder;
        std::vector<TerminalKey> keys = decoder.feed(bytes.first(cut));
        for (const TerminalKey &key : decoder.feed(bytes.sliced(cut)))
            keys.push_back(key);
        QCOMPARE(described(keys), expected);
    }
}

void TestKeyDecoder::loneEscape()
{
    KeyDecoder decoder;
    QVERIFY(decoder.feed("\x1b").empty());
    QVERIFY(decoder.isPending());
    QCOMPARE(described(decoder.flush()), QByteArray("Esc"));
    QVERIFY(!decoder.isPending());
}

void TestKeyDecoder::brokenSequenceIsNotEscape()
{
    KeyDecoder decoder;
    QVERIFY(decoder.feed("\x1b[1;").empty());
    QCOMPARE(described(decoder.flush()), QByteArray("other"));
}

QTEST_GUILESS_MAIN(TestKeyDecoder)
#include "tst_keydecoder.moc"
