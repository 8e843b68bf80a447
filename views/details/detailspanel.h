// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/sampling/frame.h"

#include <QWidget>

#include <array>
#include <optional>

class QGridLayout;
class QLabel;

namespace poolscope {

class EvidenceSection;
class NextStepsSection;

/// All that is known of one tag: name and raw bytes, type, who owns it, its counters now, since the last
/// sample and since the baseline, its growth, what the analysis says, and what to do next. Follows the frames
/// while it is visible. Window thread.
class DetailsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(QWidget *parent = nullptr);

    void setTag(const Tag &tag);
    [[nodiscard]] const std::optional<Tag> &tag() const { return m_tag; }
    void setFrame(const FramePtr &frame);
    void setNumberStyle(NumberStyle style);
    /// Another session: its numbers go, the tag stays wanted.
    void clear();

signals:
    /// The user asked for a tag that is named here.
    void tagChosen(const poolscope::Tag &tag);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// The rows of the table of numbers.
    enum Number
    {
        Allocs,
        Frees,
        Outstanding,
        Bytes,
        PerAlloc,
        NumberCount
    };
    /// Its columns.
    enum Since
    {
        Now,
        LastSample,
        Baseline,
        SinceCount
    };

    [[nodiscard]] QGridLayout *makeNumbers();
    void refresh();
    void showNumbers(const FrameRow &row);
    void showNoNumbers(const QString &why);
    [[nodiscard]] QString text(Number number, Counter value, bool isChange) const;

    std::optional<Tag> m_tag;
    FramePtr m_frame;
    NumberStyle m_style = NumberStyle::Grouped;
    QLabel *m_name;
    QLabel *m_identity;
    QLabel *m_growth;
    QLabel *m_seen;
    EvidenceSection *m_evidence;
    NextStepsSection *m_steps;
    std::array<std::array<QLabel *, SinceCount>, NumberCount> m_numbers{};
};

} // namespace poolscope
