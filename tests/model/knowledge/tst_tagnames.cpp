// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagcards.h"
#include "model/knowledge/tagnames.h"
#include "model/knowledge/tagnamewatch.h"
#include "model/knowledge/tagnotes.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

void write(const QString &path, const QByteArray &bytes, const QDateTime &changed = {})
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.flush());
    if (changed.isValid())
        QVERIFY(file.setFileTime(changed, QFileDevice::FileModificationTime));
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
}

QDateTime year(int year)
{
    return {QDate(year, 1, 1), QTime(0, 0)};
}

} // namespace

class TestTagNames : public QObject
{
    Q_OBJECT

private slots:
    void rootsOfWindows();
    void findsAllPlacesNewestFirst();
    void notesThenFileThenOwnList();
    void saysWhatCannotBeRead();
    void watchSeesChanges();
    void notesAreKeptWithWhatAHandWrote();
    void notesThatCannotBeKept_data();
    void notesThatCannotBeKept();
    void ownListIsWhole();
    void cardsAreWhole();
    void cardsFit_data();
    void cardsFit();
};

void TestTagNames::rootsOfWindows()
{
    QProcessEnvironment environment;
    environment.insert(u"ProgramFiles"_s, u"C:\\Program Files"_s);
    environment.insert(u"ProgramW6432"_s, u"C:\\Program Files"_s);
    environment.insert(u"ProgramFiles(x86)"_s, u"C:\\Program Files (x86)"_s);
    environment.insert(u"SystemDrive"_s, u"C:"_s);
    const ToolRoots roots = toolRoots(environment, u"D:/PoolScope"_s);
    QCOMPARE(roots.programFiles, (QStringList{u"C:/Program Files"_s, u"C:/Program Files (x86)"_s}));
    QCOMPARE(roots.drives, QStringList{u"C:/"_s});
    const ToolRoots none = toolRoots({}, {});
    QCOMPARE(installedTagFiles(none), QStringList());
}

void TestTagNames::findsAllPlacesNewestFirst()
{
    const QTemporaryDir disk;
    const QStringList places{
        u"Program Files (x86)/Windows Kits/10/Debuggers/x64/triage/pooltag.txt"_s,
        u"Program Files (x86)/Windows Kits/8.1/Debuggers/x86/triage/pooltag.txt"_s,
        u"Program Files (x86)/Windows Kits/10/Debuggers/arm64/triage/pooltag.txt"_s,
        u"Program Files/Debugging Tools for Windows (x64)/triage/pooltag.txt"_s,
        u"Program Files/WindowsApps/Microsoft.WinDbg_1.2/amd64/triage/pooltag.txt"_s,
        u"WinDDK/7600.16385.1/tools/other/amd64/poolmon/pooltag.txt"_s,
        u"PoolScope/pooltag.txt"_s,
        u"WinDbg/amd64/triage/pooltag.txt"_s,
    };
    for (int i = 0; i < places.size(); ++i)
        write(disk.filePath(places[i]), "Afd? - afd.sys - x\n", year(2010 + i));
    QVERIFY(QDir().mkpath(
        disk.filePath(u"Program Files/Windows Kits/10/Debuggers/x64/triage/pooltag.txt"_s))); // a folder
    write(disk.filePath(u"Program Files (x86)/Windows Kits/8.0/Debuggers/x64/triage/pooltag.txt"_s), {});
    const ToolRoots roots{{disk.filePath(u"Program Files"_s), disk.filePath(u"Program Files (x86)"_s)},
        {disk.path()}, disk.filePath(u"PoolScope"_s), {disk.filePath(u"WinDbg"_s)}};
    QStringList expected;
    for (const QString &place : places)
        expected.prepend(disk.filePath(place));
    QCOMPARE(installedTagFiles(roots), expected);
}

