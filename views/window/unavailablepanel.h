// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "views/window/mending.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

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
    void setMendingVisible(const Mending &mending, bool visible);

    QLabel *m_headline;
    QLabel *m_reason;
    QLabel *m_hint;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QPushButton *m_authorise;
    QPushButton *m_retry;
    QPushButton *m_demo;
    QString m_authorisedUri;
};

} // namespace poolscope
