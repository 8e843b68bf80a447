// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/chart/pinnedseries.h"

#include "model/core/tagtext.h"

#include <algorithm>

namespace poolscope {

namespace {

bool contains(const std::vector<Pin> &pins, const Tag &tag)
{
    return std::any_of(pins.begin(), pins.end(), [&](const Pin &pin) { return pin.tag == tag; });
}

} // namespace

void PinnedSeries::setPins(const std::vector<Pin> &pins)
{
    m_pins = pins;
    m_ids.clear();
    m_resolved = 0;
    (void)resolve();
    m_points.removeIf([&](const auto &entry) { return !contains(pins, entry.key()); });
    m_hidden.removeIf([&](const Tag &tag) { return !contains(pins, tag); });
    if (m_highlighted && !contains(pins, *m_highlighted))
        m_highlighted.reset();
}

bool PinnedSeries::setTags(const std::shared_ptr<const TagList> &tags)
{
    m_tags = tags;
    return resolve();
}

void PinnedSeries::forgetSession()
{
    m_tags.reset();
    m_resolved = 0;
    m_ids.clear();
    m_points.clear();
}

void PinnedSeries::setPoints(const Tag &tag, std::vector<SeriesPoint> points)
{
    if (contains(m_pins, tag))
        m_points[tag] = std::make_shared<const std::vector<SeriesPoint>>(std::move(points));
}

void PinnedSeries::setShown(const Tag &tag, bool shown)
{
    if (shown)
        m_hidden.remove(tag);
    else
        m_hidden.insert(tag);
}

void PinnedSeries::toggleHighlight(const Tag &tag)
{
    m_highlighted = m_highlighted == tag ? std::nullopt : std::optional(tag);
}

std::vector<TagId> PinnedSeries::ids() const
{
    std::vector<TagId> out;
    for (const Pin &pin : m_pins) {
        if (const auto id = m_ids.constFind(pin.tag); id != m_ids.constEnd())
            out.push_back(*id);
    }
    return out;
}

std::optional<TagId> PinnedSeries::id(const Tag &tag) const
{
    const auto known = m_ids.constFind(tag);
    return known == m_ids.cend() ? std::nullopt : std::optional(*known);
}

std::vector<SeriesWish> PinnedSeries::wishes(ChangeBase base, WallTime baseline) const
{
    std::vector<SeriesWish> out;
    for (const Pin &pin : m_pins) {
        const auto id = m_ids.constFind(pin.tag);
        if (id == m_ids.constEnd())
            continue;
        SeriesWish wish{*id, std::nullopt};
        switch (base) {
        case ChangeBase::None:
            break;
        case ChangeBase::Pin:
            wish.changeSince = pin.since;
            break;
        case ChangeBase::Baseline:
            wish.changeSince = baseline;
            break;
        }
        out.push_back(wish);
    }
    return out;
}

std::vector<ChartSeries> PinnedSeries::series(SourceKind kind) const
{
    const auto noPoints = std::make_shared<const std::vector<SeriesPoint>>();
    std::vector<ChartSeries> out;
    for (const Pin &pin : m_pins) {
        out.push_back({pin.tag, labelOf(pin.tag, kind), pin.slot, !m_hidden.contains(pin.tag),
            m_highlighted && *m_highlighted != pin.tag, m_points.value(pin.tag, noPoints)});
    }
    return out;
}

bool PinnedSeries::resolve()
{
    if (!m_tags)
        return false;
    const auto known = m_ids.size();
    for (; m_resolved < m_tags->size(); ++m_resolved) {
        const Tag &tag = (*m_tags)[m_resolved].tag;
        if (contains(m_pins, tag))
            m_ids.insert(tag, static_cast<TagId>(m_resolved));
    }
    return m_ids.size() != known;
}

QString PinnedSeries::labelOf(const Tag &tag, SourceKind kind) const
{
    QString label = escapedTag(tag.bytes);
    const auto alike = std::count_if(
        m_pins.begin(), m_pins.end(), [&](const Pin &pin) { return pin.tag.bytes == tag.bytes; });
    const QString type = poolTypeTitle(tag.type, kind);
    if (alike > 1 && !type.isEmpty())
        label += QStringLiteral(" (") + type + u')';
    return label;
}

} // namespace poolscope
