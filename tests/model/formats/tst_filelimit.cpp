// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/filewriter.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

#include <sys/resource.h>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

/// Needs limits on the size of files, which POSIX has.
class TestFileLimit : public QObject
{
    Q_OBJECT

private slots:
    void writeThatBreaksOff();
};

void TestFileLimit::writeThatBreaksOff()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"kept.json"_s);
    QVERIFY(writeFileWhole(path, "old"_ba).ok());
    const QStringList before = QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden);
    // A limit on the size of files stops the write half way, as a full disk does.
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
    const rlimit tight{20'000, usual.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = writeFileWhole(path, QByteArray(100'000, 'x'));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    std::signal(SIGXFSZ, ignored);

    QVERIFY(!written.ok());
    QCOMPARE(written.error().kind, ErrorKind::WriteFailed);
    QVERIFY2(written.error().whatToDo.contains(u"free space"), qPrintable(written.error().text()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "old"_ba);
}

QTEST_GUILESS_MAIN(TestFileLimit)
#include "tst_filelimit.moc"
