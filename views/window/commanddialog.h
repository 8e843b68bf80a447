// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QLineEdit;

namespace poolscope {

/// Asks for the program of a command: source. Not modal. Window thread.
class CommandDialog : public QDialog
{
    Q_OBJECT

public:
    explicit CommandDialog(QWidget *parent);

signals:
    void sourceWanted(const QString &uri);

private:
    void accept() override;

    QLineEdit *m_command;
};

} // namespace poolscope
