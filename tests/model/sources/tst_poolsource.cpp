// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/poolsource.h"

#include "model/sources/sourcefactory.h"
#include "tests/model/formats/poolbufferbuilder.h"

#include <QtTest>

#include <map>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

using Class = PoolTagFormat::Class;
using Word = PoolTagFormat::Word;

namespace {

/// A kernel as a test wants it. The test keeps a pointer and changes it between two readings.
struct FakeKernel
{
    Word word = Word::Bits64;
    std::map<Class, QByteArray> tables; ///< a class without table is unknown to this kernel
    std::map<Class, quint32> failures; ///< a class with a status here fails with it
    QByteArray basic = QByteArray(64, '\0');
    QByteArray performance = QByteArray(344, '\0');
    QByteArray timeOfDay = QByteArray(48, '\0');
    quint32 systemStatus = ntstatus::Success; ///< of classes 0, 2 and 3
    std::vector<std::vector<PoolRecord>> growth; ///< further tables, one after each mismatch
    bool endlessGrowth = false;

    std::vector<size_t> capacities; ///< of the tag table queries
    std::map<quint32, int> calls;

    static void put(QByteArray &buffer, qsizetype offset, quint64 value, int bytes = 4)
    {
        QByteArray number;
        PoolBufferBuilder::number(number, value, bytes);
        buffer.replace(offset, bytes, number);
    }
};

class FakeQuery : public KernelQuery
{
public:
    explicit FakeQuery(FakeKernel &kernel)
        : m_kernel(kernel)
    {
    }

    Answer query(quint32 infoClass, std::span<std::byte> buffer) override
    {
        ++m_kernel.calls[infoClass];
        // What lies in the buffer from before must never come out as counters.
        std::ranges::fill(buffer, std::byte{0xEE});
        switch (infoClass) {
        case 0:
            // The real one takes exactly its structure.
            if (buffer.size() != static_cast<size_t>(m_kernel.basic.size()))
                return {ntstatus::InfoLengthMismatch, static_cast<quint32>(m_kernel.basic.size())};
            return system(m_kernel.basic, buffer);
        case 2:
            return system(m_kernel.performance, buffer);
        case 3:
            // The real one takes no more than its structure.
            if (buffer.size() > static_cast<size_t>(m_kernel.timeOfDay.size()))
                return {ntstatus::InfoLengthMismatch, 0};
            return system(m_kernel.timeOfDay, buffer);
        case 22:
            return table(Class::PoolTag, buffer);
        case 255:
            return table(Class::PoolTag2, buffer);
        default:
            return {ntstatus::InvalidInfoClass, 0};
        }
    }

    Word word() const override { return m_kernel.word; }

private:
    static Answer write(const QByteArray &answer, std::span<std::byte> buffer)
    {
        const auto length = static_cast<quint32>(answer.size());
        if (buffer.size() < length)
            return {ntstatus::InfoLengthMismatch, length};
        std::ranges::copy(PoolBufferBuilder::bytes(answer), buffer.begin());
        return {ntstatus::Success, length};
    }

    Answer system(const QByteArray &answer, std::span<std::byte> buffer) const
    {
        return m_kernel.systemStatus == ntstatus::Success ? write(answer, buffer)
                                                          : Answer{m_kernel.systemStatus, 0};
    }

    Answer table(Class infoClass, std::span<std::byte> buffer)
    {
        m_kernel.capacities.push_back(buffer.size());
        if (const auto failure = m_kernel.failures.find(infoClass); failure != m_kernel.failures.end())
            return {failure->second, 0};
        const auto found = m_kernel.tables.find(infoClass);
        if (found == m_kernel.tables.end())
            return {ntstatus::InvalidInfoClass, 0};
        if (m_kernel.endlessGrowth)
            return {ntstatus::InfoLengthMismatch, static_cast<quint32>(buffer.size() + 1)};
        const Answer answer = write(found->second, buffer);
        if (answer.status == ntstatus::InfoLengthMismatch && !m_kernel.growth.empty()) {
            found->second = PoolBufferBuilder({infoClass, m_kernel.word}).table(m_kernel.growth.front());
            m_kernel.growth.erase(m_kernel.growth.begin());
        }
        return answer;
    }

