// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/topscreen.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

void cut(std::vector<TopLine> &lines, TerminalSize size)
{
    lines.resize(static_cast<size_t>(std::max(0, size.rows)), TopLine{QString(), TopLineKind::Row});
    for (TopLine &line : lines)
        line.text.truncate(std::max(0, size.columns));
}

/// `text` in at most `most` lines that fit the screen, broken at blanks where there are any.
std::vector<TopLine> problemLines(QString text, int columns, int most)
{
    std::vector<TopLine> lines;
    const qsizetype width = std::max(1, columns - 1);
    while (!text.isEmpty() && std::ssize(lines) < most) {
        qsizetype end = text.size();
        if (end > width) {
            const qsizetype blank = text.lastIndexOf(u' ', width);
            end = blank > 0 ? blank : width;
        }
        lines.push_back({u' ' + text.first(end), TopLineKind::Problem});
        text = text.sliced(end).trimmed();
    }
    return lines;
}

QString poolWord(const std::optional<PoolType> &type)
{
    if (!type)
        return u"both"_s;
    return *type == PoolType::Paged ? u"paged"_s : u"nonpaged"_s;
}

} // namespace

QStringList topHelp()
{
    return {
        u""_s,
        u" PoolScope: kernel memory by tag, live"_s,
        u""_s,
        u"   p        nonpaged, paged, both pools (Linux: unreclaimable, reclaimable)"_s,
        u"   b        sort by bytes              a   by allocations"_s,
        u"   m        by bytes per allocation    f   by frees"_s,
        u"   d or s   by diff (not yet freed)    t   by tag"_s,
        u"   ( or )   sort by the change since the last refresh, or by the value"_s,
        u"   e        totals at the bottom       l   highlight changed rows"_s,
        u""_s,
        u"   arrows, PgUp, PgDn, Home, End       scroll"_s,
        u"   space or any other key              refresh now"_s,
        u"   ? or h                              this page; Esc closes it"_s,
        u"   q or Esc                            quit"_s,
        u""_s,
        u" Changes since the last refresh stand in parentheses. A tag whose bytes and"_s,
        u" diff only ever rise while the load stays the same is what leaks."_s,
        u" – means that the kernel does not say."_s,
    };
}

TopScreen::TopScreen(TopQuery query, bool totals, bool highlight)
    : m_query(std::move(query))
    , m_totals(totals)
    , m_highlight(highlight)
{
}

TopScreen::Action TopScreen::press(const TerminalKey &key)
{
    using Kind = TerminalKey::Kind;
    const bool isQuit = key.kind == Kind::Character && (key.character == U'q' || key.character == U'Q');
    if (m_help && !isQuit) {
        m_help = false; // any key closes it, Esc above all
        return Action::Redraw;
    }
    switch (key.kind) {
    case Kind::Character:
        return pressCharacter(key.character);
    case Kind::Escape:
        return Action::Quit;
    case Kind::Up:
        return scrollTo(m_scroll - 1);
    case Kind::Down:
        return scrollTo(m_scroll + 1);
    case Kind::PageUp:
        return scrollTo(m_scroll - m_page);
    case Kind::PageDown:
        return scrollTo(m_scroll + m_page);
    case Kind::Home:
        return scrollTo(0);
    case Kind::End:
        return scrollTo(m_rowCount);
    case Kind::Other:
        break;
    }
    return Action::SampleNow;
}

TopScreen::Action TopScreen::pressCharacter(char32_t character)
{
    switch (character | 0x20) { // letters in lower case; what is no letter is looked at below
    case U'q':
        return Action::Quit;
    case U'h':
        m_help = true;
        return Action::Redraw;
    case U'p':
        cyclePoolType();
        return Action::Redraw;
    case U'e':
        m_totals = !m_totals;
        return Action::Redraw;
    case U'l':
        m_highlight = !m_highlight;
        return Action::Redraw;
    default:
        break;
    }
    if (character == U'?') {
        m_help = true;
        return Action::Redraw;
    }
    if (character == U'(' || character == U')') {
        m_query.byChange = !m_query.byChange;
        return Action::Redraw;
    }
    const QString text = QString::fromUcs4(&character, 1);
    if (const auto key = topKeyFromText(text))
        return sortBy(*key);
    return Action::SampleNow;
}

