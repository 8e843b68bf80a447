// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/chartlegend.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPixmap>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

constexpr QSize SampleSize(22, 12);
constexpr int MaxWidth = 220;

QIcon lineSample(const ChartSeries &series, const ChartLook &look, double pixelRatio)
{
    QPixmap pixmap(SampleSize * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QPen pen = seriesPen(series, look);
    pen.setWidth(2);
    painter.setPen(pen);
    const double y = SampleSize.height() / 2.0;
    painter.drawLine(QPointF(0, y), QPointF(SampleSize.width(), y));
    return QIcon(pixmap);
}

} // namespace

ChartLegend::ChartLegend(QWidget *parent)
    : QListWidget(parent)
{
    setFrameShape(QFrame::NoFrame);
    setIconSize(SampleSize);
    setTextElideMode(Qt::ElideMiddle);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(tr("Legend: pinned tags"));
    setToolTip(tr("Box or Space: show or hide. Click or Enter: highlight."));
    connect(this, &QListWidget::itemChanged, this, &ChartLegend::onItemChanged);
    connect(this, &QListWidget::itemClicked, this, &ChartLegend::onItemClicked);
}

void ChartLegend::setSeries(const std::vector<ChartSeries> &series, const ChartLook &look)
{
    const QSignalBlocker blocker(this);
    std::vector<Tag> tags;
    tags.reserve(series.size());
    for (const ChartSeries &one : series)
        tags.push_back(one.tag);
    if (tags != m_tags) {
        const int row = currentRow();
        const std::optional<Tag> current =
            row >= 0 ? std::optional(m_tags[static_cast<size_t>(row)]) : std::nullopt;
        clear();
        for (size_t i = 0; i < series.size(); ++i) {
            auto *item = new QListWidgetItem(this);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            if (tags[i] == current)
                setCurrentItem(item, QItemSelectionModel::NoUpdate);
        }
        m_tags = std::move(tags);
    }
    for (size_t i = 0; i < series.size(); ++i) {
        QListWidgetItem *entry = item(static_cast<int>(i));
        const ChartSeries &one = series[i];
        entry->setText(one.label);
        entry->setToolTip(one.label);
        entry->setIcon(lineSample(one, look, devicePixelRatioF()));
        entry->setCheckState(one.shown ? Qt::Checked : Qt::Unchecked);
        entry->setForeground(one.dimmed || !one.shown ? look.theme.dimText : look.text);
    }
    updateGeometry();
}

QSize ChartLegend::sizeHint() const
{
    const int width = sizeHintForColumn(0) + verticalScrollBar()->sizeHint().width();
    return {std::min(width, MaxWidth), 80};
}

void ChartLegend::mousePressEvent(QMouseEvent *event)
{
    m_boxClicked = false;
    QListWidget::mousePressEvent(event);
}

void ChartLegend::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentRow() >= 0) {
        emit highlightToggled(m_tags[static_cast<size_t>(currentRow())]);
        event->accept();
        return;
    }
    QListWidget::keyPressEvent(event);
}

void ChartLegend::onItemChanged(QListWidgetItem *item)
{
    m_boxClicked = true;
    emit shownChanged(m_tags[static_cast<size_t>(row(item))], item->checkState() == Qt::Checked);
}

void ChartLegend::onItemClicked(QListWidgetItem *item)
{
    if (!std::exchange(m_boxClicked, false))
        emit highlightToggled(m_tags[static_cast<size_t>(row(item))]);
}

} // namespace poolscope
