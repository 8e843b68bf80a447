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
class OwnerSection;

/// What the details panel shows of one tag at one moment. Window thread.
class DetailsContent : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsContent(QWidget *parent = nullptr);

    /// Without a tag it says how to get one; without a frame that knows the tag, that there are no numbers.
    void showTag(const std::optional<Tag> &tag, const Frame *frame, NumberStyle style);

    [[nodiscard]] OwnerSection *owner() const { return m_owner; }

signals:
    /// The user asked for a tag that is named here.
    void tagChosen(const poolscope::Tag &tag);

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
    void showNumbers(const FrameRow &row);
    void showNoNumbers(const QString &why);
    [[nodiscard]] QString text(Number number, Counter value, bool isChange) const;

    NumberStyle m_style = NumberStyle::Grouped;
    QLabel *m_name;
    QLabel *m_identity;
    QLabel *m_growth;
    QLabel *m_seen;
    EvidenceSection *m_evidence;
    OwnerSection *m_owner;
    NextStepsSection *m_steps;
    std::array<std::array<QLabel *, SinceCount>, NumberCount> m_numbers{};
};

} // namespace poolscope
