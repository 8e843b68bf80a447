// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmontext.h"
#include "tests/support/samplemaker.h"

#include <QDir>
#include <QRegularExpression>
#include <QStringEncoder>
#include <QtTest>

using namespace poolscope;
using namespace poolscope::test;
using namespace Qt::Literals::StringLiterals;

class TestPoolMonText : public QObject
{
    Q_OBJECT

private slots:
    void layout();
    void longNamesKeepColumns();
    void rowsOfPoolTagsFitOtherReaders();
    void poolTagsRoundTrip_data();
    void poolTagsRoundTrip();
    void slabNamesRoundTrip_data();
    void slabNamesRoundTrip();
    void readsLayouts_data();
    void readsLayouts();
    void headerIsRead();
    void pageFaultsOfAScreenAreAChange();
    void severalSamples();
    void aRepeatedTagBeginsASample();
    void powerShellsUtf16();
    void damagedInput_data();
    void damagedInput();
    void realLogs();
};

namespace {

std::shared_ptr<Sample> poolSample(const std::vector<Row> &rows)
{
    auto sample = makeSample(rows);
    Origin origin = *sample->origin;
    origin.kind = SourceKind::Pool;
    origin.counterBits = 32;
    sample->origin = std::make_shared<Origin>(origin);
    return sample;
}

} // namespace

