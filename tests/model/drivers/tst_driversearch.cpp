// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/drivercache.h"
#include "model/drivers/driversearch.h"
#include "model/drivers/loadeddrivers.h"

#include "tests/model/drivers/pebuilder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::PeBuilder;

namespace {

/// As if it had been there for `age` seconds.
void write(const QString &path, const QByteArray &bytes, qint64 age = 1000)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    QVERIFY(file.flush());
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-age), QFileDevice::FileModificationTime));
}

QByteArray driver(const QString &company, const QByteArray &code)
{
    return PeBuilder().code(code).about(u"CompanyName"_s, company).about(u"FileVersion"_s, u"1.2"_s).build();
}

QStringList names(const DriverSearch &search)
{
    QStringList names;
    for (const DriverHit &hit : search.hits)
        names << QFileInfo(hit.path).fileName();
    return names;
}

/// An answer of the kernel with these names.
QByteArray modules(int pointerBytes, const QList<QByteArray> &names)
{
    QByteArray out;
    PeBuilder::put<quint32>(out, static_cast<quint32>(names.size()));
    out.append(pointerBytes - 4, '\0');
    for (const QByteArray &name : names) {
        out.append(3 * pointerBytes + 16, '\x01');
        out += name.leftJustified(256, '\0');
    }
    return out;
}

} // namespace

class TestDriverSearch : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void bestFirst();
    void gradeBeforeCompany();
    void secondTimeReadsNothing();
    void changedFileIsReadAgain();
    void damagedCacheIsMadeAnew();
    void cacheHoldsSoManyFiles();
    void cacheHoldsSoManyTags();
    void cacheForgetsFilesThatAreGone();
    void cancels();
    void listingCanBeStopped();
    void cancelsWithinALargeFile();
    void fileThatIsCutMeanwhile();
    void fileThatIsTooLarge();
    void saysWhatCannotBeRead();
    void foldersAndFiles();
    void linksToFoldersAreNotFollowed();
    void saysWhichFolderCannotBeListed();
    void pathsOfTheKernel_data();
    void pathsOfTheKernel();
    void clonesForDumps();
    void noWindowsNoDrivers();

private:
    [[nodiscard]] DriverSearch search(QByteArrayView tag = "Leak") const
    {
        return searchDrivers(driverFilesIn({m_folder->filePath(u"drivers"_s)}), tag, m_cache);
    }

    [[nodiscard]] QJsonObject readCache() const
    {
        QFile file(m_cache);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }

    static constexpr qsizetype LargeSize = 12 * 1024 * 1024;
    /// A driver of that many bytes.
    [[nodiscard]] QString writeLarge() const
    {
        const QString path = m_folder->filePath(u"large.sys"_s);
        write(path, driver(u"Contoso"_s, "\x41\xB8Leak").leftJustified(LargeSize, '.'));
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_cache;
};

void TestDriverSearch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_cache = m_folder->filePath(u"cache/drivers.json"_s);
    const auto path = [this](const QString &name) { return m_folder->filePath(u"drivers/"_s + name); };
    write(path(u"ms.sys"_s), driver(u"Microsoft Corporation"_s, "\x41\xB8Leak\x41\xB8Leak"));
    write(path(u"vendor/leaky.sys"_s), driver(u"Contoso"_s, "\x41\xB8Leak"));
    write(path(u"text.sys"_s), driver(u"Fabrikam"_s, "text Leak"));
    write(path(u"other.dll"_s), driver(u"Fabrikam"_s, "nothing here"));
    write(path(u"prose.sys"_s), "Leak, but no image");
    write(path(u"readme.txt"_s), "Leak");
}

