// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/tagnamecontroller.h"

#include "views/window/bannerstack.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Window
{
    QWidget widget;
    BannerStack banners{&widget};
    QAction choose;
    TagNameController controller{choose, banners, widget};
    QSignalSpy changes{&controller, &TagNameController::changed};

    [[nodiscard]] QString said() const
    {
        QStringList texts;
        for (const QLabel *label : banners.findChildren<QLabel *>())
            texts << label->text();
        return texts.join(u'\n');
    }
};

QString makeFile(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the file of the test cannot be written");
    return file.fileName();
}

} // namespace

class TestTagNameController : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void cleanup() { QVERIFY(setChosenTagFile({})); }
    void takesAFileAndGivesItUp();
    void refusesWhatIsNone();
    void asksWithADialog();
};

void TestTagNameController::takesAFileAndGivesItUp()
{
    const QTemporaryDir folder;
    const QString path = makeFile(folder, u"mine.txt"_s, "Mine - my.sys - ours\nTwo? - x.sys - y\n");
    Window window;
    window.controller.choose(path);
    QTRY_COMPARE(window.changes.size(), 1);
    QVERIFY2(window.said().contains(u"mine.txt (2 entries)"_s), qPrintable(window.said()));
    QCOMPARE(chosenTagFile(), path);
    QVERIFY(tagNamePlaces().isChosen);
    for (auto *button : window.banners.findChildren<QAbstractButton *>()) {
        if (button->text().contains(u"newest"_s))
            button->click();
    }
    QTRY_COMPARE(window.changes.size(), 2);
    QCOMPARE(chosenTagFile(), QString());
    QVERIFY(!window.said().contains(u"mine.txt"_s));
}

void TestTagNameController::refusesWhatIsNone()
{
    const QTemporaryDir folder;
    const QString path = makeFile(folder, u"prose.txt"_s, "once upon a time\n");
    Window window;
    window.controller.choose(path);
    QTRY_VERIFY(window.said().contains(u"not a pool tag file"_s));
    QVERIFY(window.said().contains(u"prose.txt"_s));
    QCOMPARE(window.changes.size(), 0);
    QCOMPARE(chosenTagFile(), QString());
}

void TestTagNameController::asksWithADialog()
{
    Window window;
    window.choose.trigger();
    auto *dialog = window.widget.findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    dialog->reject();
}

QTEST_MAIN(TestTagNameController)
#include "tst_tagnamecontroller.moc"
