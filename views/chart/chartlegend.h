// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"

#include <QListWidget>

#include <optional>

namespace poolscope {

/// The list of a chart's series with their line samples. The box (or Space) shows and hides a series; a
/// click on the name (or Enter) highlights it, again to stop.
class ChartLegend : public QListWidget
{
    Q_OBJECT

public:
    explicit ChartLegend(QWidget *parent = nullptr);

    /// Takes tags, labels, slots and what is shown from `series`; keeps the current row by tag.
    void setSeries(const std::vector<ChartSeries> &series, const ChartLook &look);

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void shownChanged(const poolscope::Tag &tag, bool shown);
    void highlightToggled(const poolscope::Tag &tag);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void onItemChanged(QListWidgetItem *item);
    void onItemClicked(QListWidgetItem *item);

    std::vector<Tag> m_tags; ///< one per row
    bool m_boxClicked = false; ///< this click went to the box, not to the name
};

} // namespace poolscope
