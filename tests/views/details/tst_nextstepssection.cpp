// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/commandbox.h"
#include "views/details/nextstepssection.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QToolButton>
#include <QtTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestNextStepsSection : public QObject
{
    Q_OBJECT

private slots:
    void everyCommandCanBeCopied();
    void sameTagKeepsItsWidgets();
    void clearHides();
};

void TestNextStepsSection::everyCommandCanBeCopied()
{
    NextStepsSection section;
    const TagEntry entry{{"filp", PoolType::Nonpaged}, {}};
    section.setTag(entry, SourceKind::Slab);
    QVERIFY(!section.isHidden());
    const auto steps = nextSteps(entry, SourceKind::Slab);
    const auto boxes = section.findChildren<CommandBox *>();
    QCOMPARE(size_t(boxes.size()), steps.size());
    for (size_t i = 0; i < steps.size(); ++i) {
        auto *copy = boxes[qsizetype(i)]->findChild<QToolButton *>(u"copyCommand"_s);
        QVERIFY(copy->accessibleName().contains(steps[i].title));
        QVERIFY(copy->focusPolicy() & Qt::TabFocus);
        if (i % 2 == 0) {
            QTest::mouseClick(copy, Qt::LeftButton);
        } else {
            copy->setFocus();
            QTest::keyClick(copy, Qt::Key_Space);
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), steps[i].command);
    }
}

void TestNextStepsSection::sameTagKeepsItsWidgets()
{
    NextStepsSection section;
    section.setTag({{"filp", PoolType::Nonpaged}, {}}, SourceKind::Slab);
    const auto before = section.findChildren<CommandBox *>();
    section.setTag({{"filp", PoolType::Nonpaged}, {}}, SourceKind::Slab);
    QCOMPARE(section.findChildren<CommandBox *>(), before);
    section.setTag({{"dentry", PoolType::Paged}, {}}, SourceKind::Slab);
    for (const CommandBox *box : section.findChildren<CommandBox *>())
        QVERIFY(!box->findChild<QLabel *>(u"command"_s)->text().contains(u"filp"_s));
}

void TestNextStepsSection::clearHides()
{
    NextStepsSection section;
    section.setTag({{"Irp ", PoolType::Nonpaged}, {}}, SourceKind::Pool);
    section.clear();
    QVERIFY(section.isHidden());
    QVERIFY(section.findChildren<CommandBox *>().isEmpty());
    section.setTag({{"Irp ", PoolType::Nonpaged}, {}}, SourceKind::Pool);
    QVERIFY(!section.isHidden());
}

QTEST_MAIN(TestNextStepsSection)
#include "tst_nextstepssection.moc"
