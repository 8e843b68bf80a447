// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/systeminfobuffer.h"

#include <QtTest>

#include <vector>

using namespace poolscope;

namespace {

using Bytes = std::vector<std::byte>;

void put(Bytes &buffer, size_t offset, quint32 value)
{
    for (size_t i = 0; i < 4; ++i)
        buffer.at(offset + i) = static_cast<std::byte>(value >> (8 * i));
}

Bytes basicInformation(quint32 pageSize, quint32 pages)
{
    Bytes buffer(64, std::byte{0xCD});
    put(buffer, 0x08, pageSize);
    put(buffer, 0x0C, pages);
    return buffer;
}

/// Every field another number, everything else poisoned.
Bytes performanceInformation(size_t size)
{
    Bytes buffer(size, std::byte{0xCD});
    put(buffer, 0x2C, 1001); // AvailablePages
    put(buffer, 0x30, 1002); // CommittedPages
    put(buffer, 0x34, 1003); // CommitLimit
    put(buffer, 0x38, 1004); // PeakCommitment
    put(buffer, 0x3C, 4'000'000'000); // PageFaultCount
    put(buffer, 0x70, 1005); // PagedPoolPages
    put(buffer, 0x74, 1006); // NonPagedPoolPages
    put(buffer, 0x8C, 100); // ResidentSystemCodePage
    put(buffer, 0xA8, 1007); // ResidentPagedPoolPage
    put(buffer, 0xAC, 23); // ResidentSystemDriverPage
    return buffer;
}

} // namespace

class TestSystemInfoBuffer : public QObject
{
    Q_OBJECT

private slots:
    void everyField_data();
    void everyField();
    void truncatedAtEveryLength();
    void pageSizes_data();
    void pageSizes();
};

void TestSystemInfoBuffer::everyField_data()
{
    QTest::addColumn<size_t>("size");
    QTest::newRow("up to Windows 8.1") << size_t{312};
    QTest::newRow("Windows 10") << size_t{344};
    QTest::newRow("Windows 11 24H2") << size_t{376};
}

void TestSystemInfoBuffer::everyField()
{
    QFETCH(size_t, size);
    const SystemReading system =
        systemReadingFromKernel(basicInformation(4096, 0xFFFFFFFF), performanceInformation(size));
    SystemReading expected;
    expected[SystemField::MemTotal] = Counter(0xFFFFFFFFLL * 4096);
    expected[SystemField::MemAvailable] = Counter(1001 * 4096);
    expected[SystemField::Commit] = Counter(1002 * 4096);
    expected[SystemField::CommitLimit] = Counter(1003 * 4096);
    expected[SystemField::CommitPeak] = Counter(1004 * 4096);
    expected[SystemField::PageFaults] = Counter(4'000'000'000);
    expected[SystemField::PoolPaged] = Counter(1005 * 4096);
    expected[SystemField::PoolNonpaged] = Counter(1006 * 4096);
    expected[SystemField::KernelResident] = Counter(123 * 4096);
    expected[SystemField::PagedResident] = Counter(1007 * 4096);
    for (const SystemFieldInfo &info : systemFields())
        QVERIFY2(system[info.field] == expected[info.field], info.key.data());
}

void TestSystemInfoBuffer::truncatedAtEveryLength()
{
    const Bytes whole = performanceInformation(0xB0);
    const SystemReading full = systemReadingFromKernel(basicInformation(4096, 10), whole);
    int known = 1; // MemTotal does not come from class 2
    for (size_t length = 0; length <= whole.size(); ++length) {
        // A copy of exactly that length, so that AddressSanitizer sees a read beyond it.
        const Bytes part(whole.begin(), whole.begin() + static_cast<qsizetype>(length));
        const SystemReading system = systemReadingFromKernel(basicInformation(4096, 10), part);
        int now = 0;
        for (const SystemFieldInfo &info : systemFields()) {
            if (!system[info.field].isKnown())
                continue;
            ++now;
            QCOMPARE(system[info.field], full[info.field]);
        }
        QVERIFY(now >= known);
        known = now;
    }
    QCOMPARE(known, 10);
    for (size_t length = 0; length < 0x10; ++length) {
        const SystemReading system =
            systemReadingFromKernel(Bytes(length, std::byte{1}), performanceInformation(312));
        QVERIFY(!system[SystemField::MemTotal].isKnown());
    }
}

void TestSystemInfoBuffer::pageSizes_data()
{
    QTest::addColumn<quint32>("pageSize");
    QTest::addColumn<Counter>("commit");
    QTest::newRow("4 KiB") << 4096U << Counter(1002LL * 4096);
    QTest::newRow("64 KiB") << 65536U << Counter(1002LL * 65536);
    QTest::newRow("none") << 0U << Counter();
    QTest::newRow("absurd") << 0xFFFFFFFFU << Counter();
}

void TestSystemInfoBuffer::pageSizes()
{
    QFETCH(quint32, pageSize);
    QFETCH(Counter, commit);
    const SystemReading system =
        systemReadingFromKernel(basicInformation(pageSize, 10), performanceInformation(344));
    QCOMPARE(system[SystemField::Commit], commit);
    QCOMPARE(system[SystemField::PageFaults], Counter(4'000'000'000)); // a count, not pages
}

QTEST_GUILESS_MAIN(TestSystemInfoBuffer)
#include "tst_systeminfobuffer.moc"
