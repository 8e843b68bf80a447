// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/pooltagfile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray Text = "// a comment\r\n"
                        "rem another - comment.sys - no entry\r\n"
                        "REM\r\n"
                        "\r\n"
                        "ReMo - nt!io       - a tag that looks like a comment\r\n"
                        "Afd? - afd.sys      - AFD objects\r\n"
                        "AfdB - afd.sys      -     Afd data buffer\r\n"
                        "Irp  - <unknown>    - Io, IRP packets\r\n"
                        "Dh 1 - <unknown>    - DirectDraw/3D DirectDraw object\r\n"
                        "Fsb -  netio.sys    - Fixed-Size Block pool\r\n"
                        "Tun4  - tunnel.sys  - IPv4 tunnels\r\n"
                        "ATmp - AppTag mount point\r\n"
                        "Aml* - ACPI.sys     - ACPI AMLI\r\n"
                        "A*   - any.sys      - anything with A\r\n"
                        "Bu*  - bus.sys      - buses\r\n"
                        "Proc - nt!ps        - Process objects\r\n"
                        "Thr? - wild.sys     - not the threads of the protected tag\r\n"
                        "Thre - nt!ps        - Thread objects\r\n"
                        "TabA\t- tab.sys      - a tab in place of the blank\r\n"
                        "irp  - small.sys    - another case, another tag\r\n"
                        "Irp  - later.sys    - the first one counts\r\n"
                        "QUIC Allocation tags are Qc00 through QcFF - see the source\r\n"
                        "\x1A";

std::shared_ptr<const Origin> poolOrigin()
{
    auto origin = std::make_shared<Origin>();
    origin->kind = SourceKind::Pool;
    return origin;
}

} // namespace

class TestPoolTagFile : public QObject
{
    Q_OBJECT

private slots:
    void lookUp_data();
    void lookUp();
    void countsEntries();
    void unreadable();
    void otherEncodings_data();
    void otherEncodings();
    void namesSamples();
    void severalFilesStandSideBySide();
};

void TestPoolTagFile::lookUp_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<QByteArray>("driver");
    QTest::newRow("exact before wildcard") << "AfdB"_ba
                                           << "afd.sys      -     Afd data buffer"_ba;
    QTest::newRow("question mark") << "AfdX"_ba
                                   << "afd.sys      - AFD objects"_ba;
    QTest::newRow("most literals") << "Amlx"_ba
                                   << "ACPI.sys     - ACPI AMLI"_ba;
    QTest::newRow("fewest literals") << "Axyz"_ba
                                     << "any.sys      - anything with A"_ba;
    QTest::newRow("wildcard with padding") << "Bu99"_ba
                                           << "bus.sys      - buses"_ba;
    QTest::newRow("padded tag") << "Irp "_ba
                                << "<unknown>    - Io, IRP packets"_ba;
    QTest::newRow("case matters") << "irp "_ba
                                  << "small.sys    - another case, another tag"_ba;
    QTest::newRow("blank inside") << "Dh 1"_ba
                                  << "<unknown>    - DirectDraw/3D DirectDraw object"_ba;
    QTest::newRow("padding missing in the file") << "Fsb "_ba
                                                 << "netio.sys    - Fixed-Size Block pool"_ba;
    QTest::newRow("one blank more") << "Tun4"_ba
                                    << "tunnel.sys  - IPv4 tunnels"_ba;
    QTest::newRow("no binary") << "ATmp"_ba
                               << "AppTag mount point"_ba;
    QTest::newRow("no comment") << "ReMo"_ba
                                << "nt!io       - a tag that looks like a comment"_ba;
    QTest::newRow("protected bit") << "Pro\xE3"_ba
                                   << "nt!ps        - Process objects"_ba;
    QTest::newRow("protected bit before wildcard") << "Thr\xE5"_ba
                                                   << "nt!ps        - Thread objects"_ba;
    QTest::newRow("protected bit and wildcard") << "Thr\xF8"_ba
                                                << "wild.sys     - not the threads of the protected tag"_ba;
    QTest::newRow("tab") << "TabA"_ba
                         << "tab.sys      - a tab in place of the blank"_ba;
    QTest::newRow("unknown") << "Zzzz"_ba
                             << ""_ba;
    QTest::newRow("comment is no entry") << "rem "_ba
                                         << ""_ba;
    QTest::newRow("no tag at all") << ""_ba
                                   << ""_ba;
}

void TestPoolTagFile::lookUp()
{
    QFETCH(QByteArray, tag);
    QTEST(PoolTagFile::fromText(Text).driverOf(tag), "driver");
}

