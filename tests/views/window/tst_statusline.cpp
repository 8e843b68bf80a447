// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/statusline.h"

#include "tests/views/support/samplebuilder.h"
#include "views/theme/themecolors.h"

#include <QLabel>
#include <QTest>

using namespace poolscope;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

SamplerStatus samplerStatus(SamplerState state, std::chrono::milliseconds retryIn = 0ms)
{
    SamplerStatus status;
    status.state = state;
    status.retryIn = retryIn;
    return status;
}

} // namespace

class TestStatusLine : public QObject
{
    Q_OBJECT

private slots:
    void texts_data();
    void texts();
    void states_data();
    void states();
    void frameAndSource();
    void failingDimsTheFacts();
};

void TestStatusLine::texts_data()
{
    QTest::addColumn<StatusFacts>("facts");
    QTest::addColumn<QString>("text");
    const SamplerStatus calm = samplerStatus(SamplerState::Running);
    QTest::newRow("nothing yet") << StatusFacts{.sourceTitle = u"slab: this machine"_s,
        .tags = {},
        .sampler = calm} << u"slab: this machine"_s;
    QTest::newRow("live") << StatusFacts{u"slab: this machine"_s, 237, 2s, 400us, calm}
                          << u"slab: this machine · 237 tags · sampled 2 s ago in 0.4 ms"_s;
    QTest::newRow("many, slow") << StatusFacts{u"x"_s, 12'345, 100ms, 23ms, calm}
                                << u"x · 12,345 tags · sampled just now in 23 ms"_s;
    QTest::newRow("no cost known") << StatusFacts{u"demo"_s, 1, 65s, 0ns, calm}
                                   << u"demo · 1 tags · sampled 1 min 5 s ago"_s;
    SamplerStatus stretched = calm;
    stretched.effectiveInterval = 4s;
    QTest::newRow("stretched") << StatusFacts{u"x"_s, 2, 1s, 40ms, stretched}
                               << u"x · 2 tags · sampled 1 s ago in 40 ms · every 4s instead of 2s: reading "
                                  u"costs over 1 % of a core"_s;
    SamplerStatus gaps = calm;
    gaps.gaps = 3;
    QTest::newRow("gaps") << StatusFacts{u"x"_s, 2, 1s, 0ns, gaps}
                          << u"x · 2 tags · sampled 1 s ago · 3 gaps"_s;
}

void TestStatusLine::texts()
{
    QFETCH(StatusFacts, facts);
    QTEST(statusText(facts), "text");
}

void TestStatusLine::states_data()
{
    QTest::addColumn<SamplerStatus>("status");
    QTest::addColumn<QString>("text");
    QTest::newRow("idle") << samplerStatus(SamplerState::Idle) << u"no source"_s;
    QTest::newRow("opening") << samplerStatus(SamplerState::Opening) << u"opening"_s;
    QTest::newRow("live") << samplerStatus(SamplerState::Running) << u"live"_s;
    QTest::newRow("paused") << samplerStatus(SamplerState::Paused) << u"paused"_s;
    QTest::newRow("failing") << samplerStatus(SamplerState::Failing) << u"failing"_s;
    QTest::newRow("failing, waits") << SamplerStatus{.state = SamplerState::Failing,
        .error = {},
        .retryIn = 4s} << u"failing, next try within 4s"_s;
    QTest::newRow("ended") << samplerStatus(SamplerState::Ended) << u"ended"_s;
}

void TestStatusLine::states()
{
    QFETCH(SamplerStatus, status);
    QTEST(stateText(status), "text");
    StatusLine line;
    line.setStatus(status);
    QVERIFY(line.state().endsWith(stateText(status)));
}

void TestStatusLine::frameAndSource()
{
    StatusLine line;
    line.setSource(u"fake"_s);
    QCOMPARE(line.text(), u"fake"_s);
    line.setFrame(test::makeFrame(test::makeSample(0, {{"a"}, {"b"}})));
    QCOMPARE(line.text(), u"fake · 2 tags · sampled just now in 0.4 ms"_s);
    line.setSource(u"another"_s);
    QCOMPARE(line.text(), u"another"_s);
}

void TestStatusLine::failingDimsTheFacts()
{
    StatusLine line;
    const auto ink = [&line] {
        return line.findChild<QLabel *>(u"status.text"_s)->palette().color(QPalette::WindowText);
    };
    line.setStatus(samplerStatus(SamplerState::Failing));
    QCOMPARE(ink(), ThemeColors::of(line.palette()).dimText);
    line.setStatus(samplerStatus(SamplerState::Running));
    QCOMPARE(ink(), line.palette().color(QPalette::WindowText));
}

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
