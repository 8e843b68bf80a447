// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/theme/themecolors.h"

#include <array>

namespace poolscope {

namespace {

constexpr int DarkLightness = 128;

constexpr std::array<QRgb, 8> OnLight = {
    0xFF0072B2, 0xFFD55E00, 0xFF009E73, 0xFFCC79A7, 0xFFB07D00, 0xFF2F9BD6, 0xFF7A5195, 0xFF4D4D4D};
constexpr std::array<QRgb, 8> OnDark = {
    0xFF56B4E9, 0xFFFF8A3D, 0xFF2FC99A, 0xFFE79BC6, 0xFFF0E442, 0xFF8FD3FF, 0xFFC5A3E0, 0xFFD0D0D0};

} // namespace

ThemeColors ThemeColors::of(const QPalette &palette)
{
    ThemeColors colors;
    colors.dark = palette.color(QPalette::Base).lightness() < DarkLightness;
    if (colors.dark) {
        colors.grewTint = QColor(0x6B, 0x3A, 0x12);
        colors.fellTint = QColor(0x14, 0x49, 0x5C);
        colors.newTint = QColor(0x1F, 0x4D, 0x2B);
        colors.dimText = QColor(0x9A, 0x9A, 0x9A);
        colors.errorBanner = QColor(0x6E, 0x1F, 0x1F);
        colors.noticeBanner = QColor(0x1F, 0x3F, 0x66);
        colors.bannerText = QColor(0xF4, 0xF4, 0xF4);
        colors.leak = QColor(0xFF, 0x6B, 0x5E);
        colors.suspect = QColor(0xF0, 0xB4, 0x29);
        colors.gridLine = QColor(0x40, 0x40, 0x40);
        colors.markLine = QColor(0xA8, 0xA8, 0xA8);
    } else {
        colors.grewTint = QColor(0xFF, 0xE3, 0xC7);
        colors.fellTint = QColor(0xD3, 0xEC, 0xF7);
        colors.newTint = QColor(0xD9, 0xF2, 0xDC);
        colors.dimText = QColor(0x6B, 0x6B, 0x6B);
        colors.errorBanner = QColor(0xFB, 0xD9, 0xD7);
        colors.noticeBanner = QColor(0xDC, 0xE9, 0xF8);
        colors.bannerText = QColor(0x1A, 0x1A, 0x1A);
        colors.leak = QColor(0xC0, 0x1C, 0x1C);
        colors.suspect = QColor(0xA8, 0x62, 0x00);
        colors.gridLine = QColor(0xE2, 0xE2, 0xE2);
        colors.markLine = QColor(0x70, 0x70, 0x70);
    }
    return colors;
}

QColor pinColor(int slot, bool dark)
{
    const auto &colors = dark ? OnDark : OnLight;
    return QColor::fromRgba(colors[static_cast<size_t>(slot) % colors.size()]);
}

Qt::PenStyle pinPenStyle(int slot)
{
    static constexpr std::array Styles = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    return Styles[static_cast<size_t>(slot) / OnLight.size() % Styles.size()];
}

} // namespace poolscope
