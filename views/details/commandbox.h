// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

namespace poolscope {

/// A command to be copied: shown in a fixed-width font, wrapped where it is longer than the panel, with a
/// button that puts exactly the command on the clipboard. Window thread.
class CommandBox : public QWidget
{
    Q_OBJECT

public:
    /// `purpose` tells the buttons of several commands apart for screen readers.
    CommandBox(const QString &command, const QString &purpose, QWidget *parent);
};

} // namespace poolscope
