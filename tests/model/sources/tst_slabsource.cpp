// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/slabsource.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

void writeFile(const QString &path, const QByteArray &text)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

QByteArray slabinfo(const QByteArrayList &names)
{
    QByteArray out = "slabinfo - version: 2.1\n# name\n";
    for (const QByteArray &name : names)
        out += name + " 10 20 64 21 2 : tunables 0 0 0 : slabdata 13 13 0\n";
    return out;
}

void link(const QString &target, const QString &path)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    std::filesystem::create_symlink(target.toStdString(), path.toStdString());
}

} // namespace

class TestSlabSource : public QObject
{
    Q_OBJECT

private slots:
    void copiedTree();
    void flatCopy();
    void newNameIsLookedUp();
    void commitPeakIsKept();
    void replacedCopyIsRead();
    void missingTree();
    void notARegularFile();
    void damagedCopy();
    void permissionDenied();
    void liveKernel();
};

void TestSlabSource::copiedTree()
{
    const QTemporaryDir dir;
    const QString slab = dir.filePath(u"sys/kernel/slab"_s);
    writeFile(dir.filePath(u"proc/slabinfo"_s), slabinfo({"mnt_cache", "dentry", "own", "unreadable"}));
    writeFile(dir.filePath(u"proc/meminfo"_s),
        "MemTotal: 100 kB\nSReclaimable: 30 kB\nSUnreclaim: 20 kB\nCommitted_AS: 9 kB\n");
    writeFile(dir.filePath(u"proc/vmstat"_s), "pgfault 77\n");
    writeFile(slab + u"/:A-0000384/reclaim_account"_s, "0\n");
    writeFile(slab + u"/own/reclaim_account"_s, "0\n");
    writeFile(slab + u"/:a-0000192/reclaim_account"_s, "1\n");
    link(u":A-0000384"_s, slab + u"/mnt_cache"_s);
    link(u":A-0000384"_s, slab + u"/posix_timers_cache"_s);
    link(u":A-0000384"_s, slab + u"/a_third"_s);
    link(u":a-0000192"_s, slab + u"/dentry"_s);

    SlabSource source(dir.path());
    QCOMPARE(source.uri(), QString(u"slab:"_s + dir.path()));
    QVERIFY(source.open().ok());
    const auto read = source.read();
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text()));
    const Sample &sample = *read.value();
    QCOMPARE(sample.tags->size(), 4);
    QVERIFY(
        ((*sample.tags)[0] == TagEntry{{"mnt_cache", PoolType::Nonpaged}, "a_third, posix_timers_cache"}));
    QVERIFY(((*sample.tags)[1] == TagEntry{{"dentry", PoolType::Paged}, {}}));
    QVERIFY(((*sample.tags)[2] == TagEntry{{"own", PoolType::Nonpaged}, {}}));
    QVERIFY(((*sample.tags)[3] == TagEntry{{"unreadable", PoolType::None}, {}}));
    QCOMPARE(sample.readings[0].outstanding.value(), 10);
    QCOMPARE(sample.readings[0].bytes.value(), 640);
    QVERIFY(!sample.readings[0].allocs.isKnown());
    QCOMPARE(sample.system[SystemField::PageFaults].value(), 77);
    QCOMPARE(sample.system[SystemField::Untagged].value(), 50 * 1024 - 4 * 640);
    QVERIFY(sample.origin->bootId.isEmpty());
    QVERIFY(sample.origin->host.isEmpty());
    QCOMPARE(sample.origin->uri, source.uri());

    const auto again = source.read();
    QVERIFY(again.ok());
    QCOMPARE(again.value()->tags.get(), sample.tags.get());
    QVERIFY(again.value()->monotonic > sample.monotonic);
}

void TestSlabSource::flatCopy()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}));
    SlabSource source(dir.path());
    QVERIFY(source.open().ok());
    const auto read = source.read();
    QVERIFY(read.ok());
    QVERIFY(((*read.value()->tags)[0] == TagEntry{{"a", PoolType::None}, {}}));
    QVERIFY(!read.value()->system[SystemField::MemTotal].isKnown());
    QVERIFY(!read.value()->system[SystemField::Untagged].isKnown());
}

void TestSlabSource::newNameIsLookedUp()
{
    const QTemporaryDir dir;
    const QString slab = dir.filePath(u"sys/kernel/slab"_s);
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}));
    writeFile(slab + u"/:0000064/reclaim_account"_s, "0\n");
    link(u":0000064"_s, slab + u"/a"_s);
    SlabSource source(dir.path());
    QVERIFY(source.open().ok());
    const auto first = source.read();
    QVERIFY(first.ok());
    QVERIFY(((*first.value()->tags)[0] == TagEntry{{"a", PoolType::Nonpaged}, {}}));

    link(u":0000064"_s, slab + u"/b"_s);
    writeFile(slab + u"/c/reclaim_account"_s, "1\n");
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"c", "a"}));
    const auto second = source.read();
    QVERIFY(second.ok());
    QVERIFY(((*second.value()->tags)[0] == TagEntry{{"c", PoolType::Paged}, {}}));
    QVERIFY(((*second.value()->tags)[1] == TagEntry{{"a", PoolType::Nonpaged}, "b"}));
}

