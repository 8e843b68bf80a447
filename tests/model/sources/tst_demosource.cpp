// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/sources/demosource.h"

#include <QThread>
#include <QtTest>

#include <atomic>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What the source delivers, in order.
struct Deliveries
{
    QList<SamplePtr> samples;
    QList<Error> errors;
    int ends = 0;

    explicit Deliveries(Source &source)
    {
        QObject::connect(&source, &Source::sampleArrived, &context,
            [this](const SamplePtr &sample) { samples += sample; });
        QObject::connect(&source, &Source::failed, &context, [this](const Error &error) { errors += error; });
        QObject::connect(&source, &Source::ended, &context, [this] { ++ends; });
    }

    QObject context;
};

Counter bytesOf(const Sample &sample, const QByteArray &name)
{
    for (size_t i = 0; i < sample.tags->size(); ++i) {
        if ((*sample.tags)[i].tag.bytes == name)
            return sample.readings[i].bytes;
    }
    return {};
}

} // namespace

class TestDemoSource : public QObject
{
    Q_OBJECT

private slots:
    void wholeRecording();
    void firstSampleIsOfNow();
    void recordedCadence();
    void closeStops();
    void closedByItsReceiver();
    void opensAgain();
    void movesToAnotherThread();
    void cannotBeAsked();
};

void TestDemoSource::wholeRecording()
{
    DemoSource source(1000);
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QVERIFY2(got.samples.isEmpty(), "nothing arrives before open() has returned");
    QTRY_COMPARE_WITH_TIMEOUT(got.ends, 1, 30'000);
    QCOMPARE(got.samples.size(), 75);
    QVERIFY(got.errors.isEmpty());

    for (qsizetype i = 1; i < got.samples.size(); ++i) {
        const auto step = got.samples[i]->monotonic - got.samples[i - 1]->monotonic;
        QVERIFY(step > 900ms && step < 1100ms);
        QVERIFY(got.samples[i]->wall - got.samples[i - 1]->wall == step);
    }
    const Sample &first = *got.samples.first();
    QCOMPARE(first.origin->uri, source.uri());
    QCOMPARE(first.origin->kind, SourceKind::Slab);
    QVERIFY(first.system[SystemField::MemTotal].isKnown());
    QVERIFY(first.system[SystemField::PageFaults].isKnown());

    // The leak: 150 pipes a second from second 10 to 45, each with 1 KiB of kmalloc-cg-1k; freed at 60.
    const qint64 grown =
        bytesOf(*got.samples[50], "kmalloc-cg-1k").value() - bytesOf(first, "kmalloc-cg-1k").value();
    QVERIFY2(grown > 5'000 * 1024, QByteArray::number(grown).constData());
    QVERIFY(bytesOf(*got.samples[74], "kmalloc-cg-1k").value()
        < bytesOf(*got.samples[50], "kmalloc-cg-1k").value() / 2);
    const bool bothTypes = std::ranges::any_of(*first.tags,
                               [](const TagEntry &entry) { return entry.tag.type == PoolType::Paged; })
        && std::ranges::any_of(
            *first.tags, [](const TagEntry &entry) { return entry.tag.type == PoolType::Nonpaged; });
    QVERIFY(bothTypes);
    QVERIFY(std::ranges::any_of(*first.tags, [](const TagEntry &entry) { return !entry.driver.isEmpty(); }));
}

void TestDemoSource::firstSampleIsOfNow()
{
    DemoSource source;
    Deliveries got(source);
    const WallTime before = wallTimeNow();
    const MonotonicTime monotonicBefore = monotonicNow();
    QVERIFY(source.open().ok());
    const WallTime after = wallTimeNow();
    QTRY_COMPARE(got.samples.size(), 1);
    QVERIFY(got.samples[0]->wall >= before && got.samples[0]->wall <= after);
    QVERIFY(got.samples[0]->monotonic >= monotonicBefore);
    QCOMPARE(got.ends, 0);
}

void TestDemoSource::recordedCadence()
{
    // No sample comes before its time, whatever the machine does meanwhile.
    constexpr double Speed = 20;
    DemoSource source(Speed);
    Deliveries got(source);
    const MonotonicTime opened = monotonicNow();
    QVERIFY(source.open().ok());
    QTRY_VERIFY(got.samples.size() >= 5);
    const auto recorded = got.samples[4]->monotonic - got.samples[0]->monotonic;
    QVERIFY(monotonicNow() - opened >= std::chrono::duration_cast<MonotonicTime>(recorded / Speed));
}

void TestDemoSource::closeStops()
{
    DemoSource source(1000);
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_VERIFY(!got.samples.isEmpty());
    source.close();
    const qsizetype count = got.samples.size();
    QTest::qWait(20);
    QCOMPARE(got.samples.size(), count);
    QCOMPARE(got.ends, 0);
    source.close();
}

void TestDemoSource::closedByItsReceiver()
{
    DemoSource source(1000);
    Deliveries got(source);
    connect(&source, &Source::sampleArrived, &source, [&] {
        if (got.samples.size() == 75)
            source.close();
    });
    QVERIFY(source.open().ok());
    QTRY_COMPARE(got.samples.size(), 75);
    QTest::qWait(20);
    QCOMPARE(got.ends, 0);
}

void TestDemoSource::opensAgain()
{
    DemoSource source(1000);
    Deliveries got(source);
    QVERIFY(source.open().ok());
    QTRY_COMPARE_WITH_TIMEOUT(got.ends, 1, 30'000);
    QVERIFY(source.open().ok());
    QTRY_COMPARE_WITH_TIMEOUT(got.ends, 2, 30'000);
    QCOMPARE(got.samples.size(), 150);
    QVERIFY(got.samples[75]->wall >= got.samples[0]->wall);
}

void TestDemoSource::movesToAnotherThread()
{
    QThread thread;
    auto *source = new DemoSource(1000);
    source->moveToThread(&thread);
    connect(&thread, &QThread::started, source, [source] {
        if (!source->open())
            source->thread()->exit(1);
    });
    connect(&thread, &QThread::finished, source, &QObject::deleteLater);
    std::atomic<int> ends = 0;
    connect(source, &Source::ended, source, [&ends] { ++ends; });
    thread.start();
    QTRY_COMPARE_WITH_TIMEOUT(ends.load(), 1, 30'000);
    thread.quit();
    QVERIFY(thread.wait(10'000));
}

void TestDemoSource::cannotBeAsked()
{
    DemoSource source;
    QVERIFY(!source.read().ok());
    QCOMPARE(source.delivery(), Source::Delivery::Push);
}

QTEST_GUILESS_MAIN(TestDemoSource)
#include "tst_demosource.moc"
