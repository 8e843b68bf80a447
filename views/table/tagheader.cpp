// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/tagheader.h"

#include <QEvent>

namespace poolscope {

TagHeader::TagHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true); // as QTableView sets up its own
}

QSize TagHeader::sizeHint() const
{
    if (count() == 0)
        return QHeaderView::sizeHint();
    if (!m_hint.isValid())
        m_hint = QHeaderView::sizeHint();
    return m_hint;
}

void TagHeader::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_hint = QSize();
    QHeaderView::changeEvent(event);
}

} // namespace poolscope
