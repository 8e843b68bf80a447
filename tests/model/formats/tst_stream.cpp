// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/stream.h"

#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Header = "#poolscope-stream 1 kind=slab host=box boot=abc\n"_ba;
const QByteArray At = "@ 2026-11-22T18:25:04.123456789Z mono=1234567890123\n"_ba;

QByteArray text(Counter counter)
{
    return counter.isKnown() ? QByteArray::number(counter.value()) : QByteArray("-");
}

/// A sample as "type name allocs/frees/outstanding/bytes driver;…".
QByteArray text(const Sample &sample)
{
    QByteArrayList rows;
    for (size_t i = 0; i < sample.readings.size(); ++i) {
        const TagEntry &entry = (*sample.tags)[i];
        const Reading &r = sample.readings[i];
        rows += poolTypeWord(entry.tag.type) + ' ' + entry.tag.bytes + ' ' + text(r.allocs) + '/'
            + text(r.frees) + '/' + text(r.outstanding) + '/' + text(r.bytes)
            + (entry.driver.isEmpty() ? QByteArray() : QByteArray(" [" + entry.driver + ']'));
    }
    return rows.join(';');
}

/// Everything that comes of `bytes` fed in pieces of `piece`: samples as text, errors as "!where what".
QByteArrayList outcome(const QByteArray &bytes, qsizetype piece = 1'000'000)
{
    StreamReader reader(u"S"_s);
    QByteArrayList out;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        reader.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)));
        while (const auto result = reader.next()) {
            out += *result
                ? text(*result->value())
                : QByteArray('!' + result->error().where.toUtf8() + ' ' + result->error().what.toUtf8());
        }
    }
    if (const auto missing = reader.finish())
        out += '!' + missing->where.toUtf8() + ' ' + missing->what.toUtf8();
    return out;
}

std::shared_ptr<Sample> exampleSample()
{
    auto origin = std::make_shared<Origin>();
    origin->uri = u"S"_s;
    origin->kind = SourceKind::Pool;
    origin->host = u"a host \"näme\""_s;
    origin->bootId = u"boot-1"_s;
    origin->system = u"Some System 1\\2"_s;
    origin->counterBits = 32;
    auto sample = std::make_shared<Sample>();
    sample->origin = std::move(origin);
    sample->wall = *wallTimeFromIso(u"2026-11-22T18:25:04.123456789Z");
    sample->monotonic = MonotonicTime(987654321);
    sample->system[SystemField::MemTotal] = 25276506112;
    sample->system[SystemField::PageFaults] = 0;
    TagList tags;
    const auto add = [&](const QByteArray &name, PoolType type, const QByteArray &driver,
                         const Reading &reading) {
        tags.push_back({{name, type}, driver});
        sample->readings.push_back(reading);
    };
    add("dentry", PoolType::Paged, {}, {{}, {}, Counter(12345), Counter(2370240)});
    add("dentry", PoolType::Nonpaged, {}, {Counter(1), Counter(2), Counter(-1), Counter(0)});
    add("name with \"blanks\"", PoolType::None, "x y, z", {});
    add("", PoolType::None, {}, {{}, {}, {}, Counter(7)});
    add("\"", PoolType::None, {}, {{}, {}, {}, Counter(8)});
    add("back\\slash=1", PoolType::None, "\"\\", {{}, {}, {}, Counter(9)});
    add(QByteArray("\0\n\r\t\xff ", 6), PoolType::None, {}, {{}, {}, {}, Counter(10)});
    add("#", PoolType::None, {}, {{}, {}, {}, Counter(std::numeric_limits<qint64>::max())});
    sample->tags = std::make_shared<const TagList>(std::move(tags));
    return sample;
}

} // namespace

class TestStream : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void writtenText();
    void headerOnlyWhenOriginChanges();
    void documentedExample();
    void everyPieceSize();
    void lines_data();
    void lines();
    void refused_data();
    void refused();
    void unknownLinesOutsideSamples();
    void longLines();
    void sharedTagList();
    void sizeLimit();
    void ends_data();
    void ends();
};