void TestPoolTagFile::countsEntries()
{
    QCOMPARE(PoolTagFile::fromText(Text).size(), 16);
    QCOMPARE(PoolTagFile::fromText("no line here is one").size(), 0);
}

void TestPoolTagFile::unreadable()
{
    const QTemporaryDir folder;
    const auto missing = PoolTagFile::read(folder.filePath(u"pooltag.txt"_s));
    QVERIFY(!missing);
    QVERIFY(missing.error().where.endsWith(u"pooltag.txt"));
    QCOMPARE(missing.error().kind, ErrorKind::BadInput);

    QFile prose(folder.filePath(u"prose.txt"_s));
    QVERIFY(prose.open(QIODevice::WriteOnly));
    prose.write("once upon a time\n");
    prose.close();
    QVERIFY(!PoolTagFile::read(prose.fileName()));

    QFile good(folder.filePath(u"good.txt"_s));
    QVERIFY(good.open(QIODevice::WriteOnly));
    good.write(Text);
    good.close();
    QCOMPARE(PoolTagFile::read(good.fileName()).value().size(), 16);
}

void TestPoolTagFile::otherEncodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QString text = u"Fsb - netio.sys - first\nAbcd - b.sys - Träger\n"_s;
    const auto encoded = [&text](QStringConverter::Encoding encoding) {
        return QByteArray(QStringEncoder(encoding, QStringConverter::Flag::WriteBom).encode(text));
    };
    QTest::newRow("UTF-8 with a mark") << encoded(QStringConverter::Utf8);
    QTest::newRow("UTF-16LE") << encoded(QStringConverter::Utf16LE);
    QTest::newRow("UTF-16BE") << encoded(QStringConverter::Utf16BE);
    QTest::newRow("lines end as on old Macs") << text.toUtf8().replace('\n', '\r');
}

void TestPoolTagFile::otherEncodings()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"pooltag.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    const auto tags = PoolTagFile::read(file.fileName());
    QVERIFY(tags.ok());
    QCOMPARE(tags.value().driverOf("Fsb "), "netio.sys - first"_ba);
    QCOMPARE(tags.value().driverOf("Abcd"), "b.sys - Tr\xC3\xA4ger"_ba);
}

void TestPoolTagFile::namesSamples()
{
    DriverNamer namer(driversInAll({PoolTagFile::fromText(Text)}));
    auto sample = std::make_shared<Sample>();
    sample->origin = poolOrigin();
    sample->tags = std::make_shared<const TagList>(TagList{{{"Irp ", PoolType::Nonpaged}, {}},
        {{"Zzzz", PoolType::Paged}, {}}, {{"Proc", PoolType::Paged}, "mine.sys"}});
    sample->readings.resize(3);
    const SamplePtr named = namer.named(sample);
    QCOMPARE(named->tags->at(0).driver, "<unknown>    - Io, IRP packets"_ba);
    QCOMPARE(named->tags->at(1).driver, QByteArray());
    QCOMPARE(named->tags->at(2).driver, "mine.sys"_ba);
    QCOMPARE(named->readings.size(), 3U);
    QCOMPARE(namer.named(sample)->tags.get(), named->tags.get());
    auto other = std::make_shared<Sample>(*sample);
    other->tags = std::make_shared<const TagList>(*sample->tags);
    QVERIFY(namer.named(other)->tags != named->tags);
    namer.setLookup([](QByteArrayView) { return "new.sys"_ba; });
    QCOMPARE(namer.named(other)->tags->at(0).driver, "new.sys"_ba);
    sample->origin = std::make_shared<const Origin>(); // slab caches have no drivers
    QCOMPARE(namer.named(sample)->tags.get(), sample->tags.get());
}

void TestPoolTagFile::severalFilesStandSideBySide()
{
    DriverNamer namer(
        driversInAll({PoolTagFile::fromText("Irp  - io\nOnly - local\n"), PoolTagFile::fromText(Text)}));
    auto sample = std::make_shared<Sample>();
    sample->origin = poolOrigin();
    sample->tags = std::make_shared<const TagList>(TagList{{{"Irp ", PoolType::Nonpaged}, {}},
        {{"Only", PoolType::Paged}, {}}, {{"Zzzz", PoolType::Paged}, {}}});
    sample->readings.resize(3);
    const SamplePtr named = namer.named(sample);
    QCOMPARE(named->tags->at(0).driver, "io][<unknown>    - Io, IRP packets"_ba);
    QCOMPARE(named->tags->at(1).driver, "local"_ba);
    QCOMPARE(named->tags->at(2).driver, QByteArray());
}

QTEST_GUILESS_MAIN(TestPoolTagFile)
#include "tst_pooltagfile.moc"
