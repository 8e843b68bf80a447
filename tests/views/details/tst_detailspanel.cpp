// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/detailspanel.h"

#include "tests/model/drivers/pebuilder.h"
#include "tests/views/support/samplebuilder.h"
#include "views/details/driversection.h"
#include "views/details/ownersection.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

class TestDetailsPanel : public QObject
{
    Q_OBJECT

private slots:
    void asksForATag();
    void showsTheNumbers();
    void rawBytesTellTagsApart();
    void driversAndMergedCaches();
    void ownerNoteAndCards();
    void searchesDriverFiles();
    void vanishedAndUnknownTags();
    void numberStyle();
};

namespace {

constexpr int Outstanding = 2;
constexpr int Bytes = 3;

QString shown(const DetailsPanel &panel, const QString &name)
{
    return panel.findChild<QLabel *>(u"details."_s + name)->text();
}

QString number(const DetailsPanel &panel, int row, int column)
{
    return shown(panel, u"%1.%2"_s.arg(row).arg(column));
}

std::shared_ptr<Frame> frameOf(const std::shared_ptr<Sample> &sample)
{
    return std::make_shared<Frame>(*test::makeFrame(sample));
}

} // namespace

void TestDetailsPanel::asksForATag()
{
    DetailsPanel panel;
    panel.show();
    panel.setFrame(test::makeFrame(test::makeSample(0, {{"a"}})));
    QVERIFY(shown(panel, u"seen"_s).contains(u"Enter"_s));
    QCOMPARE(number(panel, Bytes, 0), u"–"_s);
}

void TestDetailsPanel::showsTheNumbers()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"pipe", PoolType::Nonpaged});
    auto frame = frameOf(test::makeSample(0, {{"a"}, {"pipe", PoolType::Nonpaged, 640'000}}));
    frame->rows[1].sinceLast.bytes = 640;
    frame->rows[1].sinceBaseline.outstanding = -3;
    frame->rows[1].bytesPerHour = 1024.0 * 1024;
    panel.setFrame(frame);
    QCOMPARE(shown(panel, u"name"_s), u"pipe"_s);
    QVERIFY(shown(panel, u"identity"_s).contains(u"unreclaimable"_s));
    QCOMPARE(number(panel, Bytes, 0), u"640,000"_s);
    QCOMPARE(number(panel, Bytes, 1), u"+640"_s);
    QCOMPARE(number(panel, Bytes, 2), u"–"_s);
    QCOMPARE(number(panel, Outstanding, 0), u"10,000"_s);
    QCOMPARE(number(panel, Outstanding, 2), u"-3"_s);
    QCOMPARE(number(panel, 0, 0), u"–"_s);
    QCOMPARE(shown(panel, u"growth"_s), u"Growth: +1.00 MiB per hour"_s);
    panel.clear();
    QCOMPARE(number(panel, Bytes, 0), u"–"_s);
}

void TestDetailsPanel::rawBytesTellTagsApart()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({QByteArray("a\0b", 3), PoolType::Paged});
    QCOMPARE(shown(panel, u"name"_s), u"a\\x00b"_s);
    QVERIFY(shown(panel, u"identity"_s).contains(u"61 00 62"_s));
}

void TestDetailsPanel::driversAndMergedCaches()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"Ntfs", PoolType::Paged});
    auto sample = test::makeSample(0, {{"Ntfs", PoolType::Paged, 1}});
    auto tags = std::make_shared<TagList>(*sample->tags);
    (*tags)[0].driver = "ntfs.sys";
    sample->tags = tags;
    panel.setFrame(frameOf(sample));
    QVERIFY(shown(panel, u"identity"_s).contains(u"Merged with: ntfs.sys"_s));
    auto origin = std::make_shared<Origin>(*sample->origin);
    origin->kind = SourceKind::Site;
    sample->origin = origin;
    panel.setFrame(frameOf(sample));
    QVERIFY(shown(panel, u"identity"_s).contains(u"Module: ntfs.sys"_s));
    (*tags)[0].driver.clear();
    panel.setFrame(frameOf(sample));
    QVERIFY(shown(panel, u"identity"_s).contains(u"Module: none is named"_s));
    (*tags)[0].driver = "ntfs.sys";
    origin = std::make_shared<Origin>(*origin);
    origin->kind = SourceKind::Pool;
    sample->origin = origin;
    panel.setFrame(frameOf(sample));
    QTRY_COMPARE(shown(panel, u"driver"_s), u"Driver: ntfs.sys"_s);
    QCOMPARE(shown(panel, u"driverFrom"_s), u"Named by the source"_s);
}

