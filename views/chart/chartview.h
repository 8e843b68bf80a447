// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/chart/chartpicture.h"
#include "views/chart/readout.h"

#include <QChartView>

#include <optional>

namespace poolscope {

class PaintItem;

/// The plot: draws a ChartPicture and turns mouse and keys into wishes for another range. It keeps no time
/// window of its own; its owner answers the signals with a new picture.
class ChartView : public QChartView
{
    Q_OBJECT

public:
    explicit ChartView(QWidget *parent = nullptr);

    void setPicture(ChartPicture picture);
    [[nodiscard]] const ChartPicture &picture() const { return m_picture; }
    /// Shown in the middle of the plot instead of lines; empty: none.
    void setMessage(const QString &message);
    [[nodiscard]] QString message() const { return m_message; }

    /// Plot width in device pixels: how many columns a request should ask for.
    [[nodiscard]] int columns() const;
    [[nodiscard]] const ChartLayout &layoutNow() const { return m_layout; }
    [[nodiscard]] const ChartLook &look() const { return m_look; }

    /// The moment of a recording that is shown elsewhere, as a line; nullopt: live. With one, a click or
    /// Enter asks for another.
    void setPosition(std::optional<WallTime> at);
    [[nodiscard]] std::optional<WallTime> position() const { return m_position; }

    /// Where the crosshair stands; nullopt: nowhere.
    [[nodiscard]] std::optional<WallTime> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<WallTime> at);
    [[nodiscard]] std::optional<TimeRange> selection() const { return m_selection; }
    void setSelection(std::optional<TimeRange> range);

    /// What the box on the plot says now: of the selection, else of the crosshair; empty without either.
    [[nodiscard]] Readout readout() const;

signals:
    void zoomWanted(double factor, poolscope::WallTime at); ///< factor < 1: closer
    void panWanted(std::chrono::nanoseconds by);
    void resetWanted();
    void startWanted(); ///< go to the first sample
    void followWanted(); ///< go to the newest sample and stay there
    void columnsChanged();
    void momentWanted(poolscope::WallTime at); ///< only while there is a position
    void lookChanged();

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    enum class Drag
    {
        None,
        Pan,
        Select,
    };

    void applyPalette();
    void relayout();
    void updateOverlay();
    void moveCrosshair(int columns, bool selecting);
    [[nodiscard]] std::chrono::nanoseconds tolerance() const;
    [[nodiscard]] WallTime timeAt(double x) const;
    [[nodiscard]] Readout fittedReadout() const;
    [[nodiscard]] QRectF readoutBox(const Readout &readout) const;
    [[nodiscard]] QRectF overlayDirt() const;
    void paintOverlay(QPainter *painter) const;
    [[nodiscard]] QRectF positionDirt() const;

    ChartPicture m_picture;
    ChartLook m_look;
    ChartLayout m_layout;
    QString m_message;
    std::optional<WallTime> m_crosshair;
    std::optional<WallTime> m_position;
    std::optional<double> m_hoverX; ///< the mouse: the crosshair stays under it while the picture slides
    std::optional<TimeRange> m_selection;
    WallTime m_selectionAnchor{};
    Drag m_drag = Drag::None;
    double m_dragX = 0;
    double m_pressX = 0;
    bool m_isClick = false; ///< the mouse has not moved since it was pressed
    int m_columns = 0;
    QRectF m_overlayDirt;

    // Owned by the chart.
    PaintItem *m_axes = nullptr;
    PaintItem *m_marks = nullptr;
    SeriesItem *m_series = nullptr;
    PaintItem *m_positionLine = nullptr;
    PaintItem *m_overlay = nullptr;
};

} // namespace poolscope
