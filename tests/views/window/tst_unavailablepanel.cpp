// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/unavailablepanel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestUnavailablePanel : public QObject
{
    Q_OBJECT

private slots:
    void mendings_data();
    void mendings();
    void saysWhyAndOffersButtons();
    void openingOffersNothing();
    void copiesTheCommand();
};

namespace {

const Error NoRights{ErrorKind::SourceUnavailable, u"cannot read slab counters: Permission denied"_s,
    u"/proc/slabinfo"_s, u"only root may read it"_s};

QPushButton *button(const QWidget &panel, const QString &name)
{
    return panel.findChild<QPushButton *>(u"unavailable."_s + name);
}

} // namespace

void TestUnavailablePanel::mendings_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("authoriser");
    QTest::addColumn<bool>("isForbidden");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("authorisedUri");
    QTest::newRow("live")
        << u"slab:"_s << u"/usr/bin/pkexec"_s << true
        << u"sudo -v && /opt/p/poolscope 'command:sudo -n /opt/p/poolscope-cli stream slab:'"_s
        << u"command:/usr/bin/pkexec /opt/p/poolscope-cli stream slab:"_s;
    QTest::newRow("live, no pkexec")
        << u"slab:"_s << u""_s << true
        << u"sudo -v && /opt/p/poolscope 'command:sudo -n /opt/p/poolscope-cli stream slab:'"_s << u""_s;
    QTest::newRow("command") << u"command:ssh host stream"_s << u"/usr/bin/pkexec"_s << false
                             << u"ssh host stream"_s << u""_s;
    QTest::newRow("live, not there") << u"slab:"_s << u"/usr/bin/pkexec"_s << false << u""_s << u""_s;
    QTest::newRow("copied tree") << u"slab:/tmp/x"_s << u"/usr/bin/pkexec"_s << true << u""_s << u""_s;
}

void TestUnavailablePanel::mendings()
{
    QFETCH(bool, isForbidden);
    QFETCH(QString, uri);
    QFETCH(QString, authoriser);
    const Mending mending = mendingFor(uri, {u"slab:"_s, u"/opt/p"_s, authoriser, isForbidden});
    QTEST(mending.command, "command");
    QTEST(mending.authorisedUri, "authorisedUri");
    QCOMPARE(mending.commandHint.isEmpty(), mending.command.isEmpty());
}

void TestUnavailablePanel::saysWhyAndOffersButtons()
{
    UnavailablePanel panel;
    panel.show();
    panel.showError(
        u"slab: this machine"_s, NoRights, {u"sudo it"_s, u"hint"_s, u"command:pkexec it"_s, true});
    QCOMPARE(panel.reason(), u"Cannot read slab counters: Permission denied: /proc/slabinfo"_s);
    panel.showError(u"slab: this machine"_s, NoRights, {{}, {}, u"command:pkexec it"_s, false});
    QVERIFY(panel.reason().endsWith(u"\nonly root may read it"_s));
    QSignalSpy retry(&panel, &UnavailablePanel::retryWanted);
    QSignalSpy source(&panel, &UnavailablePanel::sourceWanted);
    QTest::mouseClick(button(panel, u"retry"_s), Qt::LeftButton);
    QCOMPARE(retry.count(), 1);
    QTest::mouseClick(button(panel, u"demo"_s), Qt::LeftButton);
    QCOMPARE(source.takeFirst().at(0).toString(), u"demo:"_s);
    QTest::mouseClick(button(panel, u"authorise"_s), Qt::LeftButton);
    QCOMPARE(source.takeFirst().at(0).toString(), u"command:pkexec it"_s);
}

void TestUnavailablePanel::openingOffersNothing()
{
    UnavailablePanel panel;
    panel.show();
    panel.showError(u"slab"_s, NoRights, {});
    QVERIFY(button(panel, u"retry"_s)->isVisible());
    QVERIFY(!button(panel, u"copy"_s)->isVisible());
    QVERIFY(!button(panel, u"authorise"_s)->isVisible());
    panel.showOpening(u"slab"_s);
    QVERIFY(!button(panel, u"retry"_s)->isVisible());
    QVERIFY(!button(panel, u"demo"_s)->isVisible());
}

void TestUnavailablePanel::copiesTheCommand()
{
    UnavailablePanel panel;
    panel.show();
    panel.showError(u"slab"_s, NoRights, {u"sudo it"_s, u"hint"_s, {}, true});
    QTest::mouseClick(button(panel, u"copy"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"sudo it"_s);
}

QTEST_MAIN(TestUnavailablePanel)
#include "tst_unavailablepanel.moc"
