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

/// `share` of `ink` on `ground`, both opaque.
QColor blended(const QColor &ink, const QColor &ground, float share)
{
    const auto mix = [share](float a, float b) { return share * a + (1 - share) * b; };
    return QColor::fromRgbF(
        mix(ink.redF(), ground.redF()), mix(ink.greenF(), ground.greenF()), mix(ink.blueF(), ground.blueF()));
}

QColor handleColor(const QStyleOptionSlider &option)
{
    constexpr float Idle = 0.45F;
    constexpr float Hovered = 0.60F;
    constexpr float Pressed = 0.75F;
    const bool isOnHandle = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    float share = Idle;
    if (isOnHandle && option.state.testFlag(QStyle::State_Sunken))
        share = Pressed;
    else if (isOnHandle && option.state.testFlag(QStyle::State_MouseOver))
        share = Hovered;
    return blended(option.palette.color(QPalette::WindowText), option.palette.color(QPalette::Window), share);
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

void AppStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control == CC_ScrollBar && slider)
        drawScrollBar(*slider, painter, widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void AppStyle::drawScrollBar(const QStyleOptionSlider &option, QPainter *painter, const QWidget *widget) const
{
    constexpr int HandleMargin = 4;
    const bool isHorizontal = option.orientation == Qt::Horizontal;
    painter->fillRect(option.rect, option.palette.color(QPalette::Window));
    if (option.minimum == option.maximum)
        return;
    const QRect handle = subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    painter->fillRect(isHorizontal ? handle.adjusted(0, HandleMargin, 0, -HandleMargin)
                                   : handle.adjusted(HandleMargin, 0, -HandleMargin, 0),
        handleColor(option));

    const auto drawArrow = [&](SubControl button, PrimitiveElement arrow) {
        QStyleOptionSlider area = option;
        const QRect place = subControlRect(CC_ScrollBar, &option, button, widget);
        area.rect = place.adjusted(HandleMargin, HandleMargin, -HandleMargin, -HandleMargin);
        proxy()->drawPrimitive(arrow, &area, painter, widget);
    };
    const bool isMirrored = isHorizontal && option.direction == Qt::RightToLeft;
    const PrimitiveElement back = isMirrored ? PE_IndicatorArrowRight : PE_IndicatorArrowLeft;
    const PrimitiveElement forth = isMirrored ? PE_IndicatorArrowLeft : PE_IndicatorArrowRight;
    drawArrow(SC_ScrollBarSubLine, isHorizontal ? back : PE_IndicatorArrowUp);
    drawArrow(SC_ScrollBarAddLine, isHorizontal ? forth : PE_IndicatorArrowDown);
}

} // namespace poolscope
