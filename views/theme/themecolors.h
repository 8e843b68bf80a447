// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QPalette>
#include <QPen>

namespace poolscope {

/// Colours with a meaning, chosen for the palette they stand on. Colour never carries a meaning alone:
/// a sign, an arrow, an icon or a word stands beside it.
struct ThemeColors
{
    bool dark = false;
    QColor grewTint; ///< behind a value that rose at the last sample
    QColor fellTint; ///< behind a value that fell
    QColor newTint; ///< behind the name of a new tag
    QColor dimText; ///< vanished tags, unknown values, secondary text
    QColor errorBanner; ///< background of a banner that reports an error
    QColor noticeBanner; ///< background of a banner that informs
    QColor bannerText;
    QColor leak; ///< icon of a verdict
    QColor suspect;
    QColor gridLine; ///< table and chart grids
    QColor markLine; ///< vertical lines of marks in charts

    [[nodiscard]] static ThemeColors of(const QPalette &palette);
};

/// Line colour of a pin's slot; Okabe and Ito's palette, safe for colour-blind eyes, lightened or darkened
/// where the background asks for it. Repeats after eight slots, told apart by pinPenStyle().
[[nodiscard]] QColor pinColor(int slot, bool dark);
/// Solid for the first eight slots, then dash patterns.
[[nodiscard]] Qt::PenStyle pinPenStyle(int slot);

} // namespace poolscope
