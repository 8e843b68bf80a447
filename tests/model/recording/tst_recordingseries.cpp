// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/history/history.h"
#include "model/history/roster.h"
#include "tests/model/recording/randomstream.h"
#include "tests/model/recording/recordingtools.h"

#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

/// The reader's answers against those of a History that saw the same samples.
class TestRecordingSeries : public QObject
{
    Q_OBJECT

private slots:
    void answersAsHistoryDoes_data();
    void answersAsHistoryDoes();
};

void TestRecordingSeries::answersAsHistoryDoes_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("samples");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("journal") << 1U << 300 << false;
    QTest::newRow("chunks and journal") << 2U << 4200 << false;
    QTest::newRow("chunks") << 3U << 4200 << true;
}

void TestRecordingSeries::answersAsHistoryDoes()
{
    QFETCH(const quint32, seed);
    QFETCH(const int, samples);
    QFETCH(const bool, isClosed);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"r.poolscope"_s);
    std::unique_ptr<RecordingWriter> writer = writerFor(path);
    QVERIFY(writer);
    RandomStream stream(seed, 10, SourceKind::Pool);
    Roster roster;
    History history;
    SamplePtr before;
    for (int i = 0; i < samples; ++i) {
        const RandomStream::Item item = stream.next();
        writer->append(item.sample, item.afterGap);
        if (i % 13 == 0)
            QVERIFY(ok(writer->flush()));
        roster.match(item.sample->tags);
        using Joint = TimeAxis::Joint;
        const bool isNew =
            before && (*before->origin != *item.sample->origin || item.sample->monotonic < before->monotonic);
        static_cast<void>(history.append(*item.sample, roster.ids(), roster.vanished(),
            isNew && before               ? Joint::NewSegment
                : before && item.afterGap ? Joint::AfterGap
                                          : Joint::Continuous));
        before = item.sample;
    }
    QVERIFY(ok(isClosed ? writer->close() : writer->flush()));
    const std::unique_ptr<RecordingReader> reader = readerFor(path);
    QVERIFY(reader);
    const auto recorded = [&](TagId id) {
        const Tag &tag = (*roster.tags())[id].tag;
        return static_cast<TagId>(
            std::ranges::find(*reader->tags(), tag, &TagEntry::tag) - reader->tags()->begin());
    };

    QCOMPARE(reader->axis().size(), history.axis().size());
    std::mt19937 random(seed);
    const auto anyTime = [&] {
        return history.axis().wall(static_cast<TimeAxis::Index>(random() % history.axis().size()))
            + std::chrono::nanoseconds(qint64(random() % 4'000'000'000U) - 2'000'000'000);
    };
    for (int i = 0; i < 150; ++i) {
        SeriesRequest request;
        request.token = random();
        request.metric = static_cast<Metric>(random() % 4);
        request.columns = 1 + static_cast<int>(random() % 300);
        request.from = i % 10 == 0 ? history.axis().wall(0) : anyTime();
        request.to = i % 10 == 0 ? history.axis().wall(history.axis().size() - 1) : anyTime();
        if (random() % 8 != 0 && request.to < request.from)
            std::swap(request.from, request.to);
        SeriesRequest ours = request;
        for (int wish = 0; wish < 3; ++wish) {
            const std::optional<WallTime> since = random() % 2 == 0 ? std::optional(anyTime()) : std::nullopt;
            if (wish == 2) {
                const auto field =
                    static_cast<SystemField>(random() % static_cast<quint32>(SystemField::Count));
                request.wishes.push_back({field, since});
                ours.wishes.push_back({field, since});
                continue;
            }
            const auto id = static_cast<TagId>(random() % roster.tags()->size());
            request.wishes.push_back({id, since});
            ours.wishes.push_back({recorded(id), since});
        }
        const SeriesAnswer expected = history.answer(request);
        const SeriesAnswer answer = reader->answer(ours);
        QCOMPARE(answer.token, expected.token);
        QCOMPARE(answer.first, expected.first);
        QCOMPARE(answer.last, expected.last);
        for (size_t wish = 0; wish < expected.series.size(); ++wish)
            QVERIFY2(answer.series[wish] == expected.series[wish],
                qPrintable(u"request %1, wish %2"_s.arg(i).arg(wish)));
    }
    SeriesRequest none;
    none.wishes = {{TagId(100'000), std::nullopt}};
    none.from = history.axis().wall(0);
    none.to = history.axis().wall(history.axis().size() - 1);
    QVERIFY(reader->answer(none).series.front().empty());
}

QTEST_GUILESS_MAIN(TestRecordingSeries)
#include "tst_recordingseries.moc"
