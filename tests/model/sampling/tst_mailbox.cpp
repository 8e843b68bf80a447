// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/mailbox.h"
#include "model/sampling/taskqueue.h"

#include <QThread>
#include <QtTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

using namespace poolscope;

class TestMailbox : public QObject
{
    Q_OBJECT

private slots:
    void newestWins();
    void wakesOncePerTake();
    void twoThreads();
    void queueKeepsOrderAndLosesNothing();
    void queueTakesMoveOnlyTasks();
    void queueDropsWhatIsLeft();
    void queueGoesOnInANestedLoop();
};

void TestMailbox::newestWins()
{
    Mailbox<int> box;
    QVERIFY(!box.take());
    QVERIFY(box.put(1));
    QVERIFY(!box.put(2));
    QCOMPARE(box.take(), std::optional(2));
    QVERIFY(!box.take());
}

void TestMailbox::wakesOncePerTake()
{
    Mailbox<int> box;
    int wakes = 0;
    for (int i = 0; i < 100; ++i) {
        wakes += box.put(i) ? 1 : 0;
        if (i % 10 == 9)
            QCOMPARE(box.take(), std::optional(i));
    }
    QCOMPARE(wakes, 10);
}

void TestMailbox::twoThreads()
{
    constexpr int Count = 200'000;
    Mailbox<std::shared_ptr<const int>> box;
    std::atomic_int wakes = 0;
    std::thread writer([&] {
        for (int i = 1; i <= Count; ++i) {
            if (box.put(std::make_shared<const int>(i)))
                ++wakes;
        }
    });
    int last = 0;
    int takes = 0;
    while (last < Count) {
        if (const auto value = box.take()) {
            QVERIFY(**value > last); // newer each time, none twice
            last = **value;
            ++takes;
        }
    }
    writer.join();
    QCOMPARE(last, Count);
    QCOMPARE(takes, wakes.load());
}

void TestMailbox::queueKeepsOrderAndLosesNothing()
{
    constexpr int Writers = 3;
    constexpr int Count = 3000;
    QThread thread;
    auto queue = std::make_unique<TaskQueue>();
    queue->moveToThread(&thread);
    thread.start();
    std::vector<int> seen[Writers]; // touched by the reading thread only, until it has ended
    std::atomic_int left = Writers * Count;
    std::vector<std::thread> writers;
    for (int writer = 0; writer < Writers; ++writer) {
        writers.emplace_back([&, writer] {
            for (int i = 0; i < Count; ++i) {
                queue->post([&, writer, i] {
                    QCOMPARE(QThread::currentThread(), &thread);
                    seen[writer].push_back(i);
                    --left;
                });
            }
        });
    }
    for (std::thread &writer : writers)
        writer.join();
    QTRY_COMPARE_WITH_TIMEOUT(left.load(), 0, 240'000); // waking a thread costs much under Wine
    thread.quit();
    thread.wait();
    for (const std::vector<int> &values : seen) {
        QCOMPARE(values.size(), size_t(Count));
        for (int i = 0; i < Count; ++i)
            QCOMPARE(values[size_t(i)], i);
    }
}

void TestMailbox::queueTakesMoveOnlyTasks()
{
    TaskQueue queue;
    int got = 0;
    queue.post([value = std::make_unique<int>(5), &got] { got = *value; });
    QCOMPARE(got, 0); // not from within post()
    QTRY_COMPARE(got, 5);
}

void TestMailbox::queueDropsWhatIsLeft()
{
    const auto token = std::make_shared<int>(1);
    bool ran = false;
    {
        TaskQueue queue;
        queue.post([token, &ran] { ran = true; });
        QCOMPARE(token.use_count(), 2L);
    }
    QCoreApplication::processEvents();
    QVERIFY(!ran);
    QCOMPARE(token.use_count(), 1L);
}

void TestMailbox::queueGoesOnInANestedLoop()
{
    TaskQueue queue;
    QEventLoop nested;
    std::vector<int> order;
    queue.post([&] {
        order.push_back(1);
        nested.exec(); // a dialog, say; the next task ends it
        order.push_back(3);
    });
    queue.post([&] {
        order.push_back(2);
        nested.quit();
    });
    QTRY_COMPARE(order.size(), size_t(3));
    QCOMPARE(order, (std::vector<int>{1, 2, 3}));
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
