// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/bannerstack.h"

#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

BannerStack::BannerStack(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"banners"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void BannerStack::post(const QString &key, const BannerContent &content)
{
    Banner *old = m_banners.value(key);
    auto *banner = new Banner(content, this);
    banner->setObjectName(u"banner."_s + key);
    connect(banner, &Banner::dismissed, this, [this, key, banner] {
        if (m_banners.value(key) != banner)
            return;
        dismiss(key);
        emit answered(key);
    });
    m_layout->insertWidget(old ? m_layout->indexOf(old) : m_layout->count(), banner);
    dismiss(key);
    m_banners.insert(key, banner);
}

void BannerStack::postError(const QString &key, const QString &text, const std::vector<BannerAction> &actions)
{
    post(key, {BannerKind::Error, text, actions, {}, true});
}

void BannerStack::postNotice(
    const QString &key, const QString &text, const std::vector<BannerAction> &actions)
{
    post(key, {BannerKind::Notice, text, actions, {}, true});
}

void BannerStack::updateText(const QString &key, const QString &text)
{
    Banner *banner = m_banners.value(key);
    if (banner && banner->text() != text)
        banner->setText(text);
}

void BannerStack::dismiss(const QString &key)
{
    Banner *banner = m_banners.take(key);
    if (!banner)
        return;
    // Not at once: the call may come from one of its own buttons.
    m_layout->removeWidget(banner);
    banner->hide();
    banner->deleteLater();
}

} // namespace poolscope
