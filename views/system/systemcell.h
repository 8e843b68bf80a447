// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPolygonF>
#include <QWidget>

#include <optional>
#include <vector>

namespace poolscope {

/// One figure of the system bar: a small title over a value, with a change beside it, a bar beneath it or a
/// sparkline to its right where the figure has one.
class SystemCell : public QWidget
{
    Q_OBJECT

public:
    SystemCell(const QString &title, QWidget *parent);

    /// A thin line to its left sets it apart from what comes before.
    void setStartsGroup(bool starts);
    void setValue(const QString &value, const QString &change = {});
    [[nodiscard]] QString value() const { return m_value; }
    [[nodiscard]] QString change() const { return m_change; }

    /// Keeps room for a bar; `share` and `peak` are 0..1 of the whole, nullopt draws an empty bar.
    void setBar(std::optional<double> share, std::optional<double> peak);
    [[nodiscard]] std::optional<double> barShare() const { return m_share; }

    /// Keeps room for a sparkline of lines in the unit square, y upwards.
    void setSparkline(std::vector<QPolygonF> lines);
    [[nodiscard]] bool hasSparkline() const { return !m_lines.empty(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QFont titleFont() const;
    [[nodiscard]] int textWidth() const;
    void widenToText();
    void paintBar(QPainter &painter, const QRect &box) const;
    void paintSparkline(QPainter &painter, const QRect &box) const;

    QString m_title;
    QString m_value;
    QString m_change;
    std::optional<double> m_share;
    std::optional<double> m_peak;
    std::vector<QPolygonF> m_lines;
    int m_textWidth = 0; ///< the widest text so far: cells grow but do not twitch
    bool m_startsGroup = false;
    bool m_withBar = false;
    bool m_withSparkline = false;
};

} // namespace poolscope
