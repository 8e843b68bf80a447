// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QObject>
#include <QSet>
#include <QStringList>

namespace poolscope {

class BannerStack;

/// What a banner says of a leak: "pipe_inode_cache (reclaimable) is growing 41.2 MiB/h (90 %: 39.8 MiB to
/// 42.5 MiB), for 12 min; kmalloc-cg-1k grows with it."
[[nodiscard]] QString findingBannerText(const Frame &frame, const Finding &finding);

/// Says in banners which tags leak: only those whose verdict is leak, one banner for a lockstep group, at
/// most MostBanners at a time. A finding that the user answered stays quiet for the session; one that is
/// withdrawn goes by itself. Window thread.
class FindingController : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype MostBanners = 3;

    /// `banners` must outlive this object.
    FindingController(BannerStack &banners, QObject *parent);

    void setFrame(const FramePtr &frame);
    /// Another session: its findings count anew.
    void clear();

signals:
    void chartWanted(const poolscope::Tag &tag);
    void detailsWanted(const poolscope::Tag &tag);

private:
    void say(const QString &key, const Finding &finding);

    BannerStack &m_banners;
    FramePtr m_frame;
    QStringList m_shown; ///< keys of banners
    QSet<QString> m_answered;
};

} // namespace poolscope