void TestStream::roundTrip()
{
    const auto sample = exampleSample();
    QByteArray bytes;
    StreamWriter writer;
    writer.write(*sample, bytes);
    StreamReader reader(u"S"_s);
    reader.feed(bytes);
    const auto result = reader.next();
    QVERIFY(result);
    QVERIFY2(result->ok(), result->ok() ? "" : qPrintable(result->error().text()));
    const Sample &read = *result->value();
    QVERIFY(*read.origin == *sample->origin);
    QVERIFY(read.wall == sample->wall);
    QVERIFY(read.monotonic == sample->monotonic);
    QVERIFY(read.system == sample->system);
    QCOMPARE(text(read), text(*sample));
    QVERIFY(*read.tags == *sample->tags);
    QVERIFY(!reader.next());
    QVERIFY(!reader.finish());
}

void TestStream::writtenText()
{
    QByteArray bytes;
    StreamWriter writer;
    writer.write(*exampleSample(), bytes);
    const QByteArrayList lines = bytes.split('\n');
    QCOMPARE(lines[0],
        QByteArray("#poolscope-stream 1 kind=pool host=\"a host \\\"n\\xc3\\xa4me\\\"\" boot=boot-1 "
                   "system=\"Some System 1\\\\2\" bits=32"));
    QCOMPARE(lines[1], QByteArray("@ 2026-11-22T18:25:04.123456789Z mono=987654321"));
    QCOMPARE(lines[2], QByteArray("s mem_total=25276506112 page_faults=0"));
    QCOMPARE(lines[3], QByteArray("t paged dentry outstanding=12345 bytes=2370240"));
    QCOMPARE(lines[4], QByteArray("t nonpaged dentry allocs=1 frees=2 outstanding=-1 bytes=0"));
    QCOMPARE(lines[5], QByteArray("t none \"name with \\\"blanks\\\"\" driver=\"x y, z\""));
    QCOMPARE(lines[6], QByteArray("t none \"\" bytes=7"));
    QCOMPARE(lines[8], QByteArray("t none back\\\\slash=1 bytes=9 driver=\"\\\"\\\\\""));
    QCOMPARE(lines[9], QByteArray("t none \"\\x00\\x0a\\x0d\\x09\\xff \" bytes=10"));
    QCOMPARE(lines[11], QByteArray("."));
}

void TestStream::headerOnlyWhenOriginChanges()
{
    const auto sample = exampleSample();
    StreamWriter writer;
    QByteArray bytes;
    writer.write(*sample, bytes);
    writer.write(*sample, bytes);
    QCOMPARE(bytes.count("#poolscope-stream"), 1);
    auto reboot = std::make_shared<Origin>(*sample->origin);
    reboot->bootId = u"boot-2"_s;
    sample->origin = reboot;
    writer.write(*sample, bytes);
    QCOMPARE(bytes.count("#poolscope-stream"), 2);
    StreamReader reader(u"S"_s);
    reader.feed(bytes);
    QStringList boots;
    while (const auto result = reader.next()) {
        QVERIFY(result->ok());
        boots += result->value()->origin->bootId;
    }
    QCOMPARE(boots, (QStringList{u"boot-1"_s, u"boot-1"_s, u"boot-2"_s}));
}