void TestTagNames::notesThenFileThenOwnList()
{
    const QTemporaryDir folder;
    const TagNamePlaces places{folder.filePath(u"notes.txt"_s), folder.filePath(u"pooltag.txt"_s), false};
    write(places.notes, "Mine - my.sys - ours\nFile - my guess\n");
    write(places.tagFile, "File - nt!io - File objects\nOnly - only.sys - of the file\n", year(2024));
    const TagNames names = TagNames::load(places);
    QVERIFY(names.problems().empty());
    QCOMPARE(names.driverOf("Mine"), "my.sys - ours"_ba);
    QCOMPARE(names.driverOf("File"), "my guess"_ba);
    QCOMPARE(names.noteOf("File"), "my guess"_ba);
    QCOMPARE(names.ownerOf("File").driver, "nt!io - File objects"_ba);
    QVERIFY2(names.ownerOf("Only").from.contains(u"pooltag.txt of 2024-01-01"),
        qPrintable(names.ownerOf("Only").from));
    QVERIFY(names.ownerOf("Toke").driver.startsWith("nt!se"));
    QVERIFY(names.ownerOf("Toke").from.contains(u"PoolScope"));
    QCOMPARE(names.driverOf("\x01\x02\x03\x04"), QByteArray());
    QCOMPARE(names.ownerOf("\x01\x02\x03\x04").from, QString());
}

void TestTagNames::saysWhatCannotBeRead()
{
    const QTemporaryDir folder;
    const TagNamePlaces places{folder.filePath(u"notes.txt"_s), folder.filePath(u"gone.txt"_s), true};
    write(places.notes, "no notes at all");
    const TagNames names = TagNames::load(places);
    QCOMPARE(names.problems().size(), 2U);
    QVERIFY(names.problems()[0].where.endsWith(u"notes.txt"));
    QVERIFY(names.problems()[1].where.endsWith(u"gone.txt"));
    QVERIFY(!names.driverOf("File").isEmpty()); // the own list is still there
    write(places.notes, {});
    QCOMPARE(TagNames::load({places.notes, {}, false}).problems().size(), 0U);
}

void TestTagNames::watchSeesChanges()
{
    const QTemporaryDir folder;
    TagNamePlaces places{folder.filePath(u"notes.txt"_s), {}, false};
    TagNameWatch watch([&places] { return places; }, 0ms);
    const auto first = watch.changed();
    QVERIFY(first);
    QCOMPARE(first->driverOf("Mine"), QByteArray());
    QVERIFY(!watch.changed());
    write(places.notes, "Mine - my.sys - ours\n", year(2020));
    const auto second = watch.changed();
    QVERIFY(second);
    QCOMPARE(second->driverOf("Mine"), "my.sys - ours"_ba);
    QVERIFY(!watch.changed());
    places.tagFile = folder.filePath(u"pooltag.txt"_s);
    QVERIFY(watch.changed());
    write(places.tagFile, "Only - only.sys - x\n", year(2021));
    const auto third = watch.changed();
    QVERIFY(third);
    QCOMPARE(third->driverOf("Only"), "only.sys - x"_ba);

    int asked = 0;
    TagNameWatch rare(
        [&asked, &places] {
            ++asked;
            return places;
        },
        1h);
    QVERIFY(rare.changed());
    QVERIFY(!rare.changed());
    QCOMPARE(asked, 1);
}

void TestTagNames::notesAreKeptWithWhatAHandWrote()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"new/notes.txt"_s);
    QVERIFY(writeTagNote(path, "Irp", u" mine.sys  -\tleaks "_s));
    QCOMPARE(contents(path), "Irp  - mine.sys - leaks\n"_ba);
    write(path, "// a comment\r\nIrp  - mine.sys - leaks\nIr*  - all of them\nrem x - y"_ba);
    QVERIFY(writeTagNote(path, "Irp ", u"other"_s));
    QCOMPARE(contents(path), "// a comment\r\nIr*  - all of them\nrem x - y\nIrp  - other\n"_ba);
    QVERIFY(writeTagNote(path, "Irp ", u"  "_s));
    QCOMPARE(contents(path), "// a comment\r\nIr*  - all of them\nrem x - y\n"_ba);
    // A hand wrote them without padding, or with more.
    write(path, "Irp - hand.sys\nIrp   -  again.sys\nIrpX - other.sys\n");
    QVERIFY(writeTagNote(path, "Irp ", u"mine.sys"_s));
    QCOMPARE(contents(path), "IrpX - other.sys\nIrp  - mine.sys\n"_ba);
}

