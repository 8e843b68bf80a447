// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagfilter.h"

#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

TagEntry entry(const QByteArray &name, const QByteArray &driver = {}, PoolType type = PoolType::Nonpaged)
{
    return {{name, type}, driver};
}

} // namespace

class TestTagFilter : public QObject
{
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<QByteArray>("driver");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *what, const char16_t *expression, const QByteArray &tag, bool matches,
                             const QByteArray &driver = {}) {
            QTest::newRow(what) << QString::fromUtf16(expression) << tag << driver << matches;
        };
        row("empty", u"", "Ntfs", true);
        row("blanks", u"   ", "Ntfs", true);
        row("part", u"tf", "Ntfs", true);
        row("part in any case", u"NTF", "ntfs", true);
        row("no part", u"xyz", "Ntfs", false);
        row("part of the driver", u"fltmgr", "FMfn", true, "FltMgr.sys");
        row("two terms", u"pipe cache", "pipe_inode_cache", true);
        row("two terms, one fails", u"pipe sock", "pipe_inode_cache", false);
        row("star", u"kmalloc-*", "kmalloc-1k", true);
        row("star over the whole tag", u"malloc-*", "kmalloc-1k", false);
        row("star in the middle", u"k*1k", "kmalloc-cg-1k", true);
        row("question mark", u"Nt?s", "Ntfs", true);
        row("question mark is one character", u"Nt?", "Ntfs", false);
        row("wildcard in any case", u"NT*", "ntfs", true);
        row("wildcard is not for drivers", u"flt*", "FMfn", false, "fltmgr.sys");
        row("wildcard escapes the rest", u"a.c*", "abcd", false);
        row("not", u"!kmalloc", "kmalloc-1k", false);
        row("not, else", u"!kmalloc", "dentry", true);
        row("not wildcard", u"!kmalloc-*", "kmalloc-rcl-96", false);
        row("twice not", u"!!kmalloc", "kmalloc-1k", true);
        row("regular expression", u"/^ext4_.*cache$/", "ext4_inode_cache", true);
        row("regular expression fails", u"/^inode/", "ext4_inode_cache", false);
        row("regular expression in the driver", u"/^nt/", "FMfn", true, "ntfs.sys");
        row("regular expression with a blank", u"/a b/", "a b", true);
        row("regular expression with a slash", u"/mm\\/slub/", "mm/slub.c:12", true);
        row("regular expression with a class", u"/^kmalloc-\\d+$/", "kmalloc-96", true);
        row("not regular expression", u"!/^ext4/", "ext4_inode_cache", false);
        row("exact", u"\"dentry\"", "dentry", true);
        row("exact is not part", u"\"dentry\"", "dentry2", false);
        row("exact minds case", u"\"ntfs\"", "Ntfs", false);
        row("exact with blanks", u"\"a b\"", "a b", true);
        row("exact with a quote", u"\"a\\\"b\"", "a\"b", true);
        row("exact with a backslash", u"\"a\\\\\\\\b\"", "a\\\\b", true);
        row("exact with an escaped backslash", u"\"a\\\\b\"", "a\\b", true);
        row("either", u"pipe|sock", "sock_inode_cache", true);
        row("either, neither", u"pipe|sock", "dentry", false);
        row("not either", u"!pipe|sock", "pipe_inode_cache", false);
        row("mixed alternatives", u"\"TCP\"|kmalloc-*|/^ext/", "ext4_x", true);
        row("unprintable as shown", u"\\x01", QByteArray("Nt\x01s"), true);
        row("name of a field is text", u"bytes", "bytes_cache", true);
        row("unknown field is text", u"size>5", "size>5", true);
    }

    void names()
    {
        QFETCH(const QString, expression);
        QFETCH(const QByteArray, tag);
        QFETCH(const QByteArray, driver);
        QFETCH(const bool, matches);
        const auto parsed = TagFilter::fromExpression(expression);
        QVERIFY2(!parsed.error, parsed.error ? qPrintable(parsed.error->text) : "");
        QCOMPARE(parsed.filter.matchesTag(entry(tag, driver)), matches);
        QVERIFY(!parsed.filter.dependsOnValues());
    }

    void values_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char16_t *expression, bool matches) {
            const QString text = QString::fromUtf16(expression);
            QTest::newRow(qPrintable(text)) << text << matches;
        };
        // bytes 1 MiB, outstanding 1000, rate 102,400, allocs unknown
        row(u"bytes>1M", false);
        row(u"bytes>=1M", true);
        row(u"bytes<=1M", true);
        row(u"bytes<1M", false);
        row(u"bytes>1048575", true);
        row(u"bytes>1023K", true);
        row(u"bytes<1.5m", true);
        row(u"BYTES>0", true);
        row(u"!bytes>1", false);
        row(u"!bytes>1G", true);
        row(u"diff>999", true);
        row(u"diff>1000", false);
        row(u"outstanding>=1000", true);
        row(u"rate>100K", false);
        row(u"rate>=100K", true);
        row(u"rate>-5", true);
        row(u"allocs>0", false);
        row(u"!allocs>0", false);
        row(u"allocs<1T", false);
        row(u"per_alloc>1000", true);
        row(u"bytes>0 diff>0", true);
        row(u"bytes>0 diff>1M", false);
    }

    void values()
    {
        QFETCH(const QString, expression);
        QFETCH(const bool, matches);
        const auto parsed = TagFilter::fromExpression(expression);
        QVERIFY(!parsed.error);
        QVERIFY(parsed.filter.dependsOnValues());
        FrameRow row{
            .reading = {{}, {}, Counter(1000), Counter(1 << 20)}, .sinceLast = {}, .sinceBaseline = {}};
        row.bytesPerHour = 102'400;
        QCOMPARE(parsed.filter.matchesValues(row), matches);
    }

    void errors_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<qsizetype>("position");
        QTest::newRow("regular expression") << u"pipe /ab(c/"_s << qsizetype(10);
        QTest::newRow("open regular expression") << u"pipe /abc"_s << qsizetype(5);
        QTest::newRow("open quote") << u"x \"abc"_s << qsizetype(2);
        QTest::newRow("no number") << u"bytes>"_s << qsizetype(6);
        QTest::newRow("no number, word") << u"a bytes>=lots"_s << qsizetype(9);
        QTest::newRow("no number, unit") << u"rate>K"_s << qsizetype(5);
        QTest::newRow("not a number") << u"rate>nan"_s << qsizetype(5);
        QTest::newRow("nothing negated") << u"abc !"_s << qsizetype(4);
        QTest::newRow("bar at the end") << u"abc|"_s << qsizetype(4);
        QTest::newRow("bar at the start") << u"|abc"_s << qsizetype(0);
    }

    void errors()
    {
        QFETCH(const QString, expression);
        QFETCH(const qsizetype, position);
        const auto parsed = TagFilter::fromExpression(expression);
        QVERIFY(parsed.error.has_value());
        QCOMPARE(parsed.error->position, position);
        QVERIFY(!parsed.error->text.isEmpty());
        QVERIFY(parsed.filter.isEmpty());
    }

    void types()
    {
        TagFilter filter;
        QVERIFY(filter.isEmpty());
        filter.setTypes(TypeFilter::Nonpaged);
        QVERIFY(!filter.isEmpty());
        QVERIFY(filter.matchesTag(entry("a", {}, PoolType::Nonpaged)));
        QVERIFY(!filter.matchesTag(entry("a", {}, PoolType::Paged)));
        QVERIFY(!filter.matchesTag(entry("a", {}, PoolType::None)));
        filter.setTypes(TypeFilter::Paged);
        QVERIFY(filter.matchesTag(entry("a", {}, PoolType::Paged)));
        filter.setTypes(TypeFilter::All);
        QVERIFY(filter.matchesTag(entry("a", {}, PoolType::None)));
    }

    void growingOnly()
    {
        TagFilter filter;
        filter.setGrowingOnly(true);
        QVERIFY(filter.dependsOnValues());
        FrameRow row;
        QVERIFY(!filter.matchesValues(row)); // NaN
        row.bytesPerHour = 0;
        QVERIFY(!filter.matchesValues(row));
        row.bytesPerHour = 0.5;
        QVERIFY(filter.matchesValues(row));
    }

    void termsFromTags()
    {
        const Tag dentry{"dentry", PoolType::Paged};
        const Tag odd{QByteArray("a\"\\\x01 b"), PoolType::Paged};
        QString text = TagFilter::including({}, dentry);
        QCOMPARE(text, u"\"dentry\""_s);
        text = TagFilter::including(text, odd);
        const auto both = TagFilter::fromExpression(text);
        QVERIFY(!both.error);
        QVERIFY(both.filter.matchesTag({dentry, {}}));
        QVERIFY(both.filter.matchesTag({odd, {}}));
        QVERIFY(!both.filter.matchesTag(entry("dentry2")));
        QCOMPARE(TagFilter::including(u"bytes>1M"_s, dentry), u"bytes>1M \"dentry\""_s);

        text = TagFilter::excluding(TagFilter::excluding(u"cache"_s, dentry), odd);
        const auto neither = TagFilter::fromExpression(text);
        QVERIFY(!neither.error);
        QVERIFY(!neither.filter.matchesTag({dentry, {}}));
        QVERIFY(!neither.filter.matchesTag({odd, {}}));
        QVERIFY(neither.filter.matchesTag(entry("some_cache")));
        // What was excluded is not extended by what is included.
        QCOMPARE(TagFilter::including(u"!\"a\""_s, dentry), u"!\"a\" \"dentry\""_s);
    }
};

QTEST_GUILESS_MAIN(TestTagFilter)
#include "tst_tagfilter.moc"
