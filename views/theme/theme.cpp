// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/theme.h"

#include "views/theme/appstyle.h"
#include "views/theme/themecolors.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <QToolTip>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

struct Inks
{
    QRgb window, base, alternate, button, text, dim, disabled, highlight, highlightedText, link, toolTip,
        toolTipText;
};

constexpr Inks LightInks = {.window = 0xFFF1F3F5,
    .base = 0xFFFFFFFF,
    .alternate = 0xFFF7F8FA,
    .button = 0xFFF6F7F9,
    .text = 0xFF1B1F24,
    .dim = 0xFF666D75,
    .disabled = 0xFF9AA0A6,
    .highlight = 0xFF0B63B0,
    .highlightedText = 0xFFFFFFFF,
    .link = 0xFF0B5CA8,
    .toolTip = 0xFFFFFFFF,
    .toolTipText = 0xFF1B1F24};
constexpr Inks DarkInks = {.window = 0xFF25282C,
    .base = 0xFF1B1D20,
    .alternate = 0xFF202327,
    .button = 0xFF31353A,
    .text = 0xFFE6E8EA,
    .dim = 0xFF9BA1A8,
    .disabled = 0xFF72777D,
    .highlight = 0xFF1F6DB5,
    .highlightedText = 0xFFFFFFFF,
    .link = 0xFF6CB8F0,
    .toolTip = 0xFF33373C,
    .toolTipText = 0xFFF0F2F4};

QPalette paletteOf(const Inks &inks)
{
    // The constructor derives the bevel colours that Fusion draws frames with.
    QPalette palette(QColor(inks.button), QColor(inks.window));
    const auto set = [&palette](QPalette::ColorRole role, QRgb ink) { palette.setColor(role, QColor(ink)); };
    set(QPalette::Window, inks.window);
    set(QPalette::Base, inks.base);
    set(QPalette::AlternateBase, inks.alternate);
    set(QPalette::Button, inks.button);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText})
        set(role, inks.text);
    set(QPalette::PlaceholderText, inks.dim);
    set(QPalette::Highlight, inks.highlight);
    set(QPalette::HighlightedText, inks.highlightedText);
    set(QPalette::Link, inks.link);
    set(QPalette::LinkVisited, inks.link);
    set(QPalette::ToolTipBase, inks.toolTip);
    set(QPalette::ToolTipText, inks.toolTipText);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(inks.disabled));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(inks.disabled));
    return palette;
}

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

} // namespace

QString themeChoiceWord(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::System:
        return u"system"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    }
    return {};
}

std::optional<ThemeChoice> themeChoiceFromWord(const QString &word)
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        if (word == themeChoiceWord(choice))
            return choice;
    }
    return std::nullopt;
}

QPalette lightPalette()
{
    return paletteOf(LightInks);
}

QPalette darkPalette()
{
    return paletteOf(DarkInks);
}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_desktopStyle(QApplication::style()->name())
    , m_nativeIsDark(isDarkPalette(QApplication::palette()))
    , m_desktopIsDark(m_nativeIsDark)
{
    apply();
}

void Theme::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
    emit changed();
}

bool Theme::isDark() const
{
    return ThemeColors::of(QApplication::palette()).dark;
}

void Theme::setDesktopDark(bool dark)
{
    if (dark == m_desktopIsDark)
        return;
    m_desktopIsDark = dark;
    if (m_choice != ThemeChoice::System)
        return;
    apply();
    emit changed();
}

bool Theme::nativeStyleFits() const
{
    return m_desktopStyle.compare(u"fusion"_s, Qt::CaseInsensitive) != 0 && m_desktopIsDark == m_nativeIsDark;
}

void Theme::apply()
{
    const bool keepNative = m_choice == ThemeChoice::System && nativeStyleFits();
    if (keepNative != m_styleIsNative) {
        // NOLINTBEGIN(clang-analyzer-cplusplus.NewDeleteLeaks): the application owns its style
        QApplication::setStyle(keepNative ? QStyleFactory::create(m_desktopStyle) : new AppStyle);
        m_styleIsNative = keepNative;
        // NOLINTEND(clang-analyzer-cplusplus.NewDeleteLeaks)
    }
    if (keepNative) {
        QApplication::setPalette(QPalette());
        QToolTip::setPalette(QApplication::palette());
        return;
    }
    const bool dark = m_choice == ThemeChoice::System ? m_desktopIsDark : m_choice == ThemeChoice::Dark;
    const QPalette palette = dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace poolscope
