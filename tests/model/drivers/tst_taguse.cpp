// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/taguse.h"

#include "tests/model/drivers/pebuilder.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::armMove;
using test::PeBuilder;

namespace {

using Machine = PeImage::Machine;
constexpr quint32 Low = 0x654C; // "Le"
constexpr quint32 High = 0x6B61; // "ak"
const QByteArray Nop("\x1F\x20\x03\xD5", 4);

TagUse useIn(const QByteArray &file, QByteArrayView tag)
{
    const auto image = PeImage::fromBytes(file);
    return image ? tagUse(image.value(), file, tag) : TagUse{{-1, -1}, {-1, -1}, {-1, -1}};
}

} // namespace

class TestTagUse : public QObject
{
    Q_OBJECT

private slots:
    void readsTheImage_data();
    void readsTheImage();
    void noImage_data();
    void noImage();
    void damagedAtEveryByte();
    void sectionsOnTopOfEachOther();
    void grades_data();
    void grades();
    void otherLoads_data();
    void otherLoads();
    void everyGradeHasItsFirstPlace();
    void piecesOfALargeFile_data();
    void piecesOfALargeFile();
    void falseHitsInNoise();
};

void TestTagUse::readsTheImage_data()
{
    QTest::addColumn<Machine>("machine");
    QTest::newRow("x86") << Machine::X86;
    QTest::newRow("x64") << Machine::X64;
    QTest::newRow("arm64") << Machine::Arm64;
}

void TestTagUse::readsTheImage()
{
    QFETCH(Machine, machine);
    const QByteArray file = PeBuilder(machine)
                                .code("code")
                                .about(u"CompanyName"_s, u"Contoso Ltd."_s)
                                .about(u"FileDescription"_s, u"Träger"_s)
                                .about(u"InternalName"_s, u"x"_s)
                                .about(u"FileVersion"_s, u"10.0.1.2"_s)
                                .build();
    const auto image = PeImage::fromBytes(file);
    QVERIFY(image.ok());
    QCOMPARE(image.value().machine, machine);
    QCOMPARE(image.value().code.size(), 1U);
    QCOMPARE(image.value().code.front().offset, PeBuilder::HeadersSize);
    QCOMPARE(image.value().company, u"Contoso Ltd."_s);
    QCOMPARE(image.value().description, u"Träger"_s);
    QCOMPARE(image.value().version, u"10.0.1.2"_s);
}

void TestTagUse::noImage_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << "MZ but no image at all"_ba;
    QTest::newRow("dos program") << QByteArray("MZ").leftJustified(512, '\0');
    QByteArray far("MZ");
    far = far.leftJustified(0x3C, '\0') + "\xFF\xFF\xFF\xFF";
    QTest::newRow("header beyond the end") << far;
}

void TestTagUse::noImage()
{
    QFETCH(QByteArray, file);
    const auto image = PeImage::fromBytes(file);
    QVERIFY(!image.ok());
    QCOMPARE(image.error().kind, ErrorKind::BadInput);
}

void TestTagUse::damagedAtEveryByte()
{
    const QByteArray whole = PeBuilder().code("\x41\xB8Leak").about(u"CompanyName"_s, u"Contoso"_s).build();
    const QByteArray start = whole.first(PeBuilder::HeadersSize);
    int read = 0;
    for (qsizetype size = 0; size < whole.size(); ++size)
        read += useIn(whole.first(size), "Leak").strong.count == 1 ? 1 : 0;
    QVERIFY(read > 0 && read < whole.size());
    for (qsizetype at = 0; at < whole.size(); ++at) {
        for (const char damage : {'\0', '\x7F', '\xFF'}) {
            QByteArray damaged = whole;
            damaged[at] = damage;
            useIn(damaged, "Leak"); // returns
        }
    }
}

