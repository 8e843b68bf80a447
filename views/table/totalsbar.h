// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/tables/tagcolumns.h"
#include "model/tables/tagtotals.h"
#include "views/table/cellcanvas.h"
#include "views/table/glyphtext.h"

#include <QWidget>

#include <optional>

namespace poolscope {

class TagTableView;

/// PoolMon's totals under the table: what is shown, each sum under its column, and below it the pool totals
/// and what the kernel counts beyond the tags.
class TotalsBar : public QWidget
{
    Q_OBJECT

public:
    /// The view is not owned and must outlive the bar.
    explicit TotalsBar(TagTableView *view, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// "nonpaged 20.8 MiB · paged 16.9 MiB · not in tag table 3.1 MiB".
    [[nodiscard]] QString poolText() const;
    /// The sum that stands under a column; empty where there is none.
    [[nodiscard]] TagCell sum(TagColumn column) const;
    /// The same with scaled units where the exact number is wider than `width` pixels: a rounded sum reads
    /// better than a cut one, and the tool tip has the exact ones.
    [[nodiscard]] TagCell sumWithin(TagColumn column, qreal width) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void refresh();
    [[nodiscard]] TagCell sum(TagColumn column, NumberStyle style) const;

    TagTableView *m_view;
    TagTotals m_totals; // as shown last
    NumberStyle m_style = NumberStyle::Grouped;
    std::optional<GlyphText> m_glyphs;
    CellCanvas m_canvas;
};

} // namespace poolscope
