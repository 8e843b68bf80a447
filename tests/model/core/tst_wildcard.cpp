// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/wildcard.h"

#include <QtTest>

using namespace poolscope;

class TestWildcard : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void everyStarIsTried();
    void tagPadding();
};

void TestWildcard::matches_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("expected");

    const auto row = [](const char *pattern, const char *text, bool expected) {
        QTest::addRow("%s on %s", pattern, text) << QByteArray(pattern) << QByteArray(text) << expected;
    };
    row("dentry", "dentry", true);
    row("dentry", "dentry2", false);
    row("entry", "dentry", false);
    row("Dentry", "dentry", false);
    row("*", "", true);
    row("", "", true);
    row("", "a", false);
    row("?", "", false);
    row("?", "a", true);
    row("?", "ab", false);
    row("kmalloc-*", "kmalloc-64", true);
    row("kmalloc-*", "kmalloc-", true);
    row("kmalloc-??", "kmalloc-64", true);
    row("kmalloc-??", "kmalloc-8", false);
    row("*inode*", "ext4_inode_cache", true);
    row("*cache", "cache_cachet", false);
    row("*cache", "cache_cache", true);
    row("a*b*c", "aXbYbZc", true);
    row("a*b*c", "aXcYb", false);
    row("a**c", "abc", true);
    row("a*?", "a", false);
    row("[a]", "a", false);
    row("\\x07*", "\\x07", true);
}

void TestWildcard::matches()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    QFETCH(bool, expected);
    QCOMPARE(matchesWildcard(pattern, text), expected);
}

/// Against the plainest possible definition, over all short patterns and texts.
void TestWildcard::everyStarIsTried()
{
    const auto plain = [](const auto &self, QByteArrayView p, QByteArrayView t) -> bool {
        if (p.isEmpty())
            return t.isEmpty();
        if (p[0] == '*')
            return self(self, p.sliced(1), t) || (!t.isEmpty() && self(self, p, t.sliced(1)));
        return !t.isEmpty() && (p[0] == '?' || p[0] == t[0]) && self(self, p.sliced(1), t.sliced(1));
    };
    const auto words = [](QByteArrayView alphabet, int longest) {
        QList<QByteArray> all{QByteArray()};
        for (qsizetype from = 0, length = 0; length < longest; ++length) {
            const qsizetype to = all.size();
            for (; from < to; ++from) {
                for (const char c : alphabet)
                    all.append(all.at(from) + c);
            }
        }
        return all;
    };
    const QList<QByteArray> texts = words("ab", 5);
    for (const QByteArray &pattern : words("ab*?", 4)) {
        for (const QByteArray &text : texts) {
            if (matchesWildcard(pattern, text) != plain(plain, pattern, text))
                QFAIL(qPrintable(QString::fromLatin1("%1 on %2")
                                     .arg(QString::fromLatin1(pattern), QString::fromLatin1(text))));
        }
    }
}

void TestWildcard::tagPadding()
{
    QVERIFY(tagMatchesWildcard("Irp", "Irp "));
    QVERIFY(tagMatchesWildcard("Irp ", "Irp "));
    QVERIFY(tagMatchesWildcard("Irp?", "Irp "));
    QVERIFY(!tagMatchesWildcard("Irp", "Irpx"));
    QVERIFY(!tagMatchesWildcard("Dh", "Dh 1"));
    QVERIFY(tagMatchesWildcard("", "    "));
}

QTEST_GUILESS_MAIN(TestWildcard)
#include "tst_wildcard.moc"
