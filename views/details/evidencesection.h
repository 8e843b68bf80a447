// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace poolscope {

/// What the analysis says of one tag: the verdict and how sure it is, why, how fast it grows, when memory
/// will be used up, and which tags grow in step with it. Hidden while nothing was judged. Window thread.
class EvidenceSection : public QWidget
{
    Q_OBJECT

public:
    explicit EvidenceSection(QWidget *parent = nullptr);

    void setFinding(const Frame &frame, TagId id);
    void clear();

signals:
    /// One of the tags in step was activated.
    void tagChosen(const poolscope::Tag &tag);

private:
    void showInStep(const Frame &frame, const Finding &finding);

    QLabel *m_verdict;
    QLabel *m_reason;
    QLabel *m_inStep;
    std::vector<Tag> m_tagsInStep; ///< what the links of m_inStep stand for
};

} // namespace poolscope
