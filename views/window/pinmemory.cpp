// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/pinmemory.h"

#include "model/tables/pinlist.h"
#include "views/window/windowsettings.h"

#include <algorithm>
#include <numeric>

namespace poolscope {

namespace {

constexpr size_t FirstPins = 3;

} // namespace

std::vector<Tag> biggestTags(const Frame &frame, size_t count)
{
    std::vector<size_t> rows;
    for (size_t row = 0; row < frame.rows.size(); ++row) {
        if (frame.rows[row].present && frame.rows[row].reading.bytes.isKnown())
            rows.push_back(row);
    }
    const auto bytes = [&frame](size_t row) { return frame.rows[row].reading.bytes.value(); };
    std::ranges::stable_sort(rows, std::ranges::greater(), bytes);
    std::vector<Tag> tags;
    for (const size_t row : rows) {
        if (tags.size() == count)
            break;
        tags.push_back((*frame.tags)[row].tag);
    }
    return tags;
}

PinMemory::PinMemory(PinList &pins, WindowSettings &settings, QObject *parent)
    : QObject(parent)
    , m_pins(pins)
    , m_settings(settings)
{
    connect(&m_pins, &PinList::changed, this, &PinMemory::remember);
}

void PinMemory::startSource(const QString &uri)
{
    m_uri = uri;
    m_awaitsFrame = true;
    m_pins.replace({}, {});
}

void PinMemory::setFrame(const Frame &frame)
{
    if (!m_awaitsFrame)
        return;
    const auto remembered = m_settings.pins(m_uri);
    const std::vector<Tag> tags = remembered ? *remembered : biggestTags(frame, FirstPins);
    m_awaitsFrame = false;
    m_pins.replace(tags, frame.firstWall);
}

void PinMemory::remember()
{
    if (m_awaitsFrame)
        return;
    std::vector<Tag> tags;
    for (const Pin &pin : m_pins.pins())
        tags.push_back(pin.tag);
    m_settings.setPins(m_uri, tags);
}

} // namespace poolscope
