// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topscreen.h"

#include <QByteArray>

#include <vector>

namespace poolscope {

/// Turns screen lines into the bytes that bring a terminal up to date, in one piece and only where a line
/// reads differently: nothing flickers. ECMA-48 sequences that every terminal since the VT100 knows, and
/// xterm's alternate screen. Pure.
class ScreenPainter
{
public:
    /// `colour`: false for none (see no-color.org); bold and reverse stay.
    explicit ScreenPainter(bool colour)
        : m_colour(colour)
    {
    }

    [[nodiscard]] static QByteArray enterSequence();
    [[nodiscard]] static QByteArray leaveSequence();

    /// `lines` are all lines of the screen, as TopScreen::lines() gives them.
    [[nodiscard]] QByteArray paint(const std::vector<TopLine> &lines, TerminalSize size);
    /// What stands on the terminal is unknown: the next paint() draws everything.
    void forget() { m_isKnown = false; }

private:
    [[nodiscard]] QByteArray painted(const TopLine &line, int columns) const;

    bool m_colour;
    bool m_isKnown = false;
    TerminalSize m_size;
    std::vector<TopLine> m_lines;
};

} // namespace poolscope