/// As many sections as a header can tell of, all of the same code: it is searched once, and soon.
void TestTagUse::sectionsOnTopOfEachOther()
{
    constexpr qsizetype Sections = 0xFFFF;
    constexpr qsizetype FirstSection = 0x40 + 4 + 20 + 240;
    const QByteArray code =
        armMove(false, 0, Low, 2) + armMove(true, 1, High, 2) + "Leak" + QByteArray(Sections * 40, '\0');
    QByteArray file = PeBuilder(Machine::Arm64).code(code).build();
    const QByteArray section = file.sliced(FirstSection, 40);
    // In front of the code there is no room for that many sections: the headers go behind it.
    const qsizetype headers = file.size();
    file += file.sliced(0x40, FirstSection - 0x40) + section.repeated(Sections);
    const auto put = [&file](
                         qsizetype at, const QByteArray &bytes) { file.replace(at, bytes.size(), bytes); };
    QByteArray where;
    PeBuilder::put<quint32>(where, static_cast<quint32>(headers));
    put(0x3C, where);
    put(headers + 6, "\xFF\xFF");
    const auto image = PeImage::fromBytes(file);
    QVERIFY(image.ok());
    QCOMPARE(image.value().code.size(), 1U);
    QCOMPARE(image.value().code.front().offset, PeBuilder::HeadersSize);
    const TagUse use = tagUse(image.value(), file, "Leak");
    QCOMPARE(use.strong.count, 1);
    QCOMPARE(use.weak.count, 1);
}

void TestTagUse::grades_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<qint64>("inCode");
    QTest::addColumn<qint64>("asText");
    QTest::addColumn<qint64>("firstOffset");
    const qint64 start = PeBuilder::HeadersSize;
    const auto x64 = [](const QByteArray &code) { return PeBuilder(Machine::X64).code(code).build(); };
    const auto x86 = [](const QByteArray &code) { return PeBuilder(Machine::X86).code(code).build(); };
    const auto arm = [](const QByteArray &code) { return PeBuilder(Machine::Arm64).code(code).build(); };
    const qint64 None = 0;
    QTest::newRow("mov r8d") << x64("\x90\x41\xB8Leak") << "Leak"_ba << qint64(1) << None << start + 1;
    QTest::newRow("twice, and text") << x64("Leak\x41\xB8Leak\x41\xB8Leak") << "Leak"_ba << qint64(2)
                                     << qint64(1) << start + 4;
    QTest::newRow("short tag") << x64("\x41\xB8Irp ") << "Irp"_ba << qint64(1) << None << start;
    QTest::newRow("protected") << x64("\x41\xB8Pro\xE3") << "Proc"_ba << qint64(1) << None << start;
    QTest::newRow("asked for protected") << x64("\x41\xB8Proc") << "Pro\xE3"_ba << qint64(1) << None << start;
    QTest::newRow("push is no x64 load") << x64("\x68Leak") << "Leak"_ba << None << qint64(1) << start + 1;
    QTest::newRow("push") << x86("\x68Leak\x68Leak") << "Leak"_ba << qint64(2) << None << start;
    QTest::newRow("other case") << x64("\x41\xB8leak") << "Leak"_ba << None << None << qint64(-1);
    QTest::newRow("only data") << PeBuilder().data("\x41\xB8Leak").build() << "Leak"_ba << None << qint64(1)
                               << start + 0x200 + 2;
    QTest::newRow("arm") << arm(armMove(false, 0, Low, 2) + armMove(true, 1, High, 2)) << "Leak"_ba
                         << qint64(1) << None << start;
    QTest::newRow("arm upper first") << arm(armMove(false, 1, High, 2) + armMove(true, 0, Low, 2))
                                     << "Leak"_ba << qint64(1) << None << start;
    QTest::newRow("arm apart") << arm(armMove(false, 0, Low, 2) + Nop.repeated(7) + armMove(true, 1, High, 2))
                               << "Leak"_ba << qint64(1) << None << start;
    QTest::newRow("arm too far") << arm(
        armMove(false, 0, Low, 2) + Nop.repeated(8) + armMove(true, 1, High, 2))
                                 << "Leak"_ba << None << None << qint64(-1);
    QTest::newRow("arm other register") << arm(armMove(false, 0, Low, 2) + armMove(true, 1, High, 3))
                                        << "Leak"_ba << None << None << qint64(-1);
    QTest::newRow("arm register set anew")
        << arm(armMove(false, 0, Low, 2) + armMove(false, 0, 7, 2) + armMove(true, 1, High, 2)) << "Leak"_ba
        << None << None << qint64(-1);
    QTest::newRow("arm is not read as x64")
        << arm("\x41\xB8Leak..") << "Leak"_ba << None << qint64(1) << start + 2;
}

