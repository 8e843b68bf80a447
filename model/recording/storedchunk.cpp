// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/storedchunk.h"

#include <algorithm>
#include <utility>

namespace poolscope {

StoredChunk::StoredChunk(quint64 first, size_t samples, std::vector<quint32> parts, Loader loader)
    : m_first(first)
    , m_samples(samples)
    , m_parts(std::move(parts))
    , m_loader(std::move(loader))
{
}

std::optional<MachineStreamViews> StoredChunk::machine()
{
    if (!m_machine)
        m_machine = m_loader(MachinePart);
    return m_machine ? decodedMachine(*m_machine, m_first, m_samples) : std::nullopt;
}

TagId StoredChunk::tagEnd() const
{
    return m_parts.empty() ? 0 : m_parts.back() * TagsPerGroup;
}

std::optional<EventStreamViews> StoredChunk::tag(TagId id)
{
    const quint32 part = partOfTag(id);
    if (!std::ranges::binary_search(m_parts, part))
        return EventStreamViews();
    auto found = m_groups.find(part);
    if (found == m_groups.end()) {
        found = m_groups.emplace(part, std::nullopt).first;
        if (std::optional<QByteArray> content = m_loader(part)) {
            if (const auto views = decodedGroup(*content, m_first, m_samples, id / TagsPerGroup))
                found->second = TagGroup{*std::move(content), *views};
        }
    }
    return found->second ? std::optional(found->second->views[id % TagsPerGroup]) : std::nullopt;
}

SampleWalk::SampleWalk(ChunkContent &content)
{
    const std::optional<MachineStreamViews> machine = content.machine();
    if (!machine)
        return;
    m_isReadable = true;
    m_machine = MachineCursor(*machine);
    m_tags.resize(content.tagEnd());
    m_changes.resize(content.tagEnd(), EventCursor::End);
    for (TagId id = 0; id < content.tagEnd(); ++id) {
        if (const std::optional<EventStreamViews> streams = content.tag(id)) {
            m_tags[id] = EventCursor(*streams);
            m_changes[id] = m_tags[id].next();
        }
    }
}

bool SampleWalk::advance()
{
    m_isReadable = m_isReadable && m_machine.advance();
    if (!m_isReadable)
        return false;
    for (size_t id = 0; id < m_tags.size(); ++id) {
        if (m_changes[id] == m_next) {
            m_tags[id].advance();
            m_changes[id] = m_tags[id].next();
        }
    }
    ++m_next;
    return true;
}

Reading SampleWalk::reading(TagId id) const
{
    return id < m_tags.size() && m_tags[id].ok() ? m_tags[id].reading() : Reading();
}

} // namespace poolscope
