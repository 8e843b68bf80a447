// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/snapshots/undobar.h"

#include "views/theme/themecolors.h"
#include "views/theme/themeicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

UndoBar::UndoBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    auto *undo = new QPushButton(themeIcon(u"undo"_s), tr("&Undo"), this);
    undo->setObjectName(u"undo"_s);
    undo->setAutoDefault(false);
    undo->setToolTip(tr("Brings back what was deleted last"));
    auto *close = new QToolButton(this);
    close->setObjectName(u"forget"_s);
    close->setIcon(themeIcon(u"close"_s));
    close->setAutoRaise(true);
    close->setToolTip(tr("Delete for good"));
    close->setAccessibleName(tr("Delete for good"));
    connect(undo, &QPushButton::clicked, this, &UndoBar::undoRequested);
    connect(close, &QToolButton::clicked, this, &UndoBar::dismissed);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 3, 4, 3);
    layout->addWidget(m_text, 1);
    layout->addWidget(undo);
    layout->addWidget(close);
    setCount(0);
}

void UndoBar::setCount(qsizetype count)
{
    setVisible(count > 0);
    m_text->setText(count == 1 ? tr("1 snapshot deleted") : tr("%1 snapshots deleted").arg(count));
    setAccessibleName(m_text->text());
}

void UndoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors colors = ThemeColors::of(palette());
    painter.fillRect(rect(), colors.noticeBanner);
    painter.fillRect(0, 0, width(), 1, colors.gridLine);
}

} // namespace poolscope
