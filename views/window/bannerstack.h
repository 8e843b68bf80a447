// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "views/window/banner.h"

#include <QHash>

class QVBoxLayout;

namespace poolscope {

/// The banners that are shown, newest at the bottom; one for each key, so that a trouble that goes on does
/// not pile up. No height while empty. Window thread.
class BannerStack : public QWidget
{
    Q_OBJECT

public:
    explicit BannerStack(QWidget *parent = nullptr);

    /// Shows `content` under `key`, in place of what stood there.
    void post(const QString &key, const BannerContent &content);
    void postError(const QString &key, const QString &text, const std::vector<BannerAction> &actions = {});
    void postNotice(const QString &key, const QString &text, const std::vector<BannerAction> &actions = {});
    void dismiss(const QString &key);
    /// Changes what is said under `key`, if anything is; its buttons stay, and the focus with them.
    void updateText(const QString &key, const QString &text);
    /// Null when nothing is shown under `key`.
    [[nodiscard]] Banner *banner(const QString &key) const { return m_banners.value(key); }

signals:
    /// The user closed it or pressed one of its buttons.
    void answered(const QString &key);

private:
    QHash<QString, Banner *> m_banners;
    QVBoxLayout *m_layout;
};

} // namespace poolscope
