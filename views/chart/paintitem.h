// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QGraphicsItem>

#include <functional>

namespace poolscope {

/// A layer of a chart that is painted by a function, in the coordinates of its parent.
class PaintItem : public QGraphicsItem
{
public:
    PaintItem(std::function<void(QPainter *)> paint, QGraphicsItem *parent)
        : QGraphicsItem(parent)
        , m_paint(std::move(paint))
    {
    }

    void setBounds(const QRectF &bounds)
    {
        if (bounds == m_bounds)
            return;
        prepareGeometryChange();
        m_bounds = bounds;
    }

    [[nodiscard]] QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override { m_paint(painter); }

private:
    std::function<void(QPainter *)> m_paint;
    QRectF m_bounds;
};

} // namespace poolscope
