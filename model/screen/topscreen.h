// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/toptable.h"

#include <QString>

#include <chrono>
#include <vector>

namespace poolscope {

/// A key as a terminal delivers it.
struct TerminalKey
{
    enum class Kind : quint8
    {
        Character,
        Escape,
        Up,
        Down,
        PageUp,
        PageDown,
        Home,
        End,
        Other, ///< any other key: function keys, Left, Insert, …
    };
    Kind kind = Kind::Other;
    char32_t character = 0; ///< of Kind::Character

    friend bool operator==(const TerminalKey &, const TerminalKey &) = default;
};

struct TerminalSize
{
    int columns = 80;
    int rows = 24;

    friend bool operator==(TerminalSize, TerminalSize) = default;
};

/// What the screen shows beside the frame.
struct TopScreenFacts
{
    QString sourceTitle;
    std::chrono::milliseconds interval{0}; ///< 0: the source keeps its own pace
    QString problem; ///< why no new samples come; empty while all is well
};

/// The interactive screen without a terminal: keys in, lines out. Holds what PoolMon's keys change.
class TopScreen
{
public:
    enum class Action : quint8
    {
        Redraw, ///< what is shown has changed
        SampleNow, ///< a new sample is wanted at once, as with any key in PoolMon
        Quit,
    };

    TopScreen(TopQuery query, bool totals, bool highlight = true);

    Action press(const TerminalKey &key);
    /// Exactly size.rows lines, none longer than size.columns. `frame` is null before the first sample.
    [[nodiscard]] std::vector<TopLine> lines(
        const Frame *frame, TerminalSize size, const TopScreenFacts &facts);

    [[nodiscard]] const TopQuery &query() const { return m_query; }
    [[nodiscard]] bool highlights() const { return m_highlight; }

private:
    Action pressCharacter(char32_t character);
    Action scrollTo(qsizetype row);
    Action sortBy(TopKey key);
    void cyclePoolType();
    void showTable(
        std::vector<TopLine> &out, const Frame &frame, TerminalSize size, const TopScreenFacts &facts);
    [[nodiscard]] TopLine statusLine(const TopScreenFacts &facts, qsizetype rows) const;

    TopQuery m_query;
    bool m_totals;
    bool m_highlight;
    bool m_help = false;
    qsizetype m_scroll = 0; ///< index of the first row on the screen
    qsizetype m_page = 1; ///< rows on the screen when it was last drawn
    qsizetype m_rowCount = 0; ///< rows of the table when it was last drawn
    TopWidths m_widths{};
    int m_widthsOf = 0; ///< the screen width that m_widths belongs to
};

/// The help page that `?` shows, without a frame.
[[nodiscard]] QStringList topHelp();

} // namespace poolscope
