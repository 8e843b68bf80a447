// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/tagnames.h"

#include <QDateTime>
#include <QDeadlineTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace poolscope {

/// The names of pool tags, read again when the user chose another file or changed one. One thread.
class TagNameWatch
{
public:
    static constexpr std::chrono::milliseconds Period{5000};

    /// `places` may block on the disk.
    explicit TagNameWatch(
        std::function<TagNamePlaces()> places = tagNamePlaces, std::chrono::milliseconds period = Period);

    /// The names when they are others than at the last call, else null. Looks at most once a period.
    [[nodiscard]] std::shared_ptr<const TagNames> changed();

private:
    struct Stamp
    {
        TagNamePlaces places;
        QDateTime notes; ///< of the last change; invalid: there is no such file
        QDateTime tagFile;

        friend bool operator==(const Stamp &, const Stamp &) = default;
    };

    std::function<TagNamePlaces()> m_places;
    std::chrono::milliseconds m_period;
    QDeadlineTimer m_next;
    Stamp m_stamp;
    bool m_isLoaded = false;
};

} // namespace poolscope