void TestDriverSearch::gradeBeforeCompany()
{
    const auto path = [this](const QString &name) { return m_folder->filePath(u"drivers/"_s + name); };
    write(path(u"filter.sys"_s), driver(u"Zebra"_s, "\x41\xB9Leak"));
    QCOMPARE(names(search()), (QStringList{u"leaky.sys"_s, u"ms.sys"_s, u"filter.sys"_s, u"text.sys"_s}));
    const DriverSearch known = search();
    QCOMPARE(known.read, 0);
    QCOMPARE(known.hits[2].use.grade(), TagGrade::Medium);
    QCOMPARE(known.hits[2].use.medium, (TagUse::Hits{1, PeBuilder::HeadersSize}));
    QCOMPARE(known.hits[2].use.strong, TagUse::Hits());
}

void TestDriverSearch::bestFirst()
{
    const DriverSearch found = search();
    QCOMPARE(names(found), (QStringList{u"leaky.sys"_s, u"ms.sys"_s, u"text.sys"_s}));
    QCOMPARE(found.searched, 4);
    QCOMPARE(found.read, 5);
    QVERIFY(found.problems.empty());
    const DriverHit &hit = found.hits.front();
    QCOMPARE(hit.company, u"Contoso"_s);
    QCOMPARE(hit.version, u"1.2"_s);
    QCOMPARE(hit.machine, PeImage::Machine::X64);
    QCOMPARE(hit.use.strong.count, 1);
    QCOMPARE(hit.sha256.size(), 64);
}

void TestDriverSearch::secondTimeReadsNothing()
{
    const DriverSearch first = search();
    const DriverSearch second = search();
    QCOMPARE(second.read, 0);
    QCOMPARE(second.hits, first.hits);
    QCOMPARE(second.searched, first.searched);
    QCOMPARE(search("Othr").read, 4); // another tag; what is no image is known
    QCOMPARE(search("Othr").read, 0);
    QCOMPARE(search().read, 0);
}

void TestDriverSearch::changedFileIsReadAgain()
{
    QCOMPARE(search().hits.size(), 3U);
    const QString path = m_folder->filePath(u"drivers/vendor/leaky.sys"_s);
    write(path, driver(u"Contoso Ltd"_s, "mended, no tag"), 500);
    const DriverSearch found = search();
    QCOMPARE(found.read, 1);
    // Changed just now, again and again, with the same size: the time cannot tell.
    write(path, driver(u"Contoso Ltd"_s, "\x41\xB8Leak"), 0);
    QCOMPARE(search().hits.size(), 3U);
    write(path, driver(u"Contoso Ltd"_s, "mended, no tag"), 0);
    QCOMPARE(search().hits.size(), 2U);
    QCOMPARE(names(found), (QStringList{u"ms.sys"_s, u"text.sys"_s}));
    // A copy elsewhere is known by its hash.
    QVERIFY(QFile::copy(m_folder->filePath(u"drivers/ms.sys"_s), m_folder->filePath(u"drivers/copy.sys"_s)));
    QCOMPARE(names(search()), (QStringList{u"copy.sys"_s, u"ms.sys"_s, u"text.sys"_s}));
}

void TestDriverSearch::damagedCacheIsMadeAnew()
{
    const DriverSearch first = search();
    for (const QByteArray &damage :
        {"{\"schema\":\"poolscope.driver-cache/1\",\"files\":[]"_ba, QByteArray()}) {
        write(m_cache, damage);
        const DriverSearch again = search();
        QCOMPARE(again.hits, first.hits);
        QCOMPARE(again.read, 5);
    }
}

void TestDriverSearch::cacheHoldsSoManyFiles()
{
    QCOMPARE(search().read, 5);
    QJsonObject root = readCache();
    const QJsonObject ours = root.value(u"files"_s).toObject();
    QJsonObject files = ours;
    for (qsizetype i = files.size(); i < DriverCache::MostFiles; ++i)
        files.insert(u"/gone/%1.sys"_s.arg(i), QJsonArray{1, 1, u"00"_s});
    root.insert(u"files"_s, files);
    write(m_cache, QJsonDocument(root).toJson());
    QCOMPARE(search().read, 0);
    QCOMPARE(readCache().value(u"files"_s).toObject().size(), DriverCache::MostFiles);
    // One more, and room is made: for those asked for.
    write(m_folder->filePath(u"drivers/new.sys"_s), driver(u"Contoso"_s, "new"));
    QCOMPARE(search().read, 1);
    const QJsonObject kept = readCache().value(u"files"_s).toObject();
    QCOMPARE(kept.size(), ours.size() + 1);
    QCOMPARE(search().read, 0);
}

