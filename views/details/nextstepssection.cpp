// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/nextstepssection.h"

#include "views/details/commandbox.h"
#include "views/details/detailslabel.h"

#include <QLabel>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QLabel *makeText(const QString &text, QWidget *parent)
{
    QLabel *label = makeDetailsLabel({}, parent);
    label->setText(text);
    return label;
}

} // namespace

NextStepsSection::NextStepsSection(QWidget *parent)
    : QWidget(parent)
    , m_list(new QVBoxLayout)
{
    auto *title = makeText(tr("Next steps"), this);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(title);
    layout->addLayout(m_list);
    m_list->setSpacing(12);
    setVisible(false);
}

void NextStepsSection::setTag(const TagEntry &entry, SourceKind kind)
{
    std::vector<NextStep> steps = nextSteps(entry, kind);
    if (steps == m_steps)
        return;
    clear();
    m_steps = std::move(steps);
    int number = 0;
    for (const NextStep &step : m_steps)
        m_list->addWidget(makeStep(step, ++number));
    setVisible(!m_steps.empty());
}

void NextStepsSection::clear()
{
    m_steps.clear();
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    setVisible(false);
}

QWidget *NextStepsSection::makeStep(const NextStep &step, int number)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(makeText(u"%1. %2"_s.arg(number).arg(step.title), box));
    layout->addWidget(new CommandBox(step.command, step.title, box));
    const QString place = step.place.at(0).toUpper() + step.place.sliced(1);
    QLabel *note = makeText(tr("%1. %2").arg(place, step.note), box);
    note->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(note);
    return box;
}

} // namespace poolscope
