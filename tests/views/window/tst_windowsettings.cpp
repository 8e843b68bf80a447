// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/windowsettings.h"

#include <QFile>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using std::chrono::milliseconds;

class TestWindowSettings : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void defaultsOfAnEmptyProfile();
    void everythingReadsBack();
    void pinsKeepRawBytesAndEmptiness();
    void oldSourcesAreForgotten();
    void badValuesGiveDefaults_data();
    void badValuesGiveDefaults();
    void damagedFileIsSetAside_data();
    void damagedFileIsSetAside();
    void unwritableFolderIsReportedOnce();
    void defaultPathFollowsTheTestMode();

private:
    void write(const QByteArray &content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void TestWindowSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"window.ini"_s);
}

void TestWindowSettings::write(const QByteArray &content) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestWindowSettings::defaultsOfAnEmptyProfile()
{
    WindowSettings settings(m_path);
    QCOMPARE(settings.interval(), milliseconds(2s));
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QCOMPARE(settings.numberStyle(), NumberStyle::Grouped);
    QVERIFY(settings.recentSources().isEmpty());
    QVERIFY(!settings.pins(u"slab:"_s));
    QVERIFY(settings.state(u"window"_s).isEmpty());
    QVERIFY(settings.problems().isEmpty());
}

void TestWindowSettings::everythingReadsBack()
{
    {
        WindowSettings settings(m_path);
        settings.setInterval(750ms);
        settings.setTheme(ThemeChoice::Dark);
        settings.setNumberStyle(NumberStyle::Scaled);
        settings.addRecentSource(u"command:ssh host poolscope-cli stream"_s);
        settings.addRecentSource(u"demo:"_s);
        settings.setState(u"window"_s, QByteArray("\0\xFFstate\n", 8));
        settings.save();
        QVERIFY(settings.problems().isEmpty());
    }
    WindowSettings settings(m_path);
    QCOMPARE(settings.interval(), 750ms);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QCOMPARE(settings.numberStyle(), NumberStyle::Scaled);
    QCOMPARE(settings.recentSources(), QStringList({u"demo:"_s, u"command:ssh host poolscope-cli stream"_s}));
    QCOMPARE(settings.state(u"window"_s), QByteArray("\0\xFFstate\n", 8));
}

void TestWindowSettings::pinsKeepRawBytesAndEmptiness()
{
    const std::vector<Tag> tags = {{"dentry", PoolType::Paged},
        {QByteArray("\xFF a\0", 4), PoolType::Nonpaged}, {" x\\", PoolType::None}};
    {
        WindowSettings settings(m_path);
        settings.setPins(u"slab:"_s, tags);
        settings.setPins(u"slab:/some/where"_s, {});
        settings.save();
    }
    WindowSettings settings(m_path);
    QCOMPARE(settings.pins(u"slab:"_s), std::optional(tags));
    QCOMPARE(settings.pins(u"slab:/some/where"_s), std::optional(std::vector<Tag>()));
    QCOMPARE(settings.pins(u"demo:"_s), std::nullopt);
}

void TestWindowSettings::oldSourcesAreForgotten()
{
    WindowSettings settings(m_path);
    const auto uri = [](qsizetype i) { return u"slab:/%1"_s.arg(i); };
    for (qsizetype i = 0; i <= WindowSettings::MaxRecentSources; ++i) {
        settings.addRecentSource(uri(i));
        settings.setPins(uri(i), {{"a"}});
    }
    QCOMPARE(settings.recentSources().size(), WindowSettings::MaxRecentSources);
    QVERIFY(!settings.pins(uri(0)));
    QVERIFY(settings.pins(uri(1)));
    settings.addRecentSource(uri(1));
    QCOMPARE(settings.recentSources().first(), uri(1));
    QCOMPARE(settings.recentSources().size(), WindowSettings::MaxRecentSources);
}

void TestWindowSettings::badValuesGiveDefaults_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("interval: word") << QByteArray("interval=soon");
    QTest::newRow("interval: too short") << QByteArray("interval=1ms");
    QTest::newRow("interval: a list") << QByteArray("interval=1, 2, 3");
    QTest::newRow("theme") << QByteArray("theme=7");
    QTest::newRow("numbers") << QByteArray("numbers=@ByteArray(\\xff)");
}

void TestWindowSettings::badValuesGiveDefaults()
{
    QFETCH(QByteArray, line);
    write("[General]\n" + line + "\n");
    WindowSettings settings(m_path);
    QCOMPARE(settings.interval(), milliseconds(2s));
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QCOMPARE(settings.numberStyle(), NumberStyle::Grouped);
    QCOMPARE(settings.problems().size(), 1);
    QVERIFY(settings.problems().first().contains(QString::fromLatin1(line.left(line.indexOf('=')))));
}

void TestWindowSettings::damagedFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("this is no settings file\nat all\n");
    QByteArray noise;
    for (int i = 0; i < 4000; ++i)
        noise += static_cast<char>((i * 7919) >> 3);
    QTest::newRow("noise") << noise;
}

void TestWindowSettings::damagedFileIsSetAside()
{
    QFETCH(QByteArray, content);
    write(content);
    {
        WindowSettings settings(m_path);
        QCOMPARE(settings.problems().size(), 1);
        QCOMPARE(settings.interval(), milliseconds(2s));
        settings.setInterval(5s);
        settings.save();
        QCOMPARE(settings.problems().size(), 1);
    }
    QFile aside(m_path + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    WindowSettings settings(m_path);
    QVERIFY(settings.problems().isEmpty());
    QCOMPARE(settings.interval(), milliseconds(5s));
}

void TestWindowSettings::unwritableFolderIsReportedOnce()
{
    // A file where the folder should be stops root too.
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    WindowSettings settings(file.fileName() + u"/window.ini"_s);
    QSignalSpy found(&settings, &WindowSettings::problemFound);
    settings.setInterval(5s);
    settings.save();
    settings.save();
    QCOMPARE(settings.problems().size(), 1);
    QVERIFY(found.count() <= 1);
    QCOMPARE(settings.interval(), milliseconds(5s));
}

void TestWindowSettings::defaultPathFollowsTheTestMode()
{
    QStandardPaths::setTestModeEnabled(true);
    const QString path = WindowSettings::defaultPath();
    QStandardPaths::setTestModeEnabled(false);
    QVERIFY(path.endsWith(u"/poolscope/window.ini"_s));
    QVERIFY(path != WindowSettings::defaultPath());
}

QTEST_MAIN(TestWindowSettings)
#include "tst_windowsettings.moc"