void TestDriverSearch::cacheHoldsSoManyTags()
{
    for (qsizetype i = 0; i <= 2 * DriverCache::MostTags; ++i) {
        const QByteArray tag = "T" + QByteArray::number(100 + i);
        QVERIFY(search(tag).read > 0);
        QCOMPARE(search(tag).read, 0);
        const QJsonObject images = readCache().value(u"images"_s).toObject();
        QVERIFY(!images.isEmpty());
        for (const QJsonValue &image : images)
            QVERIFY(image.toObject().value(u"uses"_s).toObject().size() <= DriverCache::MostTags);
    }
}

void TestDriverSearch::cacheForgetsFilesThatAreGone()
{
    const QString path = m_folder->filePath(u"drivers/vendor/leaky.sys"_s);
    QCOMPARE(search().read, 5);
    for (int version = 0; version < 3; ++version) {
        write(path, driver(u"Contoso"_s, "version " + QByteArray::number(version)), 500 - version);
        QCOMPARE(search().read, 1);
        QCOMPARE(readCache().value(u"images"_s).toObject().size(), 5);
    }
}

void TestDriverSearch::cancels()
{
    int asked = 0;
    const DriverSearch found = searchDrivers(
        driverFilesIn({m_folder->filePath(u"drivers"_s)}), "Leak", m_cache, [&asked](double done) {
            if (done < 0 || done > 1)
                qFatal("progress is a share");
            return ++asked < 3;
        });
    QVERIFY(found.isCancelled);
    QCOMPARE(found.read, 2);
    QCOMPARE(search().read, 3); // goes on where it stopped
}

void TestDriverSearch::listingCanBeStopped()
{
    const QStringList top{m_folder->filePath(u"drivers"_s)};
    const qsizetype all = driverFilesIn(top).paths.size();
    int folders = 0;
    const DriverFiles some = driverFilesIn(top, [&folders](double) { return ++folders < 2; });
    QVERIFY(!some.paths.isEmpty() && some.paths.size() < all);
    QVERIFY(driverFilesIn(top, [](double) { return false; }).paths.isEmpty());
}

void TestDriverSearch::cancelsWithinALargeFile()
{
    const QString path = writeLarge();
    std::vector<double> shares;
    const DriverSearch whole = searchDrivers({{path}}, "Leak", {}, [&shares](double share) {
        shares.push_back(share);
        return true;
    });
    QCOMPARE(whole.hits.size(), 1U);
    QVERIFY(std::ranges::is_sorted(shares));
    QVERIFY(shares.front() >= 0 && shares.back() <= 1);
    QVERIFY(shares.size() > 4); // while it is read, while it is hashed and while it is searched
    for (size_t last = 1; last <= shares.size(); ++last) {
        size_t asked = 0;
        const auto stopsAtLast = [&asked, last](double) { return ++asked < last; };
        QFile::remove(m_cache);
        const DriverSearch cut = searchDrivers({{path}}, "Leak", m_cache, stopsAtLast);
        QVERIFY(cut.isCancelled);
        QCOMPARE(asked, last);
        QVERIFY(cut.hits.empty() && cut.problems.empty());
        // Nothing is kept of half a file.
        QCOMPARE(searchDrivers({{path}}, "Leak", m_cache).hits, whole.hits);
    }
}

