// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;

namespace poolscope {

/// "2 snapshots deleted  [Undo] [×]": hidden while there is nothing to undo. Never takes the focus by itself.
class UndoBar : public QWidget
{
    Q_OBJECT

public:
    explicit UndoBar(QWidget *parent = nullptr);

    void setCount(qsizetype count); ///< 0 hides it

signals:
    void undoRequested();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_text;
};

} // namespace poolscope
