// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProxyStyle>

class QStyleOptionSlider;

namespace poolscope {

/// Fusion with what it lacks for us: outlines that can be seen on dark ground (its own are always darker than
/// the window), a checked button that stands out by more than a shade, and scroll bars of plain opaque areas:
/// its own are many translucent ones, which Qt hands to other threads piece by piece on every repaint.
class AppStyle : public QProxyStyle
{
    Q_OBJECT

public:
    AppStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;

private:
    void drawScrollBar(const QStyleOptionSlider &option, QPainter *painter, const QWidget *widget) const;
};

} // namespace poolscope
