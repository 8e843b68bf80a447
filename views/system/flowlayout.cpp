// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/system/flowlayout.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Above this much room per item a row is left ragged: wide gaps read worse than an uneven end.
constexpr int MostExtraPerItem = 24;

} // namespace

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

int FlowLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[static_cast<size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

std::vector<FlowLayout::Row> FlowLayout::rowsFor(int width) const
{
    std::vector<Row> rows;
    for (size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i]->isEmpty())
            continue;
        const QSize size = m_items[i]->sizeHint();
        if (rows.empty() || rows.back().width + size.width() > width)
            rows.push_back({.first = i});
        Row &row = rows.back();
        row.end = i + 1;
        row.width += size.width();
        row.height = std::max(row.height, size.height());
    }
    return rows;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const auto rows = rowsFor(width - margins.left() - margins.right());
    int height = margins.top() + margins.bottom();
    for (const Row &row : rows)
        height += row.height;
    return height + spacing() * std::max(0, static_cast<int>(rows.size()) - 1);
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const auto &item : m_items) {
        const QSize hint = item->sizeHint();
        size = QSize(size.width() + hint.width(), std::max(size.height(), hint.height()));
    }
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto &item : m_items)
        size = size.expandedTo(item->sizeHint());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect inner = rect.marginsRemoved(contentsMargins());
    int y = inner.y();
    for (const Row &row : rowsFor(inner.width())) {
        const int items = static_cast<int>(row.end - row.first);
        const int extra = std::clamp((inner.width() - row.width) / items, 0, MostExtraPerItem);
        int x = inner.x();
        for (size_t i = row.first; i < row.end; ++i) {
            const int width = m_items[i]->sizeHint().width() + extra;
            m_items[i]->setGeometry(QRect(x, y, width, row.height));
            x += width;
        }
        y += row.height + spacing();
    }
}

} // namespace poolscope
