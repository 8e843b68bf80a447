// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/statusline.h"

#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "views/theme/themecolors.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("StatusLine", text);
}

QString costText(std::chrono::nanoseconds cost)
{
    const double ms = std::chrono::duration<double, std::milli>(cost).count();
    return ms < 10 ? QString::number(ms, 'f', 1) + u" ms"_s : QString::number(ms, 'f', 0) + u" ms"_s;
}

QString sampledText(const StatusFacts &facts)
{
    const QString age = facts.sinceSample < 1s
        ? translated("sampled just now")
        : translated("sampled %1 ago").arg(elapsedText(facts.sinceSample));
    return facts.readCost > 0ns ? translated("%1 in %2").arg(age, costText(facts.readCost)) : age;
}

QColor stateColor(SamplerState state, const ThemeColors &colors)
{
    switch (state) {
    case SamplerState::Running:
        return colors.dark ? QColor(0x2F, 0xC9, 0x9A) : QColor(0x00, 0x7A, 0x59);
    case SamplerState::Failing:
        return colors.dark ? QColor(0xFF, 0x8A, 0x80) : QColor(0xB3, 0x26, 0x1E);
    case SamplerState::Paused:
        return colors.dark ? QColor(0xF0, 0xC4, 0x4C) : QColor(0x8A, 0x5F, 0x00);
    case SamplerState::Idle:
    case SamplerState::Opening:
    case SamplerState::Ended:
        break;
    }
    return colors.dimText;
}

void setInk(QLabel *label, const QColor &ink)
{
    QPalette palette = label->palette();
    if (palette.color(QPalette::WindowText) == ink)
        return;
    palette.setColor(QPalette::WindowText, ink);
    label->setPalette(palette);
}

} // namespace

QString statusText(const StatusFacts &facts)
{
    QStringList parts{facts.sourceTitle};
    if (facts.tags) {
        parts << translated("%1 tags").arg(groupedText(Counter(static_cast<qint64>(*facts.tags))));
        parts << sampledText(facts);
    }
    const SamplerStatus &sampler = facts.sampler;
    if (sampler.effectiveInterval > sampler.interval) {
        parts << translated("every %1 instead of %2: reading costs over 1 % of a core")
                     .arg(durationText(sampler.effectiveInterval), durationText(sampler.interval));
    }
    if (sampler.gaps > 0)
        parts << (sampler.gaps == 1 ? translated("1 gap") : translated("%1 gaps").arg(sampler.gaps));
    parts << recordingText(facts.recording);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString recordingText(const RecordingStatus &status)
{
    const QString file = QFileInfo(status.path).fileName();
    switch (status.state) {
    case RecordingState::Off:
        return {};
    case RecordingState::Opening:
        return translated("opening %1").arg(file);
    case RecordingState::Recording:
        return translated("recording %1 %2").arg(file, scaledBytesText(status.bytes));
    case RecordingState::Failing:
        return translated("recording %1 waits: next try within %2").arg(file, durationText(status.retryIn));
    case RecordingState::Stalled:
        return translated("recording %1 waits for the disk").arg(file);
    case RecordingState::Closing:
        return translated("closing %1").arg(file);
    }
    return {};
}

QString stateText(const SamplerStatus &status)
{
    switch (status.state) {
    case SamplerState::Idle:
        return translated("no source");
    case SamplerState::Opening:
        return translated("opening");
    case SamplerState::Running:
        return translated("live");
    case SamplerState::Paused:
        return translated("paused");
    case SamplerState::Failing:
        return status.retryIn > 0ms
            ? translated("failing, next try within %1").arg(durationText(status.retryIn))
            : translated("failing");
    case SamplerState::Ended:
        return translated("ended");
    }
    return {};
}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_state(new QLabel(this))
{
    m_text->setObjectName(u"status.text"_s);
    m_state->setObjectName(u"status.state"_s);
    for (QLabel *label : {m_text, m_state})
        label->setTextFormat(Qt::PlainText);
    // A long source title must not widen the window.
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 1, 8, 1);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_state);
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &StatusLine::refresh);
    refresh();
}

QString StatusLine::text() const
{
    return m_text->text();
}

QString StatusLine::state() const
{
    return m_state->text();
}

void StatusLine::setSource(const QString &title)
{
    m_replayText.clear();
    m_facts = {.sourceTitle = title, .tags = {}, .sampler = m_facts.sampler, .recording = m_facts.recording};
    m_tick.stop();
    refresh();
}

void StatusLine::setReplay(const QString &text, bool growing)
{
    m_replayText = text;
    m_isGrowing = growing;
    m_tick.stop();
    refresh();
}

void StatusLine::setFrame(const FramePtr &frame)
{
    if (!m_replayText.isEmpty())
        return;
    m_facts.tags = frame->sample->tags->size();
    m_facts.readCost = frame->sample->readCost;
    m_sinceSample.start();
    m_tick.start();
    refresh();
}

void StatusLine::setStatus(const SamplerStatus &status)
{
    m_facts.sampler = status;
    refresh();
}

void StatusLine::setRecording(const RecordingStatus &status)
{
    m_facts.recording = status;
    refresh();
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorTexts();
}

void StatusLine::refresh()
{
    if (m_facts.tags)
        m_facts.sinceSample = std::chrono::nanoseconds(m_sinceSample.nsecsElapsed());
    QString text = m_replayText.isEmpty() ? statusText(m_facts) : m_replayText;
    // The live source goes on to be recorded behind what is replayed.
    if (const QString recording = recordingText(m_facts.recording);
        !m_replayText.isEmpty() && !recording.isEmpty())
        text += u" · "_s + recording;
    m_text->setText(text);
    m_text->setToolTip(text);
    const QString replay = m_isGrowing ? tr("replay, still being written") : tr("replay");
    m_state->setText(u"● "_s + (m_replayText.isEmpty() ? stateText(m_facts.sampler) : replay));
    colorTexts();
}

void StatusLine::colorTexts()
{
    const ThemeColors colors = ThemeColors::of(palette());
    const bool old = m_facts.sampler.state == SamplerState::Failing;
    if (!m_replayText.isEmpty()) {
        setInk(m_text, palette().color(QPalette::WindowText));
        setInk(m_state, stateColor(SamplerState::Paused, colors));
        return;
    }
    setInk(m_text, old ? colors.dimText : palette().color(QPalette::WindowText));
    setInk(m_state, stateColor(m_facts.sampler.state, colors));
}

} // namespace poolscope