void TestDriverSearch::fileThatIsCutMeanwhile()
{
    const QString path = writeLarge();
    int asked = 0;
    const auto countsOnly = [&asked](double) { return ++asked > 0; };
    QCOMPARE(searchDrivers({{path}}, "Leak", {}, countsOnly).hits.size(), 1U);
    int reported = 0;
    for (int cutAt = 1, calls = asked; cutAt <= calls; ++cutAt) {
        QCOMPARE(writeLarge(), path);
        asked = 0;
        const DriverSearch found = searchDrivers({{path}}, "Leak", {}, [&](double) {
            if (++asked == cutAt && !QFile::resize(path, PeBuilder::HeadersSize))
                qFatal("cannot cut the file");
            return true;
        });
        // Read before it was cut, or said to have changed: nothing else. The first cut is before the reading.
        QCOMPARE(found.hits.size() + found.problems.size(), cutAt == 1 ? 0U : 1U);
        if (found.problems.empty())
            continue;
        ++reported;
        QCOMPARE(found.problems.front().what, u"changed while it was read"_s);
        QVERIFY(found.problems.front().where.endsWith(u"large.sys"));
    }
    QVERIFY(reported > 0);
}

void TestDriverSearch::fileThatIsTooLarge()
{
    const QString path = m_folder->filePath(u"huge.sys"_s);
    write(path, driver(u"Contoso"_s, "\x41\xB8Leak"));
    QVERIFY(QFile::resize(path, LargestDriverFile + 1)); // sparse: no room taken
    const DriverSearch found = searchDrivers({{path}}, "Leak", m_cache);
    QVERIFY(found.hits.empty());
    QCOMPARE(found.read, 0);
    QCOMPARE(found.problems.size(), 1U);
    QCOMPARE(found.problems.front().what, u"is larger than 512 MiB"_s);
    QVERIFY(found.problems.front().where.endsWith(u"huge.sys"));
}

void TestDriverSearch::saysWhatCannotBeRead()
{
    const QString gone = m_folder->filePath(u"gone.sys"_s);
    const QString noFolder = m_folder->filePath(u"drivers/readme.txt/cache.json"_s);
    const DriverSearch found = searchDrivers({{gone}}, "Leak", noFolder);
    QCOMPARE(found.problems.size(), 1U);
    QVERIFY(found.problems.front().where.endsWith(u"gone.sys"));
    const DriverSearch folder = searchDrivers({{m_folder->path()}}, "Leak", {});
    QCOMPARE(folder.problems.size(), 1U);
    QCOMPARE(folder.problems.front().what, u"is no ordinary file"_s);
    const DriverSearch kept = searchDrivers({{m_folder->filePath(u"drivers/ms.sys"_s)}}, "Leak", noFolder);
    QCOMPARE(kept.hits.size(), 1U);
    QCOMPARE(kept.problems.size(), 1U);
    QCOMPARE(kept.problems.front().kind, ErrorKind::WriteFailed);
}

void TestDriverSearch::foldersAndFiles()
{
    const QString readme = m_folder->filePath(u"drivers/readme.txt"_s);
    const DriverFiles files = driverFilesIn({readme, m_folder->filePath(u"drivers"_s), readme});
    QCOMPARE(files.paths.size(), 6);
    QCOMPARE(files.paths.front(), readme);
    QVERIFY(files.problems.empty());
    QVERIFY(QDir().mkpath(m_folder->filePath(u"empty/below"_s)));
    const DriverFiles none = driverFilesIn({m_folder->filePath(u"empty"_s)});
    QVERIFY(none.paths.isEmpty() && none.problems.empty());
}

void TestDriverSearch::linksToFoldersAreNotFollowed()
{
    const QString drivers = m_folder->filePath(u"drivers"_s);
    const QStringList before = driverFilesIn({drivers}).paths;
    if (!QFile::link(drivers, drivers + u"/vendor/round"_s))
        QSKIP("there are no links here");
    QCOMPARE(driverFilesIn({drivers}).paths, before);
}