void TestStream::documentedExample()
{
    StreamReader reader(u"S"_s);
    reader.feed("#poolscope-stream 1 kind=slab host=NAME boot=ID\n"
                "@ 2026-11-22T18:25:04.123456789Z mono=1234567890123\n"
                "s mem_total=25276506112 mem_available=24938356736 page_faults=123456\n"
                "t paged dentry outstanding=12345 bytes=2370240\n"
                "t nonpaged \"name with blanks\" allocs=10 frees=4 outstanding=6 bytes=384 driver=\"x.sys\"\n"
                ".\n");
    const auto result = reader.next();
    QVERIFY(result && result->ok());
    const Sample &sample = *result->value();
    QCOMPARE(text(sample),
        QByteArray("paged dentry -/-/12345/2370240;nonpaged name with blanks 10/4/6/384 [x.sys]"));
    QCOMPARE(sample.origin->host, u"NAME"_s);
    QCOMPARE(sample.origin->bootId, u"ID"_s);
    QCOMPARE(sample.origin->counterBits, 64);
    QCOMPARE(sample.system[SystemField::MemAvailable].value(), 24938356736);
    QVERIFY(!sample.system[SystemField::Commit].isKnown());
    QCOMPARE(isoUtc(sample.wall, 9), u"2026-11-22T18:25:04.123456789Z"_s);
    QCOMPARE(sample.monotonic.count(), 1234567890123);
}

void TestStream::everyPieceSize()
{
    const QByteArray bytes =
        Header + At + "t paged a bytes=1\n.\n" + At + "oops!\n.\n" + At + "t paged \"a b\" bytes=2\n.\n";
    const QByteArrayList whole = outcome(bytes);
    QCOMPARE(whole.size(), 3);
    QVERIFY(whole[1].startsWith("!S, line 6 "));
    for (qsizetype piece = 1; piece < 40; ++piece)
        QCOMPARE(outcome(bytes, piece), whole);
}

void TestStream::lines_data()
{
    QTest::addColumn<QByteArray>("body"); // between "@" and "."
    QTest::addColumn<QByteArray>("expected"); // the sample, or the start of the error

    QTest::newRow("empty sample") << ""_ba
                                  << ""_ba;
    QTest::newRow("tag without counters") << "t none x\n"_ba
                                          << "none x -/-/-/-"_ba;
    QTest::newRow("name with =") << "t none a=b bytes=1\n"_ba
                                 << "none a=b -/-/-/1"_ba;
    QTest::newRow("escapes") << "t none a\\x20\\\\b bytes=1\n"_ba
                             << "none a \\b -/-/-/1"_ba;
    QTest::newRow("escaped quote at the end") << "t none \"a\\\"\" bytes=1\n"_ba
                                              << "none a\" -/-/-/1"_ba;
    QTest::newRow("unknown keys") << "s new_field=x mem_total=1\nt none x age=old bytes=1\n"_ba
                                  << "none x -/-/-/1"_ba;
    QTest::newRow("unknown lines")
        << "w what=ever\nnote something new\n! \\q\n\n# comment\nt none x bytes=1\n"_ba
        << "none x -/-/-/1"_ba;
    QTest::newRow("CR LF") << "t none x bytes=1\r\n"_ba
                           << "none x -/-/-/1"_ba;
    QTest::newRow("equal tags") << "t none x bytes=1\nt none y\nt none x bytes=2\nt paged x bytes=5\n"_ba
                                << "none x -/-/-/3;none y -/-/-/-;paged x -/-/-/5"_ba;
    QTest::newRow("equal tags, one unknown") << "t none x bytes=1\nt none x frees=2\n"_ba
                                             << "none x -/-/-/-"_ba;
    QTest::newRow("several blanks") << "t  none\tx   bytes=1 \n"_ba
                                    << "none x -/-/-/1"_ba;

    QTest::newRow("garbage") << "Segmentation fault\n"_ba
                             << "!S, line 3 "_ba;
    QTest::newRow("binary") << "t none x bytes=1\n\x01\x02\n"_ba
                            << "!S, line 4 "_ba;
    QTest::newRow("no name") << "t paged\n"_ba
                             << "!S, line 3 "_ba;
    QTest::newRow("bad pool type") << "t swimming x bytes=1\n"_ba
                                   << "!S, line 3 "_ba;
    QTest::newRow("letters for a number") << "t none x bytes=1x\n"_ba
                                          << "!S, line 3 "_ba;
    QTest::newRow("fraction") << "t none x bytes=1.5\n"_ba
                              << "!S, line 3 "_ba;
    QTest::newRow("empty value") << "t none x bytes= frees=1\n"_ba
                                 << "!S, line 3 "_ba;
    QTest::newRow("too large") << "t none x bytes=9223372036854775808\n"_ba
                               << "!S, line 3 "_ba;
    QTest::newRow("too small") << "t none x bytes=-9223372036854775808\n"_ba
                               << "!S, line 3 "_ba;
    QTest::newRow("sum too large") << "t none x bytes=9223372036854775807\nt none x bytes=1\n"_ba
                                   << "!S, line 4 "_ba;
    QTest::newRow("bad system field") << "s mem_total=lots\n"_ba
                                      << "!S, line 3 "_ba;
    QTest::newRow("open quote") << "t none \"x bytes=1\n"_ba
                                << "!S, line 3 "_ba;
    QTest::newRow("glued quote") << "t none \"x\"bytes=1\n"_ba
                                 << "!S, line 3 "_ba;
    QTest::newRow("open quote in driver") << "t none x bytes=1 driver=\"a\\\"\n"_ba
                                          << "!S, line 3 "_ba;
    QTest::newRow("bad escape") << "t none a\\qb\n"_ba
                                << "!S, line 3 "_ba;
    QTest::newRow("cut escape") << "t none a\\x4\n"_ba
                                << "!S, line 3 "_ba;
    QTest::newRow("bare word") << "t none x five\n"_ba
                               << "!S, line 3 "_ba;
}

