// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/screen/poolmonscreen.h"

#include "model/formats/poolmontext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray number(Counter value, qsizetype width)
{
    const QByteArray text = value.isKnown() ? QByteArray::number(value.value()) : "-"_ba;
    return ' ' + text.rightJustified(width - 1, ' ');
}

/// A value and its change in brackets; no change where the value itself is unknown.
QByteArray moving(Counter value, Counter step, qsizetype width, qsizetype stepWidth)
{
    if (!value.isKnown())
        return number(value, width) + QByteArray(stepWidth + 3, ' ');
    return number(value, width) + " (" + QByteArray::number(step.valueOr(0)).rightJustified(stepWidth, ' ')
        + ')';
}

QByteArray rowLine(const TopRow &row, SourceKind kind, qsizetype tagWidth, bool drivers)
{
    const Reading &now = row.row->reading;
    const Reading &step = row.row->sinceLast;
    QByteArray line = ' ' + poolMonTag(row.entry->tag.bytes, kind).leftJustified(tagWidth, ' ') + ' '
        + poolMonType(row.entry->tag.type) + moving(now.allocs, step.allocs, 11, 4)
        + moving(now.frees, step.frees, 11, 4) + number(now.outstanding, 9)
        + moving(now.bytes, step.bytes, 12, 6) + number(now.perAlloc(), 9);
    if (drivers)
        line += poolMonDriver(row.entry->driver);
    return line + "\r\n";
}

QByteArray totalLine(const TopAnswer &answer)
{
    // Worded so that no reader takes it for a tag.
    const auto part = [](const char *name, const TopTotal &total) -> QByteArray {
        return "   "_ba + name + QByteArray::number(total.sum.bytes.valueOr(0)) + " ("
            + QByteArray::number(total.change.bytes.valueOr(0)) + ')';
    };
    return " TOTAL:"_ba + part("Nonpaged bytes: ", answer.nonpaged) + part("Paged bytes: ", answer.paged)
        + part("All bytes: ", answer.all) + "\r\n";
}

} // namespace

QByteArray poolMonScreen(const Frame &frame, const TopAnswer &answer, const PoolMonScreenStyle &style)
{
    SystemReading system = frame.sample->system;
    const Counter faults = frame.systemChange[SystemField::PageFaults];
    system[SystemField::PageFaults] = frame.number > 1 ? faults : Counter(0);

    const SourceKind kind = frame.sample->origin->kind;
    qsizetype tagWidth = 4;
    if (kind != SourceKind::Pool) {
        for (const TopRow &row : answer.rows)
            tagWidth = std::max(tagWidth, poolMonTag(row.entry->tag.bytes, kind).size());
    }
    QByteArray out = poolMonHeader(system) + ' ' + style.title + "\r\n Tag" + QByteArray(tagWidth - 3, ' ')
        + " Type     Allocs            Frees            Diff   Bytes       Per Alloc"
        + (style.drivers ? "  Mapped_Driver" : "") + "\r\n\r\n";
    for (const TopRow &row : answer.rows)
        out += rowLine(row, kind, tagWidth, style.drivers);
    if (style.totals)
        out += totalLine(answer);
    return out;
}

} // namespace poolscope
