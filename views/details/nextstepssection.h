// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/nextsteps.h"

#include <QWidget>

class QVBoxLayout;

namespace poolscope {

/// What to do next about a tag: each step with its command, ready to be copied. Window thread.
class NextStepsSection : public QWidget
{
    Q_OBJECT

public:
    explicit NextStepsSection(QWidget *parent = nullptr);

    /// Nothing happens when it is the same tag of the same kind as before, so that a selection stays.
    void setTag(const TagEntry &entry, SourceKind kind);
    void clear();

private:
    [[nodiscard]] QWidget *makeStep(const NextStep &step, int number);

    std::vector<NextStep> m_steps;
    QVBoxLayout *m_list;
};

} // namespace poolscope
