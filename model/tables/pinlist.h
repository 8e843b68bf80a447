// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/core/tag.h"

#include <QObject>

#include <vector>

namespace poolscope {

/// A tag the user follows in the chart.
struct Pin
{
    Tag tag;
    int slot = 0; ///< colour slot: stays as long as the pin, lowest free one for a new pin
    WallTime since{}; ///< when it was pinned, for "change since pin"

    friend bool operator==(const Pin &, const Pin &) = default;
};

/// The pinned tags in the order they were pinned; one list for table, chart and details. Window thread.
class PinList : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const std::vector<Pin> &pins() const { return m_pins; }
    /// Colour slot of a pinned tag, -1 of any other.
    [[nodiscard]] int slotOf(const Tag &tag) const;
    [[nodiscard]] bool contains(const Tag &tag) const { return slotOf(tag) >= 0; }

    void pin(const Tag &tag, WallTime since);
    void unpin(const Tag &tag);
    void toggle(const Tag &tag, WallTime since);
    /// Pins these and no others, and forgets what undoClear() could bring back: another source is shown.
    void replace(const std::vector<Tag> &tags, WallTime since);
    void clear();
    /// Brings back what the last clear() removed, beside what was pinned since.
    void undoClear();
    [[nodiscard]] bool canUndoClear() const { return !m_cleared.empty(); }

signals:
    void changed();

private:
    [[nodiscard]] int lowestFreeSlot() const;

    std::vector<Pin> m_pins;
    std::vector<Pin> m_cleared;
};

} // namespace poolscope
