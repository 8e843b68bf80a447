// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>
#include <QStringList>

namespace poolscope {

/// The lines of a log that were left out or are in doubt, to read and to copy. Window thread.
class LogLinesDialog : public QDialog
{
    Q_OBJECT

public:
    /// `lines`: one each, with its number and what is wrong with it; `remarks`: what is said of them all.
    LogLinesDialog(
        const QString &fileName, const QStringList &remarks, const QStringList &lines, QWidget *parent);
};

} // namespace poolscope
