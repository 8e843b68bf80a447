// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/appstyle.h"

#include "views/theme/themecolors.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPainter>
#include <QStyleOption>

namespace poolscope {

namespace {

constexpr qreal Radius = 2;

void drawOutline(QPainter *painter, const QRect &rect, const QColor &ink)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(ink);
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    painter->restore();
}

/// Between the text and the ground: seen, but not louder than the text.
QColor outlineOn(const QStyleOption &option)
{
    constexpr float Alpha = 0.42F;
    QColor ink = option.palette.color(QPalette::WindowText);
    ink.setAlphaF(Alpha);
    return ink;
}

void drawChecked(QPainter *painter, const QStyleOption &option)
{
    constexpr float TintAlpha = 0.22F;
    const QColor highlight = option.palette.color(QPalette::Active, QPalette::Highlight);
    QColor tint = highlight;
    tint.setAlphaF(TintAlpha);
    painter->fillRect(option.rect.adjusted(1, 1, -1, -1), tint);
    drawOutline(painter, option.rect, highlight);
}

/// The edits of combo boxes and spin boxes stand within the box's own frame.
bool isPartOfAnother(const QWidget *edit)
{
    const QWidget *parent = edit ? edit->parentWidget() : nullptr;
    return qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent);
}

} // namespace

AppStyle::AppStyle()
    : QProxyStyle(QStringLiteral("fusion"))
{
}

void AppStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool isButton = element == PE_PanelButtonCommand || element == PE_PanelButtonTool;
    if (isButton && option->state.testFlag(State_On)) {
        drawChecked(painter, *option);
        return;
    }
    const bool isField =
        element == PE_IndicatorCheckBox || (element == PE_PanelLineEdit && !isPartOfAnother(widget));
    const bool hasFocus = option->state.testFlag(State_HasFocus);
    if (isField && !hasFocus && ThemeColors::of(option->palette).dark)
        drawOutline(painter, option->rect, outlineOn(*option));
}

} // namespace poolscope