void TestPoolMonText::layout()
{
    const auto sample = poolSample({
        {"FMfn", PoolType::Paged,
            {Counter(8'665'967), Counter(5'982'729), Counter(2'683'238), Counter(1'495'080'176)}, {}},
        {"Irp ", PoolType::Nonpaged, {Counter(1), Counter(1), Counter(0), Counter(0)}, {}},
        {"Unkn", PoolType::Nonpaged, {}, {}},
    });
    using F = SystemField;
    sample->system[F::MemTotal] = Counter(16'468'560LL * 1024);
    sample->system[F::MemAvailable] = Counter(12'072'536LL * 1024 + 1023);
    sample->system[F::PageFaults] = Counter(468'600'648);
    sample->system[F::KernelResident] = Counter(56'708 * 1024);
    sample->system[F::Commit] = Counter(4'100'436LL * 1024);
    sample->system[F::CommitLimit] = Counter(17'517'136LL * 1024);
    sample->system[F::CommitPeak] = Counter(11'685'564LL * 1024);
    sample->system[F::PoolNonpaged] = Counter(710'920LL * 1024);
    sample->system[F::PoolPaged] = Counter(983'564LL * 1024);
    const QByteArray expected =
        " Memory:16468560K Avail:12072536K  PageFlts:468600648   InRam Krnl:56708K P:    -K\r\n"
        " Commit:4100436K Limit:17517136K Peak:11685564K            Pool N:710920K P:983564K\r\n"
        "\r\n"
        " Tag  Type     Allocs            Frees               Diff            Bytes                 Per "
        "Alloc\r\n"
        "\r\n"
        " FMfn Paged            8665967            5982729           2683238     1495080176              "
        "557\r\n"
        " Irp  Nonp                   1                  1                 0              0                "
        "0\r\n"
        " Unkn Nonp                   -                  -                 -              -                -\r\n"_ba;
    QCOMPARE(sampleToPoolMonText(*sample), expected);
}

void TestPoolMonText::longNamesKeepColumns()
{
    const auto sample = makeSample({{"kmalloc-cg-1k", PoolType::Nonpaged, held(3, 3072), {}},
        {"dentry", PoolType::Paged, held(10, 1920), "a,b"}});
    const QStringList lines = QString::fromLatin1(sampleToPoolMonText(*sample)).split(u"\r\n"_s);
    QVERIFY(lines[2].contains(u"Slab cache"));
    const qsizetype type = lines[3].indexOf(u"Type"_s);
    QCOMPARE(lines[5].indexOf(u"Nonp"_s), type);
    QCOMPARE(lines[6].indexOf(u"Paged"_s), type);
    QVERIFY(lines[3].endsWith(u"Mapped_Driver"));
    QVERIFY(lines[5].endsWith(u" Unknown Driver"));
    QVERIFY(lines[6].endsWith(u" [a,b]"));
    QCOMPARE(lines[5].indexOf(u" Unknown"_s), lines[6].indexOf(u" [a,b]"_s));
}

void TestPoolMonText::rowsOfPoolTagsFitOtherReaders()
{
    const auto sample =
        poolSample({{"Dh 1", PoolType::Paged, {Counter(9), Counter(2), Counter(7), Counter(70)}, {}},
            {"Fil\xE5", PoolType::Nonpaged, {Counter(9), Counter(2), Counter(7), Counter(70)}, "x.sys"}});
    // The rows as other programs look for them.
    const QRegularExpression row(u"^ (.{4}) (Nonp |Paged) +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)( .*)?$"_s);
    const QStringList lines = QString::fromLatin1(sampleToPoolMonText(*sample)).split(u"\r\n"_s);
    QCOMPARE(row.match(lines[5]).captured(1), u"Dh 1"_s);
    QCOMPARE(row.match(lines[6]).captured(1), u"Fil\u00E5"_s);
}

void TestPoolMonText::poolTagsRoundTrip_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 30; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestPoolMonText::poolTagsRoundTrip()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    std::vector<Row> rows;
    QSet<Tag> used;
    for (int i = 0; i < 40; ++i) {
        QByteArray name = randomTag(random, 4);
        if (random.bounded(3) == 0)
            name.replace(random.bounded(4), 1, " ");
        if (random.bounded(3) == 0)
            name = QList<QByteArray>{"Irp ", " Irp", "    ", "a\\b ", "Nonp", " - 5", "\n  x", "- 7 ",
                "| \n ", "> \x01x"}[random.bounded(10)];
        const PoolType type = random.bounded(2) == 0 ? PoolType::Nonpaged : PoolType::Paged;
        if (used.contains({name, type}))
            continue;
        used.insert({name, type});
        rows.push_back({name, type,
            {randomCounter(random), randomCounter(random), randomCounter(random), randomCounter(random)},
            random.bounded(3) == 0 ? "a.sys - [b] c"_ba : QByteArray()});
    }
    const auto sample = poolSample(rows);
    for (const SystemFieldInfo &info : systemFields()) {
        const Counter any = Counter(random.bounded(1 << 30));
        sample->system[info.field] = info.isBytes ? Counter(any.value() * 1024) : any;
    }
    sample->system[SystemField::Commit] = {};
    const auto read = samplesFromPoolMonText(sampleToPoolMonText(*sample), u"x.txt"_s, sample->wall);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    QCOMPARE(read.value().size(), 1u);
    const Sample &back = *read.value().front();
    QCOMPARE(back.origin->kind, SourceKind::Pool);
    QCOMPARE(back.origin->counterBits, 32);
    QCOMPARE(back.tags->size(), sample->tags->size());
    for (size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(back.tags->at(i).tag.bytes, rows[i].tag);
        QVERIFY(back.tags->at(i) == sample->tags->at(i));
        QVERIFY(back.readings[i] == sample->readings[i]);
    }
    sample->system[SystemField::Untagged] = back.system[SystemField::Untagged];
    QVERIFY(back.system == sample->system);
}

void TestPoolMonText::slabNamesRoundTrip_data()
{
    poolTagsRoundTrip_data();
}

void TestPoolMonText::slabNamesRoundTrip()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    std::vector<Row> rows{{"dentry", PoolType::Paged, held(1, 2), "x,y"},
        {"tcp", PoolType::Nonpaged, held(1, 2), {}}, {"a\\", PoolType::None, held(1, 2), {}},
        {" lead Nonp 5 - 7", PoolType::None, held(1, 2), {}}, {"trail ", PoolType::Paged, {}, {}},
        {"| quoted", PoolType::None, held(1, 2), {}}, {"> \x01", PoolType::None, held(3, 4), {}},
        {"`code`", PoolType::Paged, held(1, 2), {}},
        {"mm/slab.c:12 [x] func:y", PoolType::None, held(5, 6), {}}};
    for (int i = 0; i < 30; ++i)
        rows.push_back({randomTag(random, random.bounded(1, 20)) + '#' + QByteArray::number(i),
            static_cast<PoolType>(random.bounded(3)),
            {randomCounter(random), randomCounter(random), randomCounter(random), randomCounter(random)},
            {}});
    const auto sample = makeSample(rows);
    const auto read = samplesFromPoolMonText(sampleToPoolMonText(*sample), u"x.txt"_s);
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
    const Sample &back = *read.value().front();
    QCOMPARE(back.origin->kind, SourceKind::Slab);
    QCOMPARE(back.tags->size(), rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(back.tags->at(i).tag.bytes, rows[i].tag);
        QVERIFY(back.tags->at(i) == sample->tags->at(i));
        QVERIFY(back.readings[i] == sample->readings[i]);
    }
}

void TestPoolMonText::readsLayouts_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<PoolType>("type");
    QTest::addColumn<QList<qint64>>("numbers"); // allocs, frees, outstanding, bytes
    QTest::addColumn<QByteArray>("driver");
    using N = QList<qint64>;

    QTest::newRow("snapshot, narrow")
        << " EtwB Nonp       6394      4056      2338 163418368      69896"_ba
        << "EtwB"_ba << PoolType::Nonpaged << N{6394, 4056, 2338, 163'418'368} << ""_ba;
    QTest::newRow("snapshot, wide")
        << " FMfn Paged            8665967            5982729           2683238     1495080176              557"_ba
        << "FMfn"_ba << PoolType::Paged << N{8'665'967, 5'982'729, 2'683'238, 1'495'080'176} << ""_ba;
    QTest::newRow("trailing blanks")
        << " Ntfx Nonp    1127072   1037111     89961 26955808        299        "_ba
        << "Ntfx"_ba << PoolType::Nonpaged << N{1'127'072, 1'037'111, 89961, 26'955'808} << ""_ba;
    QTest::newRow("indented") << "         IXGB Nonp      37377     12508     24869 55749008       2241"_ba
                              << "IXGB"_ba << PoolType::Nonpaged << N{37377, 12508, 24869, 55'749'008}
                              << ""_ba;
    QTest::newRow("screen")
        << " Io   Nonp    1021112 (   1)   1020985 (   1)      127   91912 (     0)    723"_ba
        << "Io  "_ba << PoolType::Nonpaged << N{1'021'112, 1'020'985, 127, 91912} << ""_ba;
    QTest::newRow("negative change")
        << "Drsd Paged       560 ( 177)       539 ( 171)       21   17472 ( -4992)    832 "_ba
        << "Drsd"_ba << PoolType::Paged << N{560, 539, 21, 17472} << ""_ba;
    QTest::newRow("blank in the tag")
        << " Dh 1 Paged        24 (   0)        24 (   0)        0       0 (     0)      0"_ba
        << "Dh 1"_ba << PoolType::Paged << N{24, 24, 0, 0} << ""_ba;
    QTest::newRow("driver")
        << " IpEQ Nonp          1 (   0)         0 (   0)        1    1808 (     0)   1808 [ipsec][ipsec.sys    -  event queue]"_ba
        << "IpEQ"_ba << PoolType::Nonpaged << N{1, 0, 1, 1808} << "ipsec][ipsec.sys    -  event queue"_ba;
    QTest::newRow("driver cut off")
        << "HidC   Paged    1667 (  0)    1659 (  0)     8      896 (     0)   112 [hidclass.sys - HID Class d "_ba
        << "HidC"_ba << PoolType::Paged << N{1667, 1659, 8, 896} << "hidclass.sys - HID Class d"_ba;
    QTest::newRow("unknown driver")
        << " 1MEM Nonp       1 (   0)         0 (   0)     1    3344 (     0)   3344   Unknown Driver"_ba
        << "1MEM"_ba << PoolType::Nonpaged << N{1, 0, 1, 3344} << ""_ba;
    QTest::newRow("Windows 2000")
        << " CM   Paged    1283 (   0)    1002 (   0)    281 1377312 (     0) 4901"_ba
        << "CM  "_ba << PoolType::Paged << N{1283, 1002, 281, 1'377'312} << ""_ba;
    QTest::newRow("single blanks") << "IE1Q Nonp 4096 0 4096 16384 4"_ba
                                   << "IE1Q"_ba << PoolType::Nonpaged << N{4096, 0, 4096, 16384} << ""_ba;
    QTest::newRow("negative") << " Xxxx Nonp -5 -6 -1 -7 -7"_ba
                              << "Xxxx"_ba << PoolType::Nonpaged << N{-5, -6, -1, -7} << ""_ba;
    QTest::newRow("odd byte") << " Fil\xE5 Nonp 1 0 1 64 64"_ba
                              << "Fil\xE5"_ba << PoolType::Nonpaged << N{1, 0, 1, 64} << ""_ba;
}

void TestPoolMonText::readsLayouts()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, tag);
    QFETCH(PoolType, type);
    QFETCH(QList<qint64>, numbers);
    QFETCH(QByteArray, driver);
    for (const char *end : {"", "\n", "\r\n"}) {
        const auto read = samplesFromPoolMonText(line + end, u"x"_s);
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text()));
        const Sample &sample = *read.value().front();
        QCOMPARE(sample.tags->size(), 1u);
        QCOMPARE(sample.tags->front().tag.bytes, tag);
        QCOMPARE(sample.tags->front().tag.type, type);
        // Without a line end, a driver without its bracket may be half of one.
        const bool mayBeCut = *end == '\0' && !line.endsWith(']');
        QCOMPARE(sample.tags->front().driver, mayBeCut ? QByteArray() : driver);
        const Reading &reading = sample.readings.front();
        QCOMPARE((QList<qint64>{reading.allocs.value(), reading.frees.value(), reading.outstanding.value(),
                     reading.bytes.value()}),
            numbers);
    }
}