void TestSlabSource::commitPeakIsKept()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}));
    SlabSource source(dir.path());
    QVERIFY(source.open().ok());
    const auto peakAfter = [&](const QByteArray &commit) {
        writeFile(dir.filePath(u"meminfo"_s), "Committed_AS: " + commit + " kB\n");
        const auto read = source.read();
        return read ? read.value()->system[SystemField::CommitPeak].valueOr(-1) / 1024 : -2;
    };
    QCOMPARE(peakAfter("5"), 5);
    QCOMPARE(peakAfter("9"), 9);
    QCOMPARE(peakAfter("7"), 9);
}

void TestSlabSource::replacedCopyIsRead()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}));
    SlabSource source(dir.path());
    QVERIFY(source.open().ok());
    QVERIFY(source.read().ok());
    writeFile(dir.filePath(u"new"_s), slabinfo({"a", "b"}));
    std::filesystem::rename(dir.filePath(u"new"_s).toStdString(), dir.filePath(u"slabinfo"_s).toStdString());
    const auto read = source.read();
    QVERIFY(read.ok());
    QCOMPARE(read.value()->tags->size(), 2);
    QVERIFY(QFile::remove(dir.filePath(u"slabinfo"_s)));
    const auto gone = source.read();
    QVERIFY(!gone.ok());
    QCOMPARE(gone.error().kind, ErrorKind::SourceUnavailable);
}

void TestSlabSource::missingTree()
{
    SlabSource source(u"/nowhere/at/all"_s);
    const auto opened = source.open();
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().kind, ErrorKind::SourceUnavailable);
    QCOMPARE(opened.error().where, u"/nowhere/at/all/proc/slabinfo"_s);
    QVERIFY(!opened.error().whatToDo.isEmpty());
    QVERIFY(!source.read().ok());
}

void TestSlabSource::notARegularFile()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkpath(u"slabinfo"_s));
    SlabSource source(dir.path());
    const auto opened = source.open();
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().kind, ErrorKind::SourceUnavailable);
}

void TestSlabSource::damagedCopy()
{
    const QTemporaryDir dir;
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}) + "b 1 2\n");
    SlabSource source(dir.path());
    QVERIFY(source.open().ok());
    const auto read = source.read();
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::BadInput);
    QCOMPARE(read.error().where, QString(dir.filePath(u"slabinfo"_s) + u", line 4"_s));
    // The next reading is tried afresh.
    writeFile(dir.filePath(u"slabinfo"_s), slabinfo({"a"}));
    QVERIFY(source.read().ok());
}

void TestSlabSource::permissionDenied()
{
    QFile probe(u"/proc/slabinfo"_s);
    if (!probe.exists())
        QSKIP("there is no /proc/slabinfo here");
    if (probe.open(QIODevice::ReadOnly))
        QSKIP("/proc/slabinfo may be read by this user");
    SlabSource source;
    const auto opened = source.open();
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().kind, ErrorKind::SourceUnavailable);
    QCOMPARE(opened.error().where, u"/proc/slabinfo"_s);
    QVERIFY(opened.error().whatToDo.contains(u"poolscope 'command:sudo poolscope-cli stream'"));
    QVERIFY(opened.error().whatToDo.contains(u"demo:"));
}

void TestSlabSource::liveKernel()
{
    SlabSource source;
    if (const auto opened = source.open(); !opened)
        QSKIP(qPrintable(opened.error().text()));
    const auto first = source.read();
    const auto second = source.read();
    QVERIFY(first.ok() && second.ok());
    const Sample &sample = *second.value();
    QVERIFY(sample.tags->size() > 20);
    QCOMPARE(sample.tags->size(), sample.readings.size());
    QVERIFY(!sample.origin->bootId.isEmpty());
    QVERIFY(!sample.origin->host.isEmpty());
    QVERIFY(sample.origin->system.contains(u"kernel"));
    QVERIFY(sample.readCost.count() > 0);
    QCOMPARE(sample.origin, first.value()->origin);
    for (const SystemField field : {SystemField::MemTotal, SystemField::MemAvailable, SystemField::PageFaults,
             SystemField::KernelResident, SystemField::Commit, SystemField::CommitLimit,
             SystemField::CommitPeak, SystemField::PoolNonpaged, SystemField::PoolPaged})
        QVERIFY2(sample.system[field].value() > 0, systemFieldInfo(field).key.data());
    const auto typed = std::ranges::count_if(
        *sample.tags, [](const TagEntry &entry) { return entry.tag.type == PoolType::Paged; });
    QVERIFY(typed > 0 && size_t(typed) < sample.tags->size());
}

QTEST_GUILESS_MAIN(TestSlabSource)
#include "tst_slabsource.moc"