void TestTagNames::notesThatCannotBeKept_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("folder is a file") << u"file/notes.txt"_s << "Abcd"_ba << ErrorKind::WriteFailed;
    QTest::newRow("line feed") << u"notes.txt"_s << "A\ncd"_ba << ErrorKind::BadInput;
    QTest::newRow("reads as a pattern") << u"notes.txt"_s << "Ab?d"_ba << ErrorKind::BadInput;
    QTest::newRow("fits every tag") << u"notes.txt"_s << "*   "_ba << ErrorKind::BadInput;
    QTest::newRow("reads as a comment") << u"notes.txt"_s << "rem "_ba << ErrorKind::BadInput;
    QTest::newRow("reads as another tag") << u"notes.txt"_s << "a -b"_ba << ErrorKind::BadInput;
    QTest::newRow("too long") << u"notes.txt"_s << "kmalloc-64"_ba << ErrorKind::BadInput;
}

void TestTagNames::notesThatCannotBeKept()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, tag);
    const QTemporaryDir folder;
    write(folder.filePath(u"file"_s), "no folder");
    const Result<Done> written = writeTagNote(QDir(folder.path()).filePath(path), tag, u"a note"_s);
    QVERIFY(!written);
    QTEST(written.error().kind, "kind");
    QVERIFY(!QFile::exists(folder.filePath(u"notes.txt"_s)));
}

void TestTagNames::ownListIsWhole()
{
    const QByteArray text = contents(u":/knowledge/pooltags.txt"_s);
    qsizetype entries = 0;
    for (const QByteArray &line : text.split('\n')) {
        if (line.isEmpty() || line.startsWith("//"))
            continue;
        ++entries;
        QVERIFY2(line.sliced(4).startsWith(" - ") && line.count(" - ") >= 2, line.constData());
    }
    QVERIFY(entries > 100);
    QCOMPARE(PoolTagFile::fromText(text).size(), entries); // none twice, none unreadable
}

void TestTagNames::cardsAreWhole()
{
    const std::vector<TagCard> cards = tagCards();
    QVERIFY(cards.size() > 30);
    for (const TagCard &card : cards) {
        QVERIFY(!card.tags.isEmpty() && !card.title.isEmpty());
        QVERIFY2(card.text.endsWith(u'.'), qPrintable(card.text));
        for (const QByteArray &tag : card.tags)
            QVERIFY2(!card.isWindows || tag.size() <= 4, tag.constData());
    }
}

void TestTagNames::cardsFit_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<SourceKind>("kind");
    QTest::addColumn<QString>("first");
    QTest::newRow("exact") << "Toke"_ba << SourceKind::Pool << u"Access tokens"_s;
    QTest::newRow("short") << "Mdl "_ba << SourceKind::Pool << u"Shared by all drivers"_s;
    QTest::newRow("exact before wildcard") << "EtwB"_ba << SourceKind::Pool << u"Event tracing"_s;
    QTest::newRow("wildcard") << "Vi2a"_ba << SourceKind::Pool << u"Video memory"_s;
    QTest::newRow("protected") << "Tok\xE5"_ba << SourceKind::Pool << u"Access tokens"_s;
    QTest::newRow("case counts") << "toke"_ba << SourceKind::Pool << QString();
    QTest::newRow("slab") << "kmalloc-2048"_ba << SourceKind::Slab << u"Shared by the whole kernel"_s;
    QTest::newRow("other kernel") << "Toke"_ba << SourceKind::Slab << QString();
    QTest::newRow("site") << "mm/slub.c:1 func:x"_ba << SourceKind::Site << QString();
}

void TestTagNames::cardsFit()
{
    QFETCH(QByteArray, tag);
    QFETCH(SourceKind, kind);
    const auto found = cardsOf(tagCards(), {{tag, PoolType::None}, {}}, kind);
    QTEST(found.empty() ? QString() : found.front().title, "first");
}

QTEST_GUILESS_MAIN(TestTagNames)
#include "tst_tagnames.moc"
