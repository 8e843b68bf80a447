// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/topinteractive.h"

#include "app/cli/report.h"
#include "app/cli/screenpainter.h"
#include "app/cli/standardoutput.h"
#include "app/cli/terminal.h"
#include "app/process/processsignals.h"
#include "model/core/duration.h"
#include "model/sampling/sampler.h"
#include "model/sampling/session.h"

#include <QCoreApplication>

#include <optional>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr char32_t CtrlL = 0x0C;

/// Sampler and session as the window has them, but on one thread: reading takes a few milliseconds, and no
/// key is pressed faster than that.
class InteractiveTop : private SamplerSink
{
public:
    explicit InteractiveTop(const TopStart &start)
        : m_screen(start.query, start.totals, start.highlight)
        , m_painter(qEnvironmentVariableIsEmpty("NO_COLOR"))
        , m_sampler(*this)
    {
        QObject::connect(
            &m_terminal, &Terminal::keyPressed, qApp, [this](const TerminalKey &key) { press(key); });
        QObject::connect(&m_terminal, &Terminal::closed, qApp, &QCoreApplication::quit);
        QObject::connect(&m_signals, &ProcessSignals::stopWanted, qApp, &QCoreApplication::quit);
        QObject::connect(&m_signals, &ProcessSignals::terminalResized, qApp, [this] { draw(); });
        QObject::connect(&m_signals, &ProcessSignals::suspendWanted, qApp, [this] { suspend(); });
        // After a stop that could not be caught: the shell has set the terminal up for itself meanwhile.
        QObject::connect(&m_signals, &ProcessSignals::resumed, qApp, [this] { enterAgain(); });
        m_signals.watchTerminal();
    }

    int run(std::unique_ptr<Source> source, std::chrono::milliseconds interval)
    {
        m_facts.sourceTitle = source->title();
        m_keepsOwnPace = source->delivery() == Source::Delivery::Push;
        m_sampler.setInterval(interval);
        m_sampler.start(std::move(source));
        QCoreApplication::exec();
        m_isLeaving = true;
        m_sampler.stop();
        leave();
        if (m_fatal)
            return report(*m_fatal);
        return m_output.finish();
    }

private:
    void sampleTaken(const SamplePtr &sample, bool afterGap) override
    {
        if (m_isLeaving)
            return;
        if (const FramePtr frame = m_session.add(sample, afterGap))
            m_frame = frame;
        if (!m_isEntered)
            enter();
        draw();
    }

    void markMade(const Mark &) override { }

    void statusChanged(const SamplerStatus &status) override
    {
        if (m_isLeaving)
            return;
        m_facts.interval = m_keepsOwnPace ? std::chrono::milliseconds(0) : status.effectiveInterval;
        m_facts.problem.clear();
        if (status.state == SamplerState::Ended)
            m_facts.problem = u"The source has ended; this is its last sample."_s;
        if (status.state == SamplerState::Failing && status.error) {
            if (!m_frame) {
                m_fatal = status.error; // there never was anything to show
                QCoreApplication::quit();
                return;
            }
            m_facts.problem =
                status.error->text() + u" (trying again in %1)"_s.arg(durationText(status.retryIn));
        }
        if (m_shownProblem != m_facts.problem)
            draw();
    }

    void press(const TerminalKey &key)
    {
        if (key == TerminalKey{TerminalKey::Kind::Character, CtrlL})
            m_painter.forget();
        switch (m_screen.press(key)) {
        case TopScreen::Action::Redraw:
            draw();
            return;
        case TopScreen::Action::SampleNow:
            m_sampler.sampleNow();
            draw();
            return;
        case TopScreen::Action::Quit:
            QCoreApplication::quit();
            return;
        }
    }

    void enter()
    {
        if (const Result<Done> entered = m_terminal.enter(); !entered) {
            m_fatal = entered.error();
            QCoreApplication::quit();
            return;
        }
        m_isEntered = true;
        m_painter.forget();
        write(ScreenPainter::enterSequence());
    }

    void leave()
    {
        if (!m_isEntered)
            return;
        m_isEntered = false;
        m_output.write(ScreenPainter::leaveSequence());
        m_terminal.leave();
    }

    void suspend()
    {
        leave();
        m_signals.suspend();
        enterAgain();
    }

    void enterAgain()
    {
        if (!m_frame || m_isLeaving)
            return;
        enter();
        draw();
    }

    void draw()
    {
        if (!m_isEntered || m_isLeaving)
            return;
        m_shownProblem = m_facts.problem;
        const TerminalSize size = Terminal::size();
        write(m_painter.paint(m_screen.lines(m_frame.get(), size, m_facts), size));
    }

    void write(QByteArrayView bytes)
    {
        if (!m_output.write(bytes))
            QCoreApplication::quit();
    }

    ProcessSignals m_signals;
    Terminal m_terminal;
    StandardOutput m_output;
    Session m_session;
    FramePtr m_frame; ///< null before the first sample
    TopScreen m_screen;
    TopScreenFacts m_facts;
    QString m_shownProblem;
    ScreenPainter m_painter;
    std::optional<Error> m_fatal;
    bool m_keepsOwnPace = false;
    bool m_isEntered = false;
    bool m_isLeaving = false;
    Sampler m_sampler; ///< last: the sink must outlive it
};

} // namespace

int runInteractiveTop(std::unique_ptr<Source> source, const TopStart &start)
{
    return InteractiveTop(start).run(std::move(source), start.interval);
}

} // namespace poolscope
