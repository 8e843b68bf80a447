// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/details/detailspanel.h"

#include "views/details/detailscontent.h"
#include "views/details/ownersection.h"

#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

namespace poolscope {

namespace {

constexpr int SpareWidth = 60; ///< for numbers longer than the titles

} // namespace

DetailsPanel::DetailsPanel(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void DetailsPanel::makeContent()
{
    auto *scroll = new QScrollArea(this);
    m_content = new DetailsContent(scroll);
    connect(m_content, &DetailsContent::tagChosen, this, &DetailsPanel::tagChosen);
    connect(m_content->owner(), &OwnerSection::noteFailed, this, &DetailsPanel::noteFailed);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    // The table of numbers fits beside the scroll bar; longer numbers scroll.
    scroll->setMinimumWidth(m_content->minimumSizeHint().width()
        + style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, scroll) + SpareWidth);
    scroll->setWidget(m_content);
    layout()->addWidget(scroll);
}

void DetailsPanel::setTag(const Tag &tag)
{
    m_tag = tag;
    refresh();
}

void DetailsPanel::setFrame(const FramePtr &frame)
{
    m_frame = frame;
    if (isVisible())
        refresh();
}

void DetailsPanel::setNumberStyle(NumberStyle style)
{
    m_style = style;
    refresh();
}

void DetailsPanel::clear()
{
    m_frame.reset();
    refresh();
}

void DetailsPanel::reloadNames()
{
    if (m_content)
        m_content->owner()->reload();
}

void DetailsPanel::showEvent(QShowEvent *event)
{
    if (!m_content)
        makeContent();
    QWidget::showEvent(event);
    refresh();
}

void DetailsPanel::refresh()
{
    if (m_content)
        m_content->showTag(m_tag, m_frame.get(), m_style);
}

} // namespace poolscope
