// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/screenpainter.h"

namespace poolscope {

QByteArray ScreenPainter::enterSequence()
{
    return "\x1b[?1049h\x1b[?25l\x1b[?7l"; // alternate screen, no cursor, no line wrap
}

QByteArray ScreenPainter::leaveSequence()
{
    return "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";
}

QByteArray ScreenPainter::paint(const std::vector<TopLine> &lines, TerminalSize size)
{
    QByteArray out;
    if (!m_isKnown || size != m_size || lines.size() != m_lines.size()) {
        out += "\x1b[0m\x1b[2J";
        m_lines.assign(lines.size(), TopLine{});
    }
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i] == m_lines[i])
            continue;
        out += "\x1b[" + QByteArray::number(i + 1) + ";1H" + painted(lines[i], size.columns) + "\x1b[K";
    }
    m_isKnown = true;
    m_size = size;
    m_lines = lines;
    return out;
}

QByteArray ScreenPainter::painted(const TopLine &line, int columns) const
{
    const auto styled = [](const QByteArray &sequence, const QString &text) {
        return QByteArray("\x1b[" + sequence + 'm' + text.toUtf8() + "\x1b[0m");
    };
    switch (line.kind) {
    case TopLineKind::Header:
    case TopLineKind::Row:
    case TopLineKind::Total:
    case TopLineKind::Help:
        break;
    case TopLineKind::ChangedRow:
        return styled("1", line.text);
    case TopLineKind::Columns:
    case TopLineKind::Status:
        return styled("7", line.text.leftJustified(columns));
    case TopLineKind::Problem:
        return styled(m_colour ? "1;31" : "1", line.text);
    }
    return line.text.toUtf8();
}

} // namespace poolscope
