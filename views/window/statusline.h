// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"
#include "model/sampling/recordingstatus.h"
#include "model/sampling/samplerstatus.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>

class QLabel;

namespace poolscope {

/// The facts the status line is made of.
struct StatusFacts
{
    QString sourceTitle;
    std::optional<size_t> tags; ///< nullopt before the first sample
    std::chrono::nanoseconds sinceSample{0};
    std::chrono::nanoseconds readCost{0};
    SamplerStatus sampler;
    RecordingStatus recording = {};
};

/// "slab: this machine · 237 tags · sampled 2 s ago in 0.4 ms"
[[nodiscard]] QString statusText(const StatusFacts &facts);
/// "recording run.poolscope 1.2 MiB"; empty while nothing is recorded.
[[nodiscard]] QString recordingText(const RecordingStatus &status);
/// "live", "paused", "failing, next try within 4s"
[[nodiscard]] QString stateText(const SamplerStatus &status);

/// Left: source, tags, age and cost of the newest sample; right: what the sampler does, as a dot and a word.
/// Dimmed while the data is old because the source fails. Window thread.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setSource(const QString &title);
    /// A recording is shown instead of a source: `text` says which. Until setSource().
    void setReplay(const QString &text, bool growing);
    void setFrame(const FramePtr &frame);
    void setStatus(const SamplerStatus &status);
    void setRecording(const RecordingStatus &status);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString state() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void colorTexts();

    QLabel *m_text;
    QLabel *m_state;
    StatusFacts m_facts;
    QString m_replayText; ///< empty: live
    bool m_isGrowing = false;
    QElapsedTimer m_sinceSample; ///< by arrival: the sample's own clock may be another machine's
    QTimer m_tick;
};

} // namespace poolscope
