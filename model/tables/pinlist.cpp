// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/pinlist.h"

#include <algorithm>
#include <utility>

namespace poolscope {

int PinList::slotOf(const Tag &tag) const
{
    const auto it =
        std::find_if(m_pins.begin(), m_pins.end(), [&](const Pin &pin) { return pin.tag == tag; });
    return it == m_pins.end() ? -1 : it->slot;
}

int PinList::lowestFreeSlot() const
{
    int slot = 0;
    while (std::any_of(m_pins.begin(), m_pins.end(), [&](const Pin &pin) { return pin.slot == slot; }))
        ++slot;
    return slot;
}

void PinList::pin(const Tag &tag, WallTime since)
{
    if (contains(tag))
        return;
    m_pins.push_back({tag, lowestFreeSlot(), since});
    emit changed();
}

void PinList::unpin(const Tag &tag)
{
    if (std::erase_if(m_pins, [&](const Pin &pin) { return pin.tag == tag; }) > 0)
        emit changed();
}

void PinList::toggle(const Tag &tag, WallTime since)
{
    if (contains(tag))
        unpin(tag);
    else
        pin(tag, since);
}

void PinList::replace(const std::vector<Tag> &tags, WallTime since)
{
    m_pins.clear();
    m_cleared.clear();
    for (const Tag &tag : tags) {
        if (!contains(tag))
            m_pins.push_back({tag, lowestFreeSlot(), since});
    }
    emit changed();
}

void PinList::clear()
{
    if (m_pins.empty())
        return;
    m_cleared = std::exchange(m_pins, {});
    emit changed();
}

void PinList::undoClear()
{
    if (m_cleared.empty())
        return;
    for (Pin pin : std::exchange(m_cleared, {})) {
        if (contains(pin.tag))
            continue;
        const bool slotTaken = std::any_of(
            m_pins.begin(), m_pins.end(), [&](const Pin &other) { return other.slot == pin.slot; });
        if (slotTaken)
            pin.slot = lowestFreeSlot();
        m_pins.push_back(std::move(pin));
    }
    emit changed();
}

} // namespace poolscope