void TestTagUse::grades()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, tag);
    const TagUse use = useIn(file, tag);
    QTEST(use.strong.count, "inCode");
    QTEST(use.weak.count, "asText");
    QTEST(use.firstOffset(), "firstOffset");
    QCOMPARE(use.medium, TagUse::Hits());
}

void TestTagUse::otherLoads_data()
{
    QTest::addColumn<Machine>("machine");
    QTest::addColumn<QByteArray>("instruction");
    QTest::addColumn<bool>("isMedium");
    QTest::newRow("mov edx") << Machine::X64 << "\xBALeak"_ba << true;
    QTest::newRow("mov r9d") << Machine::X64 << "\x41\xB9Leak"_ba << true;
    QTest::newRow("mov ecx") << Machine::X64 << "\xB9Leak"_ba << true;
    QTest::newRow("mov r10d") << Machine::X64 << "\x41\xBALeak"_ba << true;
    QTest::newRow("x86 mov edx") << Machine::X86 << "\xBALeak"_ba << true;
    QTest::newRow("x86 mov eax") << Machine::X86 << "\xB8Leak"_ba << true;
    QTest::newRow("cmp eax") << Machine::X64 << "\x3DLeak"_ba << false;
    QTest::newRow("upper half") << Machine::X64 << "\x48\xB8\x38\0\0\0Leak"_ba << true;
    QTest::newRow("upper half is no x86") << Machine::X86 << "\x48\xB8\x38\0\0\0Leak"_ba << false;
    const QByteArray onStack = "\xC7\x44\x24\x28Leak";
    const QByteArray inMember = "\xC7\x43\x10Leak";
    for (const Machine machine : {Machine::X64, Machine::X86}) {
        const QByteArray word = machineWord(machine).toLatin1();
        QTest::newRow(QByteArray(word + " to the stack").constData()) << machine << onStack << true;
        QTest::newRow(QByteArray(word + " to a member").constData()) << machine << inMember << true;
        QTest::newRow(QByteArray(word + " other instruction").constData())
            << machine << "\xC6\x43\x10Leak"_ba << false;
        QTest::newRow(QByteArray(word + " other length").constData())
            << machine << "\xC7\x83\x10Leak"_ba << false;
        const auto store = [&](const char *name, const QByteArray &instruction) {
            QTest::newRow(QByteArray(word + name).constData()) << machine << instruction << true;
        };
        store(" to where it points", "\xC7\x03Leak");
        store(" to the top of the stack", "\xC7\x04\x24Leak");
        store(" to a fixed address", QByteArray("\xC7\x05\x10\x20\0\0Leak", 10));
        store(" to a far member", QByteArray("\xC7\x83\x10\x02\0\0Leak", 10));
        store(" to a far local", QByteArray("\xC7\x85\x10\xFF\xFF\xFFLeak", 10));
        store(" far on the stack", QByteArray("\xC7\x84\x24\x10\x02\0\0Leak", 11));
    }
    QTest::newRow("arm") << Machine::Arm64 << onStack << false;
}