void TestDetailsPanel::ownerNoteAndCards()
{
    const QTemporaryDir folder;
    const TagNamePlaces places{folder.filePath(u"notes/tagnotes.txt"_s), {}, false};
    OwnerSection section;
    section.setPlaces([places] { return places; });
    QSignalSpy failures(&section, &OwnerSection::noteFailed);
    const TagEntry token{{"Toke", PoolType::Paged}, {}};
    section.setTag(token, SourceKind::Pool);
    const auto label = [&section](const QString &name) {
        return section.findChild<QLabel *>(u"details."_s + name)->text();
    };
    QTRY_VERIFY(label(u"driver"_s).startsWith(u"Driver: nt!se - access tokens"_s));
    QVERIFY(label(u"driverFrom"_s).contains(u"PoolScope's own list"_s));
    QVERIFY(label(u"cards"_s).contains(u"Access tokens"_s));

    auto *note = section.findChild<QLineEdit *>();
    QTest::keyClicks(note, u"mine.sys - <b>seen</b> before"_s);
    QTest::keyClick(note, Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(places.notes));
    section.setTag({{"Othr", PoolType::Paged}, {}}, SourceKind::Pool);
    QTRY_COMPARE(label(u"driver"_s), u"Driver: not known"_s);
    QCOMPARE(note->text(), QString());
    section.setTag({token.tag, "mine.sys - <b>seen</b> before"}, SourceKind::Pool); // as the source names it
    QTRY_COMPARE(note->text(), u"mine.sys - <b>seen</b> before"_s);
    QVERIFY(label(u"driver"_s).startsWith(u"Driver: nt!se"_s));

    // A note that is changed: Escape brings back what was, Return keeps the new one, and frames that still
    // have the old one do not make it the source's word.
    section.show();
    QVERIFY(QTest::qWaitForWindowExposed(&section));
    note->setFocus();
    QTest::keyClicks(note, u" and more"_s);
    QTest::keyClick(note, Qt::Key_Escape);
    QCOMPARE(note->text(), u"mine.sys - <b>seen</b> before"_s);
    note->selectAll();
    note->insert(u"Träger.sys"_s);
    QTest::keyClick(note, Qt::Key_Return);
    QTRY_VERIFY(label(u"driver"_s).startsWith(u"Driver: nt!se"_s));
    QVERIFY2(label(u"driverFrom"_s).contains(u"PoolScope's own list"_s), qPrintable(label(u"driverFrom"_s)));
    QCOMPARE(note->text(), u"Träger.sys"_s);

    section.setTag({{"kmalloc-64", PoolType::Nonpaged}, "pid"}, SourceKind::Slab);
    QVERIFY(!note->isVisibleTo(&section));
    QVERIFY(label(u"cards"_s).contains(u"Shared by the whole kernel"_s));
    section.setTag({{"A\nb ", PoolType::Paged}, {}}, SourceKind::Pool);
    QTest::keyClicks(note, u"x"_s);
    QTest::keyClick(note, Qt::Key_Return);
    QTRY_COMPARE(failures.size(), 1);
}

void TestDetailsPanel::searchesDriverFiles()
{
    const QTemporaryDir folder;
    for (int i = 0; i < 20; ++i) {
        QFile file(folder.filePath(u"d%1.sys"_s.arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(test::PeBuilder().code(i == 7 ? "\x41\xB8Leak" : "none").build());
    }
    DriverSection section;
    section.setCachePath(folder.filePath(u"cache/c.json"_s));
    section.show();
    section.setTag("Leak");
    const auto *result = section.findChild<QLabel *>(u"details.drivers"_s);
    const auto *cancel = section.findChild<QPushButton *>(u"details.searchCancel"_s);
    section.search({folder.path()});
    QVERIFY(cancel->isVisible());
    QTRY_VERIFY(result->isVisible());
    QVERIFY(!cancel->isVisible());
    QVERIFY2(result->text().contains(u"d7.sys"_s) && result->text().contains(u"in code 1×"_s),
        qPrintable(result->text()));
    section.setTag("Othr");
    QVERIFY(!result->isVisible());
    section.search({folder.path()});
    QTRY_VERIFY(result->text().contains(u"None of 20 files"_s));
    section.search({folder.path()});
    section.setTag("Leak"); // the answer for another tag is not shown
    QTest::qWait(100);
    QVERIFY(!result->isVisible());
}

void TestDetailsPanel::vanishedAndUnknownTags()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"gone", PoolType::Paged});
    panel.setFrame(frameOf(test::makeSample(0, {{"a"}})));
    QVERIFY(shown(panel, u"seen"_s).contains(u"not shown"_s));
    auto frame = frameOf(test::makeSample(0, {{"gone", PoolType::Paged, 1}}));
    frame->rows[0].present = false;
    panel.setFrame(frame);
    QVERIFY(shown(panel, u"seen"_s).startsWith(u"Vanished"_s));
}

void TestDetailsPanel::numberStyle()
{
    DetailsPanel panel;
    panel.show();
    panel.setTag({"a", PoolType::Nonpaged});
    panel.setFrame(frameOf(test::makeSample(0, {{"a", PoolType::Nonpaged, 1024 * 1024}})));
    panel.setNumberStyle(NumberStyle::Scaled);
    QCOMPARE(number(panel, Bytes, 0), u"1.00 MiB"_s);
    QCOMPARE(number(panel, Outstanding, 0), u"16,384"_s);
}

QTEST_MAIN(TestDetailsPanel)
#include "tst_detailspanel.moc"