void TestDriverSearch::saysWhichFolderCannotBeListed()
{
    const QString closed = m_folder->filePath(u"drivers/vendor"_s);
    const auto allow = [&closed](QFile::Permissions permissions) {
        return QFile::setPermissions(closed, permissions);
    };
    const QFile::Permissions before = QFile::permissions(closed);
    if (!allow({}))
        QSKIP("this system keeps no permission to list a folder");
    const auto giveBack = qScopeGuard([&] { allow(before); });
    if (!QDir(closed).isEmpty(QDir::Files))
        QSKIP("this user reads every folder");
    const DriverSearch found = search();
    QCOMPARE(names(found), (QStringList{u"ms.sys"_s, u"text.sys"_s}));
    QCOMPARE(found.problems.size(), 1U);
    const Error &problem = found.problems.front();
    QCOMPARE(problem.where, QDir::toNativeSeparators(closed));
    QVERIFY2(problem.what.startsWith(u"the folder cannot be listed (") && problem.what.size() > 35,
        qPrintable(problem.what));
}

void TestDriverSearch::pathsOfTheKernel_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("path");
    QTest::newRow("system root") << "\\SystemRoot\\system32\\ntoskrnl.exe"_ba
                                 << u"C:/Windows/system32/ntoskrnl.exe"_s;
    QTest::newRow("case") << "\\systemroot\\System32\\drivers\\x.sys"_ba
                          << u"C:/Windows/System32/drivers/x.sys"_s;
    QTest::newRow("dos path") << "\\??\\D:\\Tools\\y.sys"_ba << u"D:/Tools/y.sys"_s;
    QTest::newRow("without drive") << "\\Windows\\z.sys"_ba << u"C:/Windows/z.sys"_s;
    QTest::newRow("as it is") << "C:\\a\\b.sys"_ba << u"C:/a/b.sys"_s;
}

void TestDriverSearch::pathsOfTheKernel()
{
    QFETCH(QByteArray, name);
    for (const int pointerBytes : {4, 8}) {
        const QByteArray answer = modules(pointerBytes, {name, {}, "C:\\last.sys"});
        const QStringList paths = driverPathsFrom(answer, pointerBytes, u"C:\\Windows"_s);
        QCOMPARE(paths.size(), 2);
        QTEST(paths.front(), "path");
        for (qsizetype size = 0; size < answer.size(); ++size)
            QVERIFY(driverPathsFrom(answer.first(size), pointerBytes, u"C:\\Windows"_s).size() < 2);
    }
}

void TestDriverSearch::clonesForDumps()
{
    const auto path = [this](const QString &name) { return m_folder->filePath(u"drivers/"_s + name); };
    write(path(u"dump_real.sys"_s), "a driver of that name");
    write(path(u"real.sys"_s), "another driver");
    const QStringList paths = {path(u"ms.sys"_s), path(u"dump_ms.sys"_s), path(u"DUMP_text.sys"_s),
        path(u"dump_real.sys"_s), path(u"dump_gone.sys"_s), path(u"gone.sys"_s)};
    const QStringList files = {path(u"ms.sys"_s), path(u"text.sys"_s), path(u"dump_real.sys"_s),
        path(u"dump_gone.sys"_s), path(u"gone.sys"_s)};
    QCOMPARE(withoutDumpClones(paths), files);
}

void TestDriverSearch::noWindowsNoDrivers()
{
    if (hasWindowsDrivers())
        QSKIP("the kernel of this machine lists its drivers");
    const auto files = loadedDriverFiles();
    QVERIFY(!files.ok());
    QCOMPARE(files.error().kind, ErrorKind::SourceUnavailable);
    QVERIFY(!files.error().whatToDo.isEmpty());
}

QTEST_GUILESS_MAIN(TestDriverSearch)
#include "tst_driversearch.moc"