    FakeKernel &m_kernel;
};

std::vector<PoolRecord> records(quint32 count, quint64 bytesEach = 16)
{
    std::vector<PoolRecord> out(count);
    for (quint32 i = 0; i < count; ++i) {
        PoolBufferBuilder::number(out[i].tag, 0x20202020U + i, 4);
        out[i].nonpaged = {i + 1ULL, 0, bytesEach};
    }
    return out;
}

QByteArray table(Class infoClass, const std::vector<PoolRecord> &records, Word word = Word::Bits64)
{
    return PoolBufferBuilder({infoClass, word}).table(records);
}

const std::vector<PoolRecord> Few{{"NtFC", {50, 10, 40'960}, {}}, {"MmSt", {}, {9, 2, 7168}}};

} // namespace

class TestPoolSource : public QObject
{
    Q_OBJECT

private slots:
    void prefersClass255();
    void fallsBackToClass22_data();
    void fallsBackToClass22();
    void thirtyTwoBitWindows();
    void everyStatusInWords_data();
    void everyStatusInWords();
    void failsAndRecovers();
    void growsItsBuffer();
    void keepsItsBuffer();
    void neverEndingGrowth();
    void absurdNeed();
    void damagedTable();
    void headerAndRemainder();
    void headerMayBeMissing();
    void pageFaultsRunBeyond32Bits();
    void bootIdIsTheBootTime_data();
    void bootIdIsTheBootTime();
    void sharesTagsAndOrigin();
    void needsOpen();
    void noWindowsNoPoolTags();
    void factoryKnowsIt();

private:
    static SamplePtr sampleOf(PoolSource &source);
};

SamplePtr TestPoolSource::sampleOf(PoolSource &source)
{
    Result<SamplePtr> result = source.read();
    if (!result)
        QTest::qFail(qPrintable(result.error().text()), __FILE__, __LINE__);
    return result ? std::move(result).value() : nullptr;
}

void TestPoolSource::prefersClass255()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, records(3));
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(kernel.calls[22], 0);
    QCOMPARE(sample->origin->counterBits, 64);
    QCOMPARE(sample->origin->kind, SourceKind::Pool);
    QCOMPARE(sample->origin->uri, u"pool:"_s);
    QCOMPARE(sample->readings.size(), 2U);
    QCOMPARE((*sample->tags)[0].tag, (Tag{"NtFC", PoolType::Nonpaged}));
    QCOMPARE(sample->readings[0], (Reading{50, 10, 40, 40'960}));
    QCOMPARE((*sample->tags)[1].tag, (Tag{"MmSt", PoolType::Paged}));
    QCOMPARE(sample->readings[1], (Reading{9, 2, 7, 7168}));
}

void TestPoolSource::fallsBackToClass22_data()
{
    QTest::addColumn<quint32>("status");
    QTest::newRow("unknown class") << ntstatus::InvalidInfoClass;
    QTest::newRow("not implemented") << ntstatus::NotImplemented;
    QTest::newRow("denied") << ntstatus::AccessDenied;
    QTest::newRow("any other") << 0xC0000001U;
}

void TestPoolSource::fallsBackToClass22()
{
    QFETCH(quint32, status);
    FakeKernel kernel;
    kernel.failures[Class::PoolTag2] = status;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(sample->origin->counterBits, 32);
    QCOMPARE(sample->readings[0], (Reading{50, 10, 40, 40'960}));
    // The newer class is not asked again and again.
    QVERIFY(sampleOf(source));
    QCOMPARE(kernel.calls[255], 1);
}

void TestPoolSource::thirtyTwoBitWindows()
{
    FakeKernel kernel;
    kernel.word = Word::Bits32;
    kernel.basic = QByteArray(44, '\0');
    FakeKernel::put(kernel.basic, 0x08, 4096);
    FakeKernel::put(kernel.basic, 0x0C, 1000);
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, Few, Word::Bits32);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(sample->origin->counterBits, 32); // SIZE_T counters
    QCOMPARE(sample->readings[1], (Reading{9, 2, 7, 7168}));
    QCOMPARE(sample->system[SystemField::MemTotal], Counter(4'096'000));
}

void TestPoolSource::everyStatusInWords_data()
{
    QTest::addColumn<quint32>("status");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("whatToDo");
    QTest::newRow("tagging off") << 0xC0000002U << u"tagging is switched off"_s << u"gflags /r +ptg"_s;
    QTest::newRow("unknown class") << 0xC0000003U << u"does not offer pool tags"_s << u"Wine"_s;
    QTest::newRow("denied") << 0xC0000022U << u"denies"_s << u"sandbox"_s;
    QTest::newRow("privilege") << 0xC0000061U << u"denies"_s << u"sandbox"_s;
    QTest::newRow("no memory") << 0xC0000017U << u"not enough memory"_s << u"restart"_s;
    QTest::newRow("no resources") << 0xC000009AU << u"not enough memory"_s << u"restart"_s;
    QTest::newRow("no such call") << 0xC0000139U << u"lacks the call"_s << u"Windows 10"_s;
    QTest::newRow("unsuccessful") << 0xC0000001U << u"refused"_s << u"again"_s;
    QTest::newRow("access violation") << 0xC0000005U << u"refused"_s << u"again"_s;
    QTest::newRow("a warning") << 0x80000005U << u"refused"_s << u"again"_s;
    QTest::newRow("a small number") << 0x00000103U << u"refused"_s << u"again"_s;
}

void TestPoolSource::everyStatusInWords()
{
    QFETCH(quint32, status);
    QFETCH(QString, what);
    QFETCH(QString, whatToDo);
    FakeKernel kernel;
    kernel.failures[Class::PoolTag2] = status;
    kernel.failures[Class::PoolTag] = status;
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    const Result<Done> opened = source.open();
    QVERIFY(!opened);
    const Error &error = opened.error();
    QCOMPARE(error.kind, ErrorKind::SourceUnavailable);
    QVERIFY2(error.what.contains(what), qPrintable(error.text()));
    QVERIFY2(error.whatToDo.contains(whatToDo), qPrintable(error.text()));
    const QString code = u"0x"_s + QString::number(status, 16).toUpper().rightJustified(8, u'0');
    QVERIFY2(error.where.contains(code), qPrintable(error.text()));
}

void TestPoolSource::failsAndRecovers()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr before = sampleOf(source);
    kernel.failures[Class::PoolTag] = ntstatus::AccessDenied;
    for (int i = 0; i < 3; ++i) {
        const auto failed = source.read();
        QVERIFY(!failed);
        QVERIFY(failed.error().where.contains(u"class 22"));
    }
    source.close();
    QVERIFY(!source.open());
    kernel.failures.clear();
    QVERIFY(source.open());
    const SamplePtr after = sampleOf(source);
    QVERIFY(after);
    QCOMPARE(after->tags, before->tags);
    QCOMPARE(after->origin, before->origin);
}

void TestPoolSource::growsItsBuffer()
{
    // 20,000 records of 40 bytes do not fit into the first buffer; before the second try there are more.
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, records(20'000));
    kernel.growth = {records(60'000), records(60'001)};
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(sample->readings.size(), 60'001U);
    QCOMPARE(sample->readings.back().allocs, Counter(60'001));
}

void TestPoolSource::keepsItsBuffer()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, records(30'000));
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    QVERIFY(sampleOf(source));
    const int calls = kernel.calls[255];
    const size_t capacity = kernel.capacities.back();
    QVERIFY(capacity >= 30'000U * 56 + 8 + 64 * 1024); // slack for what comes between two tries
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, records(5));
    QVERIFY(sampleOf(source));
    QVERIFY(sampleOf(source));
    QCOMPARE(kernel.calls[255], calls + 2);
    QCOMPARE(kernel.capacities.back(), capacity); // never shrinks
    // One more tag fits into the slack: no further try.
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, records(30'001));
    QCOMPARE(sampleOf(source)->readings.size(), 30'001U);
    QCOMPARE(kernel.calls[255], calls + 3);
}

void TestPoolSource::neverEndingGrowth()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    kernel.endlessGrowth = true;
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    const auto opened = source.open();
    QVERIFY(!opened);
    QVERIFY2(opened.error().what.contains(u"grows"), qPrintable(opened.error().text()));
    QVERIFY(kernel.calls[22] <= 16);
    kernel.endlessGrowth = false;
    QVERIFY(source.open());
    QVERIFY(sampleOf(source));
}

void TestPoolSource::absurdNeed()
{
    FakeKernel kernel;
    kernel.failures[Class::PoolTag2] = ntstatus::InvalidInfoClass;
    kernel.failures[Class::PoolTag] = ntstatus::InfoLengthMismatch; // needs 0 bytes, and yet more than it has
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(!source.open());
    for (const size_t capacity : kernel.capacities)
        QVERIFY(capacity <= size_t(64) * 1024 * 1024);
}

void TestPoolSource::damagedTable()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = PoolBufferBuilder({}).table(Few, 3);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const auto sample = source.read();
    QVERIFY(!sample);
    QCOMPARE(sample.error().kind, ErrorKind::BadInput);
    QVERIFY2(sample.error().where.contains(u"promises 3 tags, but holds only 2"),
        qPrintable(sample.error().text()));
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    QVERIFY(sampleOf(source));
}

void TestPoolSource::headerAndRemainder()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    FakeKernel::put(kernel.basic, 0x08, 4096);
    FakeKernel::put(kernel.basic, 0x0C, 6'171'000);
    FakeKernel::put(kernel.performance, 0x70, 20); // paged pool pages
    FakeKernel::put(kernel.performance, 0x74, 30); // nonpaged pool pages
    FakeKernel::put(kernel.performance, 0x3C, 777); // page faults
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(sample->system[SystemField::MemTotal], Counter(6'171'000LL * 4096));
    QCOMPARE(sample->system[SystemField::PoolPaged], Counter(81'920));
    QCOMPARE(sample->system[SystemField::PoolNonpaged], Counter(122'880));
    QCOMPARE(sample->system[SystemField::PageFaults], Counter(777));
    QCOMPARE(sample->system[SystemField::Untagged], Counter(50 * 4096 - 40'960 - 7168));
}

void TestPoolSource::headerMayBeMissing()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    kernel.systemStatus = ntstatus::AccessDenied;
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr sample = sampleOf(source);
    QVERIFY(sample);
    QCOMPARE(sample->readings.size(), 2U);
    QCOMPARE(sample->system, SystemReading());
    QVERIFY(sample->origin->bootId.isEmpty());
}

void TestPoolSource::pageFaultsRunBeyond32Bits()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    FakeKernel::put(kernel.performance, 0x3C, 0xFFFFFF00U);
    QCOMPARE(sampleOf(source)->system[SystemField::PageFaults], Counter(0xFFFFFF00LL));
    FakeKernel::put(kernel.performance, 0x3C, 0x10);
    QCOMPARE(sampleOf(source)->system[SystemField::PageFaults], Counter(0x1'0000'0010LL));
}

void TestPoolSource::bootIdIsTheBootTime_data()
{
    QTest::addColumn<qint64>("bootTime"); // seconds since 1970
    QTest::addColumn<qint64>("bias"); // seconds by which the clock was set forward
    QTest::addColumn<QString>("bootId");
    const qint64 boot = 1'795'371'290; // 2026-11-22T18:14:50Z
    QTest::newRow("as booted") << boot << 0LL << u"2026-11-22T18:14:50Z"_s;
    QTest::newRow("a little off") << boot + 3 << 0LL << u"2026-11-22T18:14:50Z"_s;
    QTest::newRow("clock set since") << boot + 3600 << 3600LL << u"2026-11-22T18:14:50Z"_s;
    QTest::newRow("another boot") << boot + 70 << 0LL << u"2026-11-22T18:16:00Z"_s;
}

void TestPoolSource::bootIdIsTheBootTime()
{
    QFETCH(qint64, bootTime);
    QFETCH(qint64, bias);
    QFETCH(QString, bootId);
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    FakeKernel::put(kernel.timeOfDay, 0, static_cast<quint64>((bootTime + 11'644'473'600) * 10'000'000), 8);
    FakeKernel::put(kernel.timeOfDay, 0x20, static_cast<quint64>(bias * 10'000'000), 8);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    QCOMPARE(sampleOf(source)->origin->bootId, bootId);
}

void TestPoolSource::sharesTagsAndOrigin()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag2] = table(Class::PoolTag2, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(source.open());
    const SamplePtr first = sampleOf(source);
    const SamplePtr second = sampleOf(source);
    QCOMPARE(second->tags.get(), first->tags.get());
    QCOMPARE(second->origin.get(), first->origin.get());
    QVERIFY(second->monotonic >= first->monotonic);
    QVERIFY(second->readCost.count() > 0);
    QVERIFY(!first->origin->system.isEmpty());
}

void TestPoolSource::needsOpen()
{
    FakeKernel kernel;
    kernel.tables[Class::PoolTag] = table(Class::PoolTag, Few);
    PoolSource source(std::make_unique<FakeQuery>(kernel));
    QVERIFY(!source.read());
    QVERIFY(source.open());
    QVERIFY(source.read());
    source.close();
    QVERIFY(!source.read());
}

void TestPoolSource::noWindowsNoPoolTags()
{
    PoolSource source(nullptr);
    const auto opened = source.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::SourceUnavailable);
    QVERIFY(opened.error().whatToDo.contains(u"slab:"));
    QVERIFY(!source.read());
}

void TestPoolSource::factoryKnowsIt()
{
    const auto made = createSource(u"pool:"_s);
    QVERIFY(made);
    QCOMPARE(made.value()->uri(), u"pool:"_s);
    const auto wrong = createSource(u"pool:/somewhere"_s);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::Usage);
    const auto sources = probeSources();
    QVERIFY(std::ranges::any_of(sources, [](const auto &source) { return source.uri == u"pool:"_s; }));
}

QTEST_GUILESS_MAIN(TestPoolSource)
#include "tst_poolsource.moc"