TopScreen::Action TopScreen::sortBy(TopKey key)
{
    m_query.sort = key;
    m_scroll = 0;
    return Action::Redraw;
}

TopScreen::Action TopScreen::scrollTo(qsizetype row)
{
    m_scroll = std::clamp<qsizetype>(row, 0, std::max<qsizetype>(0, m_rowCount - m_page));
    return Action::Redraw;
}

void TopScreen::cyclePoolType()
{
    m_scroll = 0;
    if (!m_query.type)
        m_query.type = PoolType::Nonpaged;
    else if (*m_query.type == PoolType::Nonpaged)
        m_query.type = PoolType::Paged;
    else
        m_query.type.reset();
}

std::vector<TopLine> TopScreen::lines(const Frame *frame, TerminalSize size, const TopScreenFacts &facts)
{
    std::vector<TopLine> out;
    if (m_help) {
        for (const QString &text : topHelp())
            out.push_back({text, TopLineKind::Help});
    } else if (frame) {
        showTable(out, *frame, size, facts);
    } else {
        out.push_back({u" Waiting for the first sample of "_s + printable(facts.sourceTitle) + u" …"_s,
            TopLineKind::Status});
        for (TopLine &line : problemLines(printable(facts.problem), size.columns, size.rows))
            out.push_back(std::move(line));
    }
    cut(out, size);
    return out;
}

void TopScreen::showTable(
    std::vector<TopLine> &out, const Frame &frame, TerminalSize size, const TopScreenFacts &facts)
{
    if (m_widthsOf != size.columns)
        m_widths = {};
    m_widthsOf = size.columns;
    const TopAnswer shown = answer(frame, m_query);
    const TopTableStyle style{.width = size.columns, .changes = true, .markSort = true, .atLeast = m_widths};
    const TopTable table(frame, shown, m_query, style);
    m_widths = table.widths();

    // On a low screen the rows matter most: header, caption and totals give way.
    std::vector<TopLine> head = topHeader(frame, style.changes, style.width);
    head.push_back(topCaption(frame, shown, m_query, facts.sourceTitle, size.columns));
    std::vector<TopLine> foot = m_totals ? table.totals() : std::vector<TopLine>();
    constexpr int MostProblemLines = 3;
    std::vector<TopLine> problem = problemLines(printable(facts.problem), size.columns, MostProblemLines);
    foot.insert(foot.end(), problem.begin(), problem.end());
    constexpr qsizetype FewestRows = 3;
    const auto room = [&] { return size.rows - std::ssize(head) - std::ssize(foot) - 2; };
    if (room() < FewestRows)
        foot = std::move(problem);
    if (room() < FewestRows)
        head.clear();

    m_rowCount = std::ssize(shown.rows);
    m_page = std::max<qsizetype>(1, room());
    m_scroll = std::clamp<qsizetype>(m_scroll, 0, std::max<qsizetype>(0, m_rowCount - m_page));
    out = std::move(head);
    out.push_back(table.heads());
    for (qsizetype i = m_scroll; i < m_scroll + m_page; ++i) {
        TopLine line = i < m_rowCount ? table.row(static_cast<size_t>(i)) : TopLine{};
        if (!m_highlight)
            line.kind = TopLineKind::Row;
        out.push_back(std::move(line));
    }
    out.insert(out.end(), std::make_move_iterator(foot.begin()), std::make_move_iterator(foot.end()));
    out.push_back(statusLine(facts, m_rowCount));
}

TopLine TopScreen::statusLine(const TopScreenFacts &facts, qsizetype rows) const
{
    QString text = u" ? help  q quit  p pool: "_s + poolWord(m_query.type);
    if (facts.interval.count() > 0)
        text += u"  every "_s + durationText(facts.interval);
    if (rows == 0)
        text += u"  no tag matches"_s;
    else
        text += u"  rows "_s + QString::number(m_scroll + 1) + u'-'
            + QString::number(std::min(rows, m_scroll + m_page)) + u" of "_s + QString::number(rows);
    return {text, TopLineKind::Status};
}

} // namespace poolscope
