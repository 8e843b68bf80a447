// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/chunkcontent.h"
#include "model/recording/chunkformat.h"

#include <QByteArray>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace poolscope {

/// A group of tags of a chunk, unpacked; the views point into the content.
struct TagGroup
{
    QByteArray content;
    TagGroupViews views;
};

/// A chunk of the file, whose parts are read when they are wanted.
class StoredChunk final : public ChunkContent
{
public:
    /// The unpacked content of a part; nullopt: damaged.
    using Loader = std::function<std::optional<QByteArray>(quint32 part)>;
    StoredChunk(quint64 first, size_t samples, std::vector<quint32> parts, Loader loader);

    [[nodiscard]] std::optional<MachineStreamViews> machine() override;
    [[nodiscard]] TagId tagEnd() const override;
    [[nodiscard]] std::optional<EventStreamViews> tag(TagId id) override;

private:
    quint64 m_first;
    size_t m_samples;
    std::vector<quint32> m_parts; ///< rising
    Loader m_loader;
    std::optional<QByteArray> m_machine;
    std::map<quint32, std::optional<TagGroup>> m_groups;
};

/// Walks through the samples of a chunk, forwards only.
class SampleWalk
{
public:
    explicit SampleWalk(ChunkContent &content);

    /// The next sample's state; false: the machine part is damaged.
    [[nodiscard]] bool advance();
    [[nodiscard]] const MachineCursor &machine() const { return m_machine; }
    /// Unknown where it is damaged.
    [[nodiscard]] Reading reading(TagId id) const;

private:
    bool m_isReadable = false;
    quint32 m_next = 0;
    MachineCursor m_machine;
    std::vector<quint32> m_changes; ///< by TagId: offset of the next change; apart, because all are looked at
    std::vector<EventCursor> m_tags;
};

} // namespace poolscope