void TestStream::lines()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    const QByteArray good = "t none next bytes=1\n";
    const QByteArrayList out = outcome(Header + At + body + ".\n" + At + good + ".\n");
    QCOMPARE(out.size(), 2);
    if (expected.startsWith('!'))
        QVERIFY2(out[0].startsWith(expected), out[0].constData());
    else
        QCOMPARE(out[0], expected);
    // The sample behind a damaged one is whole.
    QCOMPARE(out[1], "none next -/-/-/1"_ba);
}

void TestStream::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    QTest::newRow("other program") << "total 12\n"_ba << u"no PoolScope stream"_s;
    QTest::newRow("empty line") << "\n"_ba << u"no PoolScope stream"_s;
    QTest::newRow("newer version") << "#poolscope-stream 2 kind=slab\n"_ba << u"version \"2\" is not known"_s;
    QTest::newRow("no version") << "#poolscope-stream\n"_ba << u"version \"\" is not known"_s;
    QTest::newRow("version word") << "#poolscope-stream 10 kind=slab\n"_ba
                                  << u"version \"10\" is not known"_s;
    QTest::newRow("no kind") << "#poolscope-stream 1 host=x\n"_ba << u"of what kind"_s;
    QTest::newRow("unknown kind") << "#poolscope-stream 1 kind=sock\n"_ba << u"of what kind"_s;
    QTest::newRow("bad escape") << "#poolscope-stream 1 kind=slab host=a\\b\n"_ba << u"header is damaged"_s;
    QTest::newRow("endless first line") << QByteArray(100'000, 'x') << u"endless"_s;
}

void TestStream::refused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    StreamReader reader(u"S"_s);
    reader.feed(bytes);
    const auto result = reader.next();
    QVERIFY(result && !result->ok());
    QVERIFY2(result->error().what.contains(what), qPrintable(result->error().what));
    QCOMPARE(result->error().where, u"S, line 1"_s);
    QVERIFY(!result->error().whatToDo.isEmpty());
    QVERIFY(reader.isRefused());
    reader.feed(QByteArray(Header + At + ".\n"));
    QVERIFY(!reader.next());
    QVERIFY(!reader.finish());
}

