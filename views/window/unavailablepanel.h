// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "views/window/mending.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace poolscope {

/// Stands in place of the table while a source has given no sample at all: why, and the buttons that mend it.
class UnavailablePanel : public QWidget
{
    Q_OBJECT

public:
    explicit UnavailablePanel(QWidget *parent = nullptr);

    /// Connecting, nothing is wrong yet.
    void showOpening(const QString &sourceTitle);
    void showError(const QString &sourceTitle, const Error &error, const Mending &mending);
    [[nodiscard]] QString reason() const;

signals:
    void retryWanted();
    void sourceWanted(const QString &uri);

private:
    /// The widgets that mend it: made at the first error, which most sessions never see.
    class MendingRows;

    QVBoxLayout *m_lines;
    QLabel *m_headline;
    QLabel *m_reason;
    MendingRows *m_mending = nullptr;
};

} // namespace poolscope
