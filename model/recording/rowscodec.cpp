// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/rowscodec.h"

#include "model/recording/recordingstep.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Which tag comes after which in a list of rows.
class Successors
{
public:
    explicit Successors(std::span<const TagId> rows)
    {
        if (rows.empty())
            return;
        m_first = rows.front();
        m_after.resize(*std::ranges::max_element(rows) + size_t(1), Nothing);
        for (size_t row = 0; row + 1 < rows.size(); ++row)
            m_after[rows[row]] = rows[row + 1];
    }

    [[nodiscard]] TagId first() const { return m_first; }
    [[nodiscard]] TagId after(TagId id) const
    {
        return id < m_after.size() && m_after[id] != Nothing ? m_after[id] : id + 1;
    }

private:
    static constexpr TagId Nothing = MaxTags;
    TagId m_first = 0;
    std::vector<TagId> m_after;
};

} // namespace

void writeRows(ByteWriter &writer, std::span<const TagId> before, std::span<const TagId> now)
{
    const Successors successors(before);
    writer.number(now.size());
    TagId expected = successors.first();
    for (const TagId id : now) {
        // 0: as expected; else the tag.
        writer.number(id == expected ? 0 : quint64(id) + 1);
        expected = successors.after(id);
    }
}

std::vector<TagId> readRows(ByteReader &reader, std::span<const TagId> before)
{
    const Successors successors(before);
    const quint64 count = reader.number();
    std::vector<TagId> rows;
    if (count > reader.left()) { // a row takes a byte at least
        reader.fail();
        return rows;
    }
    rows.reserve(count);
    TagId expected = successors.first();
    for (quint64 row = 0; row < count; ++row) {
        const quint64 code = reader.number();
        const quint64 id = code == 0 ? expected : code - 1;
        if (id >= MaxTags) {
            reader.fail();
            return {};
        }
        rows.push_back(static_cast<TagId>(id));
        expected = successors.after(rows.back());
    }
    return rows;
}

} // namespace poolscope
