// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

namespace poolscope {

/// One kind of file that can be saved.
struct SaveKind
{
    QString title; ///< "CSV"
    QString suffix; ///< "csv"
};

/// Asks for a file name without blocking the program; `done` gets the path, with a suffix, and which of
/// `kinds` it is: by the suffix typed, else by the kind chosen. Not called when the user gives up.
void askSavePath(QWidget *parent, const QString &title, const QString &suggestedName,
    const std::vector<SaveKind> &kinds, const std::function<void(const QString &path, size_t kind)> &done);

/// A text that can stand as a file name everywhere.
[[nodiscard]] QString asFileName(const QString &text);

} // namespace poolscope
