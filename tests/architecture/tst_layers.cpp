// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

using namespace Qt::Literals::StringLiterals;

/// Includes run one way: from app to views to model, and within the model from each room to those that
/// ARCHITECTURE.md lists above it.
class TestLayers : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyRoomIsListed();
    void includesRunOneWay_data();
    void includesRunOneWay();

private:
    QStringList m_rooms; ///< of the model, lowest first
};

namespace {

QString sourcePath(const QString &inside)
{
    return QStringLiteral(POOLSCOPE_SOURCE) + u'/' + inside;
}

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What group 1 of `pattern` matches in `text`, in its order.
QStringList captured(const QString &pattern, const QString &text)
{
    const QRegularExpression expression(pattern, QRegularExpression::MultilineOption);
    QStringList found;
    for (auto matches = expression.globalMatch(text); matches.hasNext();)
        found += matches.next().captured(1);
    return found;
}

/// "model/core" of an include or a file in there, "views" and "app" of those.
QString placeOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return parts.first() == u"model"_s ? parts.first(2).join(u'/') : parts.first();
}

} // namespace

void TestLayers::initTestCase()
{
    const QString text = textOf(sourcePath(u"ARCHITECTURE.md"_s));
    const qsizetype begin = text.indexOf(u"lowest first"_s);
    QVERIFY(begin >= 0);
    const qsizetype end = text.indexOf(u"\n## "_s, begin);
    m_rooms = captured(u"^\\| `(\\w+)/` \\|"_s, text.sliced(begin, end - begin));
    QVERIFY(m_rooms.size() > 10);
}

void TestLayers::everyRoomIsListed()
{
    const QDir model(sourcePath(u"model"_s));
    QStringList listed = m_rooms;
    listed.sort();
    QCOMPARE(listed, model.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name));
}

void TestLayers::includesRunOneWay_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QStringList>("mayInclude");
    QStringList below;
    for (const QString &room : std::as_const(m_rooms)) {
        below += u"model/"_s + room;
        QTest::newRow(qPrintable(below.last())) << below.last() << below;
    }
    for (const QString &layer : {u"views"_s, u"app"_s}) {
        below += layer;
        QTest::newRow(qPrintable(layer)) << layer << below;
    }
}

void TestLayers::includesRunOneWay()
{
    QFETCH(QString, place);
    QFETCH(QStringList, mayInclude);
    int files = 0;
    QDirIterator sources(
        sourcePath(place), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (sources.hasNext()) {
        const QString path = sources.next();
        ++files;
        const QStringList includes = captured(u"^#include \"([^\"]+)\""_s, textOf(path));
        for (const QString &include : includes) {
            QVERIFY2(mayInclude.contains(placeOf(include)),
                qPrintable(u"%1 includes %2, which is above it"_s.arg(path, include)));
        }
    }
    QVERIFY(files > 0);
}

QTEST_APPLESS_MAIN(TestLayers)
#include "tst_layers.moc"