void TestPoolMonText::headerIsRead()
{
    const auto read = samplesFromPoolMonText(
        " Memory:16468560K Avail:12072536K  PageFlts:468600648   InRam Krnl:56708K P:950888K\r\n"
        " Commit:4100436K Limit:17517136K Peak:11685564K            Pool N:710920K P:983564K\r\n\r\n"
        " Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\r\n\r\n"
        " EtwB Nonp       6394      4056      2338 163418368      69896\r\n"_ba,
        u"x"_s);
    QVERIFY(read.ok());
    const SystemReading &system = read.value().front()->system;
    using F = SystemField;
    QCOMPARE(system[F::MemTotal].value(), 16'468'560LL * 1024);
    QCOMPARE(system[F::MemAvailable].value(), 12'072'536LL * 1024);
    QCOMPARE(system[F::PageFaults].value(), 468'600'648);
    QCOMPARE(system[F::KernelResident].value(), 56'708 * 1024);
    QCOMPARE(system[F::PagedResident].value(), 950'888 * 1024);
    QCOMPARE(system[F::Commit].value(), 4'100'436LL * 1024);
    QCOMPARE(system[F::CommitLimit].value(), 17'517'136LL * 1024);
    QCOMPARE(system[F::CommitPeak].value(), 11'685'564LL * 1024);
    QCOMPARE(system[F::PoolNonpaged].value(), 710'920LL * 1024);
    QCOMPARE(system[F::PoolPaged].value(), 983'564LL * 1024);
    QCOMPARE(system[F::Untagged].value(), (710'920LL + 983'564) * 1024 - 163'418'368);
}

void TestPoolMonText::pageFaultsOfAScreenAreAChange()
{
    const auto read = samplesFromPoolMonText(
        " Memory:  260620K Avail:   96364K  PageFlts:  1220   InRam Krnl: 1916K P:17856K\n"
        " Commit: 203500K Limit: 640916K Peak: 260632K            Pool N: 8332K P:27220K\n"
        " System pool information\n Tag  Type     Allocs            Frees            Diff   Bytes       Per "
        "Alloc\n\n"
        " Wait Nonp    3971107 (   0)   3971077 (   0)       30    8456 (     0)    281\n"_ba,
        u"x"_s);
    QVERIFY(read.ok());
    QVERIFY(!read.value().front()->system[SystemField::PageFaults].isKnown());
    QVERIFY(read.value().front()->system[SystemField::MemTotal].isKnown());
}

void TestPoolMonText::severalSamples()
{
    const auto sample = poolSample({{"abcd", PoolType::Paged, held(1, 1), {}}});
    const QByteArray text = sampleToPoolMonText(*sample);
    const auto read =
        samplesFromPoolMonText("===== 22/05/2020 22:35:55.53 =====\r\n" + text + "\r\n" + text, u"x"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value().size(), 2u);
    QCOMPARE(read.value()[0]->tags, read.value()[1]->tags);
}

void TestPoolMonText::aRepeatedTagBeginsASample()
{
    const QByteArray rows = " Leak Nonp 10 8 2 65536 32768\n Leak Nonp 12 8 4 196608 49152\n"_ba;
    const auto bare = samplesFromPoolMonText(rows, u"x"_s);
    QVERIFY(bare.ok());
    QCOMPARE(bare.value().size(), 2u);
    // A header changes nothing, unless a byte that cannot be printed makes two tags look alike.
    const QByteArray titles = " Tag  Type     Allocs  Frees  Diff  Bytes  Per Alloc\n"_ba;
    const auto headed = samplesFromPoolMonText(titles + rows, u"x"_s);
    QVERIFY(headed.ok());
    QCOMPARE(headed.value().size(), 2u);
    const auto alike = samplesFromPoolMonText(titles + QByteArray(rows).replace("Leak", "L??k"), u"x"_s);
    QVERIFY(alike.ok());
    QCOMPARE(alike.value().size(), 1u);
    QCOMPARE(alike.value().front()->readings.front().bytes.value(), 65536 + 196608);
}

void TestPoolMonText::powerShellsUtf16()
{
    const auto sample = poolSample({{"Fil\xE5", PoolType::Paged, held(1, 64), {}}});
    QStringEncoder utf16(QStringEncoder::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray text = utf16(QString::fromLatin1(sampleToPoolMonText(*sample)));
    QVERIFY(text.startsWith("\xFF\xFE"));
    QVERIFY(looksLikePoolMonText(text));
    const auto read = samplesFromPoolMonText(text, u"x"_s);
    QVERIFY(read.ok());
    QCOMPARE(read.value().front()->tags->front().tag.bytes, "Fil\xE5"_ba);
}

void TestPoolMonText::damagedInput_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    QTest::newRow("empty") << QByteArray() << u"x.txt"_s;
    QTest::newRow("prose") << "Nothing - 5 of it - is a table.\nPaged out.\n"_ba << u"x.txt"_s;
    QTest::newRow("header only")
        << "Memory:16719772K Avail:10985668K    PageFlts: 36323    InRam Krnl:65264K P:528024K\n"_ba
        << u"x.txt"_s;
    QTest::newRow("header damaged") << "\n Memory:16468560K Avail:x\n"_ba << u"x.txt, line 2"_s;
    QTest::newRow("row cut off") << " EtwB Nonp 1 2 3 4 5\n EtwC Nonp 6394 4056 23\n"_ba
                                 << u"x.txt, line 2"_s;
    QTest::newRow("row with a word") << " EtwB Nonp 1 2 three 4 5\n"_ba << u"x.txt, line 1"_s;
    QTest::newRow("bracket open") << " EtwB Nonp 1 ( 2 3 4 5\n"_ba << u"x.txt, line 1"_s;
    QTest::newRow("above 64 bits") << " EtwB Nonp 99999999999999999999 2 3 4 5\n"_ba << u"x.txt, line 1"_s;
    QTest::newRow("tag too long") << " EtwB Nonp 1 2 3 4 5\n EtwC Nonp 1 2 3 4 5\n Total Nonp 1 2 3 4 5\n"_ba
                                  << u"x.txt, line 3"_s;
    QTest::newRow("text behind") << " EtwB Nonp 1 2 3 4 5 what\n"_ba << u"x.txt, line 1"_s;
}

void TestPoolMonText::damagedInput()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    const auto read = samplesFromPoolMonText(text, u"x.txt"_s);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::BadInput);
    QCOMPARE(read.error().where, where);
    QVERIFY(!read.error().whatToDo.isEmpty());
}

void TestPoolMonText::realLogs()
{
    const QDir folder(QStringLiteral(POOLSCOPE_SHARED_DATA "/real-logs/poolmon"));
    if (!folder.exists())
        QSKIP("the collection of real logs is not on this machine");
    // Rows that begin like one of PoolMon's, counted independently of the reader.
    const QRegularExpression row(u"^\\s*\\S.{1,7}\\s(Nonp|Paged)\\s+\\d.*$"_s);
    for (const QString &name : folder.entryList({u"*.txt"_s})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        qsizetype expected = 0;
        for (const QByteArray &line : text.split('\n'))
            expected += row.match(QString::fromLatin1(line)).hasMatch() ? 1 : 0;
        const auto read = samplesFromPoolMonText(text, name);
        if (name.contains(u"header-only")) {
            QVERIFY(!read.ok());
            continue;
        }
        QVERIFY2(read.ok(), qPrintable(read.ok() ? name : read.error().text()));
        qsizetype rows = 0;
        for (const SamplePtr &sample : read.value()) {
            rows += static_cast<qsizetype>(sample->readings.size());
            for (const TagEntry &entry : *sample->tags)
                QVERIFY2(entry.tag.bytes.size() == 4, qPrintable(name));
        }
        QVERIFY2(rows == expected, qPrintable(u"%1: %2 of %3"_s.arg(name).arg(rows).arg(expected)));
        QCOMPARE(looksLikePoolMonText(text), true);
    }
}

QTEST_GUILESS_MAIN(TestPoolMonText)
#include "tst_poolmontext.moc"
