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
    setAccessibleName(tr("Totals"));
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
    const TagTotals &totals = m_view->tagModel()->totals();
    const NumberStyle style = m_view->tagModel()->numberStyle();
    if (totals == m_totals && style == m_style)
        return;
    m_totals = totals;
    m_style = style;
    setAccessibleDescription(
        tr("%1 tags, %2 bytes in all; ").arg(groupedText(totals.tags), groupedText(totals.shown.bytes))
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
    return sum(column, m_view->tagModel()->numberStyle());
}

TagCell TotalsBar::sumWithin(TagColumn column, qreal width) const
{
    TagCell exact = sum(column);
    const bool fits = QFontMetricsF(font()).horizontalAdvance(exact.value) <= width;
    return fits ? exact : sum(column, NumberStyle::Scaled);
}

TagCell TotalsBar::sum(TagColumn column, NumberStyle style) const
{
    const TagTotals &totals = m_view->tagModel()->totals();
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
    case TagColumn::Verdict:
    case TagColumn::Driver:
    case TagColumn::Count:
        return {};
    }
    return {};
}

void TotalsBar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    if (!m_glyphs || m_glyphs->font() != font())
        m_glyphs.emplace(font());
    const ThemeColors colors = ThemeColors::of(palette());
    const QColor text = palette().color(QPalette::WindowText);
    const int line = TagDelegate::rowHeight(font());
    const int frame = m_view->viewport()->mapTo(m_view, QPoint()).x();
    for (const TagColumnInfo &info : tagColumns()) {
        const int column = static_cast<int>(info.column);
        if (m_view->isColumnHidden(column))
            continue;
        const TagCell cell = sumWithin(info.column, m_view->columnWidth(column) - 2 * TagDelegate::Margin);
        if (cell.value.isEmpty())
            continue;
        const QRect rect(
            frame + m_view->columnViewportPosition(column), 1, m_view->columnWidth(column), line);
        const QRectF box = QRectF(rect).adjusted(TagDelegate::Margin, 0, -TagDelegate::Margin, 0);
        m_canvas.begin(&painter, *m_glyphs, rect, palette().color(QPalette::Window));
        if (info.alignment == ColumnAlignment::Right) {
            const bool isUnknown = cell.value == unknownText();
            drawNumberCell(m_canvas, box, cell,
                {.showsChange = info.showsChange && !isUnknown,
                    .value = isUnknown ? colors.dimText : text,
                    .change = cell.direction == ChangeDirection::None ? colors.dimText : text});
        } else {
            m_canvas.text({box.left(), box.top() + m_glyphs->baseline(line)},
                m_glyphs->elided(cell.value, box.width()), text);
        }
        m_canvas.end();
    }
    const int left = frame + std::max(m_view->columnViewportPosition(static_cast<int>(TagColumn::Tag)), 0);
    const QRect poolRect(left, line + 1, width() - left, line);
    m_canvas.begin(&painter, *m_glyphs, poolRect, palette().color(QPalette::Window));
    m_canvas.text({qreal(left + TagDelegate::Margin), poolRect.top() + m_glyphs->baseline(line)},
        m_glyphs->elided(poolText(), poolRect.width() - 2 * TagDelegate::Margin), colors.dimText);
    m_canvas.end();
    painter.setPen(colors.gridLine);
    painter.drawLine(0, 0, width(), 0);
}

bool TotalsBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const TagTotals &totals = m_view->tagModel()->totals();
    const auto exact = [](const QString &title, Counter bytes) -> QString {
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
