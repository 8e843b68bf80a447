// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QPointer>
#include <QWidget>

class QLabel;
class QLineEdit;

namespace poolscope {

/// A line to write a note in, above the table while it is needed: Enter adds the note, Escape leaves. Gives
/// the keyboard back to who had it. Window thread.
class NoteLine : public QWidget
{
    Q_OBJECT

public:
    explicit NoteLine(QWidget *parent = nullptr);

    /// Shows the line; `when` is the moment that the note will stand at.
    void ask(const QString &when);
    void leave();

signals:
    void noteGiven(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void give();

    QLabel *m_when;
    QLineEdit *m_text;
    QPointer<QWidget> m_before; ///< had the keyboard
};

} // namespace poolscope
