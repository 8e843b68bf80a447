// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/localtags.h"

#include "model/knowledge/pooltagfile.h"
#include "tests/model/drivers/pebuilder.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::armMove;
using test::PeBuilder;

class TestLocalTags : public QObject
{
    Q_OBJECT

private slots:
    void tagsOfCode_data();
    void tagsOfCode();
    void fileIsReadBack();
    void noTagsNoText();
    void stops();

private:
    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const;

    QTemporaryDir m_folder;
};

QString TestLocalTags::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

void TestLocalTags::tagsOfCode_data()
{
    using Machine = PeImage::Machine;
    using Tags = QSet<QByteArray>;
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<Tags>("tags");
    const auto row = [](const char *name, const QByteArray &file, const Tags &tags) {
        QTest::newRow(name) << file << tags;
    };
    const auto x64 = [](const QByteArray &code) { return PeBuilder(Machine::X64).code(code).build(); };
    row("x64", x64("\x41\xB8Leak\x90\x41\xB8Irp \x41\xB8Leak"), {"Leak", "Irp "});
    row("protected", x64("\x41\xB8Pro\xE3"), {"Proc"});
    row("other instructions", x64("\xBALeak\x41\xB9Leak\x68Leak"), {});
    row("numbers that are no tags",
        x64("\x41\xB8\x01\x02\x03\x04\x41\xB8 Lea\x41\xB8"
            "1234"),
        {});
    row("x86", PeBuilder(Machine::X86).code("\x68Leak\x41\xB8Nope").build(), {"Leak"});
    row("data", PeBuilder(Machine::X64).data("\x41\xB8Leak").build(), {});
    row("arm",
        PeBuilder(Machine::Arm64).code(armMove(false, 0, 0x654C, 2) + armMove(true, 1, 0x6B61, 2)).build(),
        {"Leak"});
    row("arm, upper half first",
        PeBuilder(Machine::Arm64).code(armMove(false, 1, 0x6B61, 2) + armMove(true, 0, 0x654C, 2)).build(),
        {"Leak"});
}

void TestLocalTags::tagsOfCode()
{
    QFETCH(QByteArray, file);
    const auto image = PeImage::fromBytes(file);
    QVERIFY(image.ok());
    QTEST(tagsInCode(image.value(), file), "tags");
}

void TestLocalTags::fileIsReadBack()
{
    const QStringList drivers{write(u"first.sys"_s, PeBuilder().code("\x41\xB8Leak\x41\xB8Irp ").build()),
        write(u"second.sys"_s, PeBuilder().code("\x41\xB8Leak").build()),
        write(u"text.sys"_s, "\x41\xB8Nope"), m_folder.filePath(u"missing.sys"_s)};
    double done = -1;
    const QByteArray text = localTagText(drivers, [&done](double share) {
        const bool rises = share > done;
        done = share;
        return rises;
    });
    const PoolTagFile file = PoolTagFile::fromText(text);
    QCOMPARE(file.size(), 2);
    QCOMPARE(file.driverOf("Leak"), "first,second"_ba);
    QCOMPARE(file.driverOf("Irp "), "first"_ba);
    QCOMPARE(done, 0.75);
}

void TestLocalTags::noTagsNoText()
{
    QCOMPARE(localTagText({write(u"empty.sys"_s, PeBuilder().code("\x90").build())}), QByteArray());
    QCOMPARE(localTagText({}), QByteArray());
}

void TestLocalTags::stops()
{
    const QString driver = write(u"first.sys"_s, PeBuilder().code("\x41\xB8Leak").build());
    QCOMPARE(localTagText({driver}, [](double) { return false; }), QByteArray());
}

QTEST_GUILESS_MAIN(TestLocalTags)
#include "tst_localtags.moc"
