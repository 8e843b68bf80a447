// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope::testing;
using namespace Qt::Literals::StringLiterals;

/// What `cmake --install` gives a Linux desktop and systemd, asked of their own tools.
class TestLinuxPackaging : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void filesAreInstalled_data();
    void filesAreInstalled();
    void toolsAccept_data();
    void toolsAccept();
    void recordingsAreRecognised();
    void serviceIsSound();

private:
    [[nodiscard]] QString installed(const QString &path) const { return m_prefix.filePath(path); }

    QTemporaryDir m_prefix;
};

void TestLinuxPackaging::initTestCase()
{
    const CliResult result = runProgram(QStringLiteral(POOLSCOPE_CMAKE),
        {u"-DCMAKE_INSTALL_PREFIX="_s + m_prefix.path(), u"-P"_s, QStringLiteral(POOLSCOPE_INSTALL_SCRIPT)});
    QVERIFY2(result.exitCode == 0, shown(result.err));
}

void TestLinuxPackaging::filesAreInstalled_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path :
        {"share/applications/poolscope.desktop", "share/metainfo/org.poolscope.PoolScope.metainfo.xml",
            "share/mime/packages/poolscope.xml", "share/icons/hicolor/scalable/apps/poolscope.svg",
            "share/icons/hicolor/scalable/mimetypes/application-x-poolscope.svg",
            "lib/systemd/system/poolscope-record.service"})
        QTest::newRow(path) << QString::fromLatin1(path);
}

void TestLinuxPackaging::filesAreInstalled()
{
    QFETCH(QString, path);
    QVERIFY(QFile::exists(installed(path)));
}

void TestLinuxPackaging::toolsAccept_data()
{
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("path");
    QTest::newRow("desktop file") << u"desktop-file-validate"_s << QStringList{}
                                  << u"share/applications/poolscope.desktop"_s;
    QTest::newRow("metainfo") << u"appstreamcli"_s << QStringList{u"validate"_s, u"--no-net"_s}
                              << u"share/metainfo/org.poolscope.PoolScope.metainfo.xml"_s;
    QTest::newRow("MIME type") << u"xmllint"_s << QStringList{u"--noout"_s}
                               << u"share/mime/packages/poolscope.xml"_s;
}

void TestLinuxPackaging::toolsAccept()
{
    QFETCH(QString, tool);
    QFETCH(QStringList, arguments);
    QFETCH(QString, path);
    if (QStandardPaths::findExecutable(tool).isEmpty())
        QSKIP(qPrintable(tool + u" is not installed"_s));
    const CliResult result = runProgram(tool, arguments + QStringList{installed(path)});
    QVERIFY2(result.exitCode == 0, shown(result.out + result.err));
}

/// By content where the name says nothing, and not every SQLite database.
void TestLinuxPackaging::recordingsAreRecognised()
{
    if (QStandardPaths::findExecutable(u"update-mime-database"_s).isEmpty())
        QSKIP("update-mime-database (package shared-mime-info) is not installed");
    const CliResult result = runProgram(u"update-mime-database"_s, {installed(u"share/mime"_s)});
    QVERIFY2(result.exitCode == 0, shown(result.err));
    qputenv("XDG_DATA_DIRS", QFile::encodeName(installed(u"share"_s)));
    qputenv("XDG_DATA_HOME", QFile::encodeName(installed(u"none"_s)));
    const QMimeDatabase types;
    QCOMPARE(types.mimeTypeForFile(u"a.poolscope"_s, QMimeDatabase::MatchExtension).name(),
        u"application/x-poolscope"_s);
    QByteArray head(100, '\0');
    head.replace(0, 15, "SQLite format 3");
    QVERIFY(types.mimeTypeForData(head).name() != u"application/x-poolscope"_s);
    head.replace(68, 4, "POOL"); // application_id 0x504F4F4C
    QCOMPARE(types.mimeTypeForData(head).name(), u"application/x-poolscope"_s);
}

void TestLinuxPackaging::serviceIsSound()
{
    if (QStandardPaths::findExecutable(u"systemd-analyze"_s).isEmpty())
        QSKIP("systemd-analyze (package systemd) is not installed");
    QFile file(installed(u"lib/systemd/system/poolscope-record.service"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray unit = file.readAll();
    QVERIFY(!unit.contains("@CMAKE"));
    // The program that this build made stands where the installed one will.
    const qsizetype begin = unit.indexOf("\nExecStart=") + 11;
    unit.replace(begin, unit.indexOf(' ', begin) - begin, QFile::encodeName(cliPath()));
    QFile copy(installed(u"poolscope-record.service"_s));
    QVERIFY(copy.open(QIODevice::WriteOnly));
    copy.write(unit);
    copy.close();
    const CliResult result = runProgram(u"systemd-analyze"_s, {u"verify"_s, copy.fileName()});
    QVERIFY2(result.exitCode == 0 && !result.err.contains("poolscope-record"), shown(result.err));

    // What it starts is a command line that the program understands, up to the folder that is missing here.
    const QByteArray command = unit.mid(begin, unit.indexOf('\n', begin) - begin);
    QStringList words = QString::fromUtf8(command).split(u' ').sliced(1);
    words.replaceInStrings(u"${STATE_DIRECTORY}"_s, u"/nonexistent"_s);
    const CliResult started = runCli(words);
    QVERIFY2(started.exitCode == 5 || started.exitCode == 4, shown(started.err));
}

QTEST_GUILESS_MAIN(TestLinuxPackaging)
#include "tst_linuxpackaging.moc"
