// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/mark.h"
#include "model/history/timeaxis.h"

#include <QSlider>

#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// The time of a recording from its first to its last sample, with its marks and gaps; the handle stands at
/// the moment shown. Any place is a click away; a drag asks for each moment it passes. Keys: Left and Right
/// a sample, with Shift a mark, PageUp and PageDown a tenth, Home and End, Space plays. Window thread.
class TimeSlider : public QSlider
{
    Q_OBJECT

public:
    explicit TimeSlider(QWidget *parent = nullptr);

    /// null: nothing to slide over.
    void setAxis(std::shared_ptr<const TimeAxis> axis);
    void setMarks(const std::vector<Mark> &marks);
    void setMoment(WallTime at);
    [[nodiscard]] WallTime moment() const { return m_at; }

    /// Where a moment lies, in pixels; and back, clamped to the recording.
    [[nodiscard]] double xOf(WallTime at) const;
    [[nodiscard]] WallTime timeAt(double x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void momentWanted(poolscope::WallTime at);
    void sampleStepWanted(int by);
    void markStepWanted(int direction);
    void firstWanted();
    void lastWanted();
    void playToggled();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    [[nodiscard]] bool hasTime() const { return m_axis && m_axis->size() > 0; }
    [[nodiscard]] QRectF groove() const;
    [[nodiscard]] QString hintAt(double x) const;
    void jumpTenths(int by);

    std::shared_ptr<const TimeAxis> m_axis;
    std::vector<Mark> m_marks; ///< by time
    WallTime m_first{};
    WallTime m_last{};
    WallTime m_at{};
    std::optional<double> m_hoverX;
    bool m_isDragged = false;
};

} // namespace poolscope