void TestTagUse::otherLoads()
{
    QFETCH(Machine, machine);
    QFETCH(QByteArray, instruction);
    QFETCH(bool, isMedium);
    const qint64 tagAt = PeBuilder::HeadersSize + instruction.size() - 4;
    const TagUse use = useIn(PeBuilder(machine).code(instruction).build(), "Leak");
    QCOMPARE(use.grade(), isMedium ? TagGrade::Medium : TagGrade::Weak);
    QCOMPARE(use.medium, (isMedium ? TagUse::Hits{1, PeBuilder::HeadersSize} : TagUse::Hits()));
    QCOMPARE(use.weak, (isMedium ? TagUse::Hits() : TagUse::Hits{1, tagAt}));
    // The same bytes where nothing is executed.
    QCOMPARE(useIn(PeBuilder(machine).data(instruction).build(), "Leak").grade(), TagGrade::Weak);
}

void TestTagUse::everyGradeHasItsFirstPlace()
{
    const QByteArray code = "Leak\xBALeak\x41\xB8Leak\xBALeaLeak\x41\xB8Lea\xEB";
    const TagUse use = useIn(PeBuilder().code(code).build(), "Leak");
    const qint64 start = PeBuilder::HeadersSize;
    QCOMPARE(use.strong, (TagUse::Hits{2, start + code.indexOf("\x41\xB8")}));
    QCOMPARE(use.medium, (TagUse::Hits{1, start + 4}));
    QCOMPARE(use.weak, (TagUse::Hits{2, start}));
    QCOMPARE(use.firstOffset(), use.strong.first);
}

void TestTagUse::piecesOfALargeFile_data()
{
    QTest::addColumn<Machine>("machine");
    QTest::addColumn<QByteArray>("instruction");
    QTest::newRow("x64") << Machine::X64 << "\x41\xB8Leak"_ba;
    QTest::newRow("arm") << Machine::Arm64 << armMove(false, 0, Low, 2) + armMove(true, 1, High, 2);
}

/// A load that lies across the border of two pieces is seen once, wherever the border is.
void TestTagUse::piecesOfALargeFile()
{
    QFETCH(Machine, machine);
    QFETCH(QByteArray, instruction);
    constexpr qsizetype Size = 9 * 1024 * 1024;
    const QByteArray noise(Size, '.');
    const QByteArray empty = PeBuilder(machine).code(noise).build();
    const auto image = PeImage::fromBytes(empty);
    QVERIFY(image.ok());
    qsizetype border = 0;
    const auto stopsAtOnce = [&](double done) {
        border = qRound64(done * static_cast<double>(empty.size()));
        return false;
    };
    QCOMPARE(tagUse(image.value(), empty, "Leak", stopsAtOnce), TagUse());
    QVERIFY(border > 0 && border < Size && border % 4 == 0);
    for (qsizetype at = border - 12; at <= border + 12; at += machine == Machine::Arm64 ? 4 : 1) {
        QByteArray file = empty;
        file.replace(at, instruction.size(), instruction);
        const TagUse use = tagUse(image.value(), file, "Leak");
        QCOMPARE(use.strong, (TagUse::Hits{1, at}));
        QCOMPARE(use.weak, TagUse::Hits());
    }
}

/// How often chance alone accuses: of 64 MiB of noise, strong hits have to be rare enough to be believed.
void TestTagUse::falseHitsInNoise()
{
    constexpr int Words = 1 << 20;
    constexpr int Files = 16;
    QRandomGenerator random(20261127);
    qint64 inCode = 0;
    qint64 asText = 0;
    for (int i = 0; i < Files; ++i) {
        QList<quint32> words(Words);
        random.fillRange(words.data(), words.size());
        const QByteArray noise(reinterpret_cast<const char *>(words.constData()), Words * 4);
        for (const Machine machine : {Machine::X64, Machine::X86, Machine::Arm64}) {
            const TagUse use = useIn(PeBuilder(machine).code(noise).build(), "Leak");
            inCode += use.strong.count + use.medium.count;
            asText += use.weak.count;
        }
    }
    qInfo("of 192 MiB of noise: %lld hits in code, %lld as text", inCode, asText);
    QCOMPARE(inCode, 0);
}

QTEST_GUILESS_MAIN(TestTagUse)
#include "tst_taguse.moc"
