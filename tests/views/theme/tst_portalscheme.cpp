// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/portalscheme_linux.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

/// What a desktop's portal does for this one setting.
class FakePortal : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint scheme = 0;

public slots:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        asked << group + u'/' + key;
        return QDBusVariant(QVariant::fromValue(QDBusVariant(scheme)));
    }

signals:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

public:
    QStringList asked;
};

class TestPortalScheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void asksAndFollows_data();
    void asksAndFollows();
    void noPortalIsNoAnswer();

private:
    void waitForAnswers(const QString &connection) const;

    QProcess m_daemon;
    QString m_address;
};

void TestPortalScheme::initTestCase()
{
    const QString program = QStandardPaths::findExecutable(u"dbus-daemon"_s);
    if (program.isEmpty())
        QSKIP("dbus-daemon is not installed");
    m_daemon.start(program, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    QTRY_VERIFY(m_daemon.canReadLine() || m_daemon.state() == QProcess::NotRunning);
    m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
    if (m_address.isEmpty())
        QSKIP("dbus-daemon does not start here");
}

void TestPortalScheme::cleanupTestCase()
{
    m_daemon.kill();
    m_daemon.waitForFinished();
}

/// Answers come in order: those to earlier questions are here when the one to this is.
void TestPortalScheme::waitForAnswers(const QString &connection) const
{
    QDBusConnection bus = QDBusConnection::connectToBus(m_address, connection);
    const QDBusMessage question = QDBusMessage::createMethodCall(
        u"org.freedesktop.DBus"_s, u"/"_s, u"org.freedesktop.DBus"_s, u"ListNames"_s);
    QCOMPARE(bus.call(question).type(), QDBusMessage::ReplyMessage);
    QCoreApplication::processEvents();
}

void TestPortalScheme::asksAndFollows_data()
{
    QTest::addColumn<uint>("scheme");
    QTest::addColumn<QList<bool>>("answers");
    QTest::newRow("no preference") << 0U << QList<bool>{};
    QTest::newRow("dark") << 1U << QList<bool>{true};
    QTest::newRow("light") << 2U << QList<bool>{false};
}

void TestPortalScheme::asksAndFollows()
{
    QFETCH(uint, scheme);
    QFETCH(QList<bool>, answers);
    QDBusConnection server = QDBusConnection::connectToBus(m_address, u"server"_s);
    FakePortal portal;
    portal.scheme = scheme;
    QVERIFY(server.registerObject(u"/org/freedesktop/portal/desktop"_s, &portal,
        QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(server.registerService(u"org.freedesktop.portal.Desktop"_s));

    PortalScheme watcher(QDBusConnection::connectToBus(m_address, u"client"_s));
    QSignalSpy wanted(&watcher, &PortalScheme::darkWanted);
    const auto heard = [&wanted] {
        QList<bool> all;
        for (const QList<QVariant> &each : wanted)
            all << each.at(0).toBool();
        return all;
    };
    watcher.watch();
    QTRY_COMPARE(portal.asked, QStringList{u"org.freedesktop.appearance/color-scheme"_s});
    QTRY_COMPARE(heard(), answers);
    waitForAnswers(u"client"_s);
    QCOMPARE(heard(), answers);

    emit portal.SettingChanged(u"org.freedesktop.appearance"_s, u"accent-color"_s, QDBusVariant(1U));
    emit portal.SettingChanged(u"org.freedesktop.appearance"_s, u"color-scheme"_s, QDBusVariant(1U));
    emit portal.SettingChanged(u"org.freedesktop.appearance"_s, u"color-scheme"_s, QDBusVariant(2U));
    QTRY_COMPARE(heard(), answers + QList<bool>({true, false}));
    server.unregisterService(u"org.freedesktop.portal.Desktop"_s);
    QDBusConnection::disconnectFromBus(u"server"_s);
    QDBusConnection::disconnectFromBus(u"client"_s);
}

void TestPortalScheme::noPortalIsNoAnswer()
{
    PortalScheme watcher(QDBusConnection::connectToBus(m_address, u"lonely"_s));
    QSignalSpy wanted(&watcher, &PortalScheme::darkWanted);
    watcher.watch();
    waitForAnswers(u"lonely"_s);
    QCOMPARE(wanted.count(), 0);
    QDBusConnection::disconnectFromBus(u"lonely"_s);
}

QTEST_MAIN(TestPortalScheme)
#include "tst_portalscheme.moc"