void TestStream::unknownLinesOutsideSamples()
{
    const QByteArray few = QByteArray("later something\n").repeated(10);
    QCOMPARE(outcome(Header + few + At + ".\n" + few).size(), 1);
    // A program that goes on writing something else is told so, once.
    const QByteArrayList out = outcome(Header + QByteArray("hello world\n").repeated(500));
    QCOMPARE(out.size(), 1);
    QVERIFY(out[0].startsWith("!S, line 18 "));
    QVERIFY(outcome(Header + "Hello world\n").at(0).startsWith("!S, line 2 "));
}

void TestStream::longLines()
{
    const QByteArray longLine(3 * StreamReader::LongestLine, 'x');
    const QByteArray bytes =
        Header + At + "t none " + longLine + " bytes=1\n.\n" + At + "t none y bytes=1\n.\n";
    for (const qsizetype piece : {qsizetype(1'000'000), qsizetype(1000), qsizetype(65'537)}) {
        const QByteArrayList out = outcome(bytes, piece);
        QCOMPARE(out.size(), 2);
        QVERIFY(out[0].startsWith("!S, line 3 "));
        QCOMPARE(out[1], "none y -/-/-/1"_ba);
    }
    // Lines are counted right behind it.
    QVERIFY(outcome(Header + At + longLine + "\n.\n@ never\n").at(1).startsWith("!S, line 5 "));
}

void TestStream::sharedTagList()
{
    StreamReader reader(u"S"_s);
    const QByteArray block = At + "t paged a bytes=1\nt none \"b b\" bytes=2 driver=\"x\"\n.\n";
    reader.feed(
        QByteArray(Header + block + At + "t paged a bytes=1\nbroken!\n" + block + At + "t none c\n.\n"));
    QList<std::shared_ptr<const TagList>> lists;
    while (const auto result = reader.next()) {
        if (result->ok())
            lists += result->value()->tags;
    }
    QCOMPARE(lists.size(), 3);
    QCOMPARE(lists[1].get(), lists[0].get());
    QVERIFY(lists[2] != lists[0]);
}

void TestStream::sizeLimit()
{
    QByteArray bytes = Header + At;
    const QByteArray row = "t none x\n";
    bytes.reserve(bytes.size() + row.size() * qsizetype(StreamReader::MostTags + 2));
    for (size_t i = 0; i <= StreamReader::MostTags; ++i)
        bytes += row;
    const QByteArrayList out = outcome(bytes + ".\n" + At + ".\n");
    QCOMPARE(out.size(), 2);
    QVERIFY(out[0].contains("too large"));
}

void TestStream::ends_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected"); // start of the last outcome
    QTest::newRow("nothing") << ""_ba
                             << "!S no stream came"_ba;
    QTest::newRow("part of the header") << "#poolsc"_ba
                                        << "!S no stream came"_ba;
    QTest::newRow("in a sample") << Header + At << "!S, line 2 the stream ends in the middle"_ba;
    QTest::newRow("in a line") << Header + At + "t none x byt"
                               << "!S, line 2 the stream ends in the middle"_ba;
    QTest::newRow("behind a sample") << Header + At + "t none x\n.\n"
                                     << "none x -/-/-/-"_ba;
    QTest::newRow("new sample before the dot") << Header + At + At + "t none x\n.\n"
                                               << "none x -/-/-/-"_ba;
    QTest::newRow("new header before the dot") << Header + At + Header + At + "t none x\n.\n"
                                               << "none x -/-/-/-"_ba;
    QTest::newRow("without monotonic time") << Header + "@ 2026-11-22T18:25:04Z\n.\n"
                                            << ""_ba;
    QTest::newRow("bad time") << Header + "@ today mono=1\n.\n"
                              << "!S, line 2 "_ba;
    QTest::newRow("bad monotonic time") << Header + "@ 2026-11-22T18:25:04Z mono=x\n.\n"
                                        << "!S, line 2 "_ba;
}

void TestStream::ends()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    const QByteArrayList out = outcome(bytes);
    QVERIFY(!out.isEmpty());
    QVERIFY2(out.last().startsWith(expected), out.last().constData());
}

QTEST_GUILESS_MAIN(TestStream)
#include "tst_stream.moc"
