// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagnamewatch.h"

#include <QFileInfo>

namespace poolscope {

TagNameWatch::TagNameWatch(std::function<TagNamePlaces()> places, std::chrono::milliseconds period)
    : m_places(std::move(places))
    , m_period(period)
{
}

std::shared_ptr<const TagNames> TagNameWatch::changed()
{
    if (m_isLoaded && !m_next.hasExpired())
        return nullptr;
    m_next.setRemainingTime(m_period);
    Stamp stamp{m_places(), {}, {}};
    stamp.notes = QFileInfo(stamp.places.notes).lastModified();
    stamp.tagFile = QFileInfo(stamp.places.tagFile).lastModified();
    if (m_isLoaded && stamp == m_stamp)
        return nullptr;
    m_isLoaded = true;
    m_stamp = stamp;
    return std::make_shared<const TagNames>(TagNames::load(stamp.places));
}

} // namespace poolscope
