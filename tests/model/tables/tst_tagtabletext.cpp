// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagtabletext.h"

#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestTagTableText : public QObject
{
    Q_OBJECT

private slots:
    void registryKeysAreUnique()
    {
        QSet<QByteArray> keys;
        for (const TagColumnInfo &info : tagColumns()) {
            keys += info.key.toByteArray();
            QCOMPARE(tagColumnFromKey(info.key), std::optional(info.column));
            QCOMPARE(tagColumnInfo(info.column).key, info.key);
            QVERIFY(!info.title.isEmpty());
            QVERIFY(!info.fullTitle.isEmpty());
            QVERIFY(info.widthInCharacters > 0);
            // Numbers start descending and stand right, text ascending and left.
            if (isNumeric(info.column)) {
                QCOMPARE(info.initialOrder, Qt::DescendingOrder);
                QCOMPARE(info.alignment, ColumnAlignment::Right);
            }
        }
        QCOMPARE(keys.size(), TagColumnCount);
        QVERIFY(!tagColumnFromKey("nonsense"));
    }

    void numbersAreExact()
    {
        const TagEntry entry{{"a|b<c", PoolType::Paged}, "x.sys"};
        const FrameRow frame{.reading = {{}, Counter(7), Counter(3), Counter(1'234'567)},
            .sinceLast = {{}, Counter(0), Counter(1), Counter(-4096)},
            .sinceBaseline = {}};
        const std::vector<TagRow> rows{
            {.entry = entry, .frame = frame, .kind = SourceKind::Pool, .driverRank = {}}};
        const std::vector<TagColumn> columns{TagColumn::Pin, TagColumn::Bytes, TagColumn::Tag,
            TagColumn::Type, TagColumn::Trend, TagColumn::Allocs, TagColumn::Frees, TagColumn::Driver};
        QCOMPARE(tabSeparatedText(rows, columns),
            u"Bytes\tBytes Δ\tTag\tType\tAllocs\tAllocs Δ\tFrees\tFrees Δ\tDriver\n"
            "1234567\t-4096\ta|b<c\tPaged\t\t\t7\t0\tx.sys\n"_s);
        const QString html = htmlTable(rows, columns);
        QVERIFY(html.contains(u"<td align=\"right\">1234567</td>"_s));
        QVERIFY(html.contains(u"<td>a|b&lt;c</td>"_s));
        QCOMPARE(markdownTable(rows, columns),
            u"| Bytes | Bytes Δ | Tag | Type | Allocs | Allocs Δ | Frees | Frees Δ | Driver |\n"
            "|---:|---:|---|---|---:|---:|---:|---:|---|\n"
            "| 1,234,567 | -4,096 | `a\\|b<c` | Paged | – | – | 7 | 0 | x.sys |\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestTagTableText)
#include "tst_tagtabletext.moc"
