// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/pinmemory.h"

#include "model/tables/pinlist.h"
#include "tests/views/support/samplebuilder.h"
#include "views/window/windowsettings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;
using test::makeFrame;
using test::makeSample;

class TestPinMemory : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void threeBiggestOfANewSource();
    void unknownBytesAreNotBig();
    void pinsComeBack();
    void clearedPinsStayCleared();
    void eachSourceHasItsOwn();
    void undoDoesNotReachAcrossSources();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowSettings> m_settings;
};

namespace {

FramePtr kernelFrame()
{
    return makeFrame(makeSample(5,
        {{"small", PoolType::Paged, 64}, {"big", PoolType::Paged, 6400}, {"middle", PoolType::Nonpaged, 640},
            {"bigger", PoolType::Nonpaged, 64'000}}));
}

QByteArrayList names(const PinList &pins)
{
    QByteArrayList found;
    for (const Pin &pin : pins.pins())
        found << pin.tag.bytes;
    return found;
}

} // namespace

void TestPinMemory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<WindowSettings>(m_folder->filePath(u"window.ini"_s));
}

void TestPinMemory::threeBiggestOfANewSource()
{
    PinList pins;
    PinMemory memory(pins, *m_settings, nullptr);
    memory.startSource(u"fake:"_s);
    QVERIFY(pins.pins().empty());
    memory.setFrame(*kernelFrame());
    QCOMPARE(names(pins), QByteArrayList({"bigger", "big", "middle"}));
    QCOMPARE(pins.pins().front().since, kernelFrame()->sample->wall);
    pins.unpin({"big", PoolType::Paged});
    memory.setFrame(*kernelFrame());
    QCOMPARE(names(pins), QByteArrayList({"bigger", "middle"}));
}

void TestPinMemory::unknownBytesAreNotBig()
{
    auto sample = makeSample(0, {{"a"}, {"b", PoolType::Paged, 1}});
    sample->readings[0].bytes = {};
    QCOMPARE(biggestTags(*makeFrame(sample), 3), (std::vector<Tag>{{"b", PoolType::Paged}}));
}

void TestPinMemory::pinsComeBack()
{
    {
        PinList pins;
        PinMemory memory(pins, *m_settings, nullptr);
        memory.startSource(u"fake:"_s);
        memory.setFrame(*kernelFrame());
        pins.pin({"small", PoolType::Paged}, {});
        pins.unpin({"bigger", PoolType::Nonpaged});
    }
    PinList pins;
    PinMemory memory(pins, *m_settings, nullptr);
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    QCOMPARE(names(pins), QByteArrayList({"big", "middle", "small"}));
}

void TestPinMemory::clearedPinsStayCleared()
{
    PinList pins;
    PinMemory memory(pins, *m_settings, nullptr);
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    pins.clear();
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    QVERIFY(pins.pins().empty());
}

void TestPinMemory::eachSourceHasItsOwn()
{
    PinList pins;
    PinMemory memory(pins, *m_settings, nullptr);
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    memory.startSource(u"demo:"_s);
    memory.setFrame(*makeFrame(makeSample(0, {{"pipe", PoolType::Nonpaged, 1}})));
    QCOMPARE(names(pins), QByteArrayList({"pipe"}));
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    QCOMPARE(names(pins), QByteArrayList({"bigger", "big", "middle"}));
}

void TestPinMemory::undoDoesNotReachAcrossSources()
{
    PinList pins;
    PinMemory memory(pins, *m_settings, nullptr);
    memory.startSource(u"fake:"_s);
    memory.setFrame(*kernelFrame());
    pins.clear();
    QVERIFY(pins.canUndoClear());
    memory.startSource(u"demo:"_s);
    QVERIFY(!pins.canUndoClear());
}

QTEST_MAIN(TestPinMemory)
#include "tst_pinmemory.moc"
