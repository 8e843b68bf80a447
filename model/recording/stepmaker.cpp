// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/stepmaker.h"

#include <algorithm>
#include <utility>

namespace poolscope {

namespace {

/// By rising id, each once: the last of several.
template <typename Entry>
void sortById(std::vector<Entry> &entries)
{
    const auto notAfter = [](const Entry &a, const Entry &b) { return a.id >= b.id; };
    if (std::ranges::adjacent_find(entries, notAfter) == entries.end())
        return;
    std::ranges::stable_sort(entries, {}, &Entry::id);
    const auto same = [](const Entry &a, const Entry &b) { return a.id == b.id; };
    entries.erase(entries.begin(), std::unique(entries.rbegin(), entries.rend(), same).base());
}

} // namespace

void StepMaker::startAnew()
{
    m_generation = 0;
    m_rows.clear();
    m_readings.clear();
    m_drivers.clear();
}

const RecordingStep &StepMaker::step(const Sample &sample, const TagCatalogue &catalogue, bool afterGap)
{
    m_step.wall = sample.wall;
    m_step.monotonic = sample.monotonic;
    m_step.afterGap = afterGap;
    m_step.system = sample.system;
    m_step.rows.clear();
    m_step.drivers.clear();
    m_step.readings.clear();
    m_step.hasRows = false;
    if (catalogue.generation() != m_generation)
        takeRows(catalogue);
    takeReadings(sample, catalogue.ids());
    return m_step;
}

void StepMaker::takeRows(const TagCatalogue &catalogue)
{
    const std::span<const TagId> ids = catalogue.ids();
    const bool isFirst = std::exchange(m_generation, catalogue.generation()) == 0;
    for (const TagId id : ids) {
        if (id >= m_readings.size()) {
            m_readings.resize(id + size_t(1));
            m_drivers.resize(m_readings.size());
            m_seen.resize(std::max(m_seen.size(), m_readings.size()));
        }
        m_seen[id] = m_generation;
    }
    for (const TagId id : m_rows) {
        if (m_seen[id] != m_generation && m_readings[id] != Reading()) {
            m_readings[id] = {};
            m_step.readings.push_back({id, {}});
        }
    }
    for (size_t row = 0; row < ids.size(); ++row) {
        const DriverId driver = catalogue.drivers()[row];
        if (std::exchange(m_drivers[ids[row]], driver) != driver)
            m_step.drivers.push_back({ids[row], driver});
    }
    sortById(m_step.drivers);
    m_step.hasRows = isFirst || !std::ranges::equal(ids, m_rows);
    if (m_step.hasRows) {
        m_rows.assign(ids.begin(), ids.end());
        m_step.rows = m_rows;
    }
}

void StepMaker::takeReadings(const Sample &sample, std::span<const TagId> ids)
{
    for (size_t row = 0; row < ids.size(); ++row) {
        const Reading &now = sample.readings[row];
        Reading &before = m_readings[ids[row]];
        if (now == before)
            continue;
        before = now;
        m_step.readings.push_back({ids[row], now});
    }
    sortById(m_step.readings);
}

} // namespace poolscope
