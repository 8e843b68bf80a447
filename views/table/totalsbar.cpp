// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/totalsbar.h"

#include "model/core/tagtext.h"
#include "views/table/glyphtext.h"
#include "views/table/numbercell.h"
#include "views/table/tagdelegate.h"
#include "views/table/tagtableview.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

TotalsBar::TotalsBar(TagTableView *view, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(view->tagModel(), &TagTableModel::totalsChanged, this, &TotalsBar::refresh);
    const QHeaderView *header = view->horizontalHeader();
    connect(header, &QHeaderView::sectionResized, this, qOverload<>(&QWidget::update));
    connect(header, &QHeaderView::sectionMoved, this, qOverload<>(&QWidget::update));
    connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    refresh();
}

QSize TotalsBar::sizeHint() const
{
    return {200, 2 * TagDelegate::rowHeight(font()) + 2};
}

QSize TotalsBar::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void TotalsBar::refresh()
{
    setAccessibleName(tr("Totals"));
    setAccessibleDescription(
        tr("%1 tags, %2 bytes in all; ")
            .arg(groupedText(m_view->tagModel()->totals().tags), sum(TagColumn::Bytes).value)
        + poolText());
    update();
}

QString TotalsBar::poolText() const
{
    const TagTotals &totals = m_view->tagModel()->totals();
    const NumberStyle style = m_view->tagModel()->numberStyle();
    QStringList parts;
    for (const auto &[type, bytes] :
        {std::pair(PoolType::Nonpaged, totals.nonpaged), std::pair(PoolType::Paged, totals.paged)}) {
        const QString title = totals.kind == SourceKind::Slab ? poolTypeTitle(type, totals.kind)
            : type == PoolType::Nonpaged                      ? tr("nonpaged")
                                                              : tr("paged");
        parts += title + u' ' + bytesText(bytes, style);
    }
    parts += tr("not in tag table") + u' ' + bytesText(totals.untagged, style);
    return parts.join(u"   ·   "_s);
}

TagCell TotalsBar::sum(TagColumn column) const
{
    const TagTotals &totals = m_view->tagModel()->totals();
    const NumberStyle style = m_view->tagModel()->numberStyle();
    const TagEntry nobody;
    const FrameRow row{.reading = totals.shown, .sinceLast = totals.shownChange, .sinceBaseline = {}};
    switch (column) {
    case TagColumn::Tag:
        return {.value = tr("%1 shown").arg(groupedText(totals.tags)), .change = {}};
    case TagColumn::Allocs:
    case TagColumn::Frees:
    case TagColumn::Diff:
    case TagColumn::Bytes: {
        const TagRow sums{.entry = nobody, .frame = row, .driverRank = {}};
        return tagCell(column, sums, style);
    }
    case TagColumn::Rate:
        return {.value = signedBytesText(totals.shownBytesPerHour, style), .change = {}};
    case TagColumn::Pin:
    case TagColumn::Type:
    case TagColumn::PerAlloc:
    case TagColumn::Trend:
    case TagColumn::Driver:
    case TagColumn::Count:
        return {};
    }
    return {};
}

void TotalsBar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const GlyphText glyphs(font());
    const ThemeColors colors = ThemeColors::of(palette());
    const int line = TagDelegate::rowHeight(font());
    painter.setPen(colors.gridLine);
    painter.drawLine(0, 0, width(), 0);

    const int frame = m_view->viewport()->mapTo(m_view, QPoint()).x();
    for (const TagColumnInfo &info : tagColumns()) {
        const int column = static_cast<int>(info.column);
        const TagCell cell = sum(info.column);
        if (m_view->isColumnHidden(column) || cell.value.isEmpty())
            continue;
        const QRectF box(frame + m_view->columnViewportPosition(column) + TagDelegate::Margin, 1,
            m_view->columnWidth(column) - 2 * TagDelegate::Margin, line);
        const bool isUnknown = cell.value == unknownText();
        const QColor text = palette().color(QPalette::WindowText);
        if (info.alignment == ColumnAlignment::Right) {
            drawNumberCell(&painter, glyphs, box, cell,
                {.showsChange = info.showsChange && !isUnknown,
                    .value = isUnknown ? colors.dimText : text,
                    .change = cell.direction == ChangeDirection::None ? colors.dimText : text});
        } else {
            painter.setPen(text);
            glyphs.draw(&painter, {box.left(), box.top() + glyphs.baseline(line)},
                glyphs.elided(cell.value, box.width()));
        }
    }
    const int left = frame + std::max(m_view->columnViewportPosition(static_cast<int>(TagColumn::Tag)), 0)
        + TagDelegate::Margin;
    painter.setPen(colors.dimText);
    painter.drawText(
        QRect(left, line + 1, width() - left, line), Qt::AlignVCenter | Qt::AlignLeft, poolText());
}

bool TotalsBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const TagTotals &totals = m_view->tagModel()->totals();
    const auto exact = [](const QString &title, Counter bytes) {
        return title + u": "_s + groupedText(bytes) + (bytes.isKnown() ? tr(" bytes") : QString());
    };
    const QStringList lines = {tr("%1 tags shown").arg(groupedText(totals.tags)),
        exact(tr("Shown"), totals.shown.bytes), exact(tr("Nonpaged or unreclaimable"), totals.nonpaged),
        exact(tr("Paged or reclaimable"), totals.paged),
        exact(tr("Counted by the kernel beyond the tags"), totals.untagged)};
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this);
    return true;
}

} // namespace poolscope
