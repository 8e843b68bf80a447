// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/tag.h"
#include "model/sampling/frame.h"

#include <array>
#include <cmath>

namespace poolscope {

/// The table's totals row. Sums hold what is known; unknown where nothing is. Vanished tags do not count.
struct TagTotals
{
    int tags = 0; ///< rows that are summed
    Reading shown; ///< of the rows that the table shows
    Reading shownChange; ///< their change since the last sample
    Counter shownBytesPerHour;
    Counter nonpaged; ///< bytes of all nonpaged (unreclaimable) tags, shown or not
    Counter paged; ///< bytes of all paged (reclaimable) tags, shown or not
    Counter untagged; ///< what the kernel counts beyond the tags: "not in tag table"
    SourceKind kind = SourceKind::Slab;

    friend bool operator==(const TagTotals &, const TagTotals &) = default;
};

/// Adds up the totals row by row. In the header because it runs for every tag of every frame.
class TagTotalsSum
{
public:
    void add(const FrameRow &row, PoolType type, bool isShown)
    {
        if (!row.present)
            return;
        m_byType[static_cast<size_t>(type)].add(row.reading.bytes);
        if (!isShown)
            return;
        ++m_tags;
        m_shown.add(row.reading);
        m_change.add(row.sinceLast);
        const bool isRateKnown = !std::isnan(row.bytesPerHour);
        m_rate += isRateKnown ? row.bytesPerHour : 0;
        m_isRateKnown |= isRateKnown;
    }

    [[nodiscard]] TagTotals totals(SourceKind kind, Counter untagged) const
    {
        return {.tags = m_tags,
            .shown = m_shown.value(),
            .shownChange = m_change.value(),
            .shownBytesPerHour = m_isRateKnown ? Counter(std::llround(m_rate)) : Counter(),
            .nonpaged = m_byType[static_cast<size_t>(PoolType::Nonpaged)].value(),
            .paged = m_byType[static_cast<size_t>(PoolType::Paged)].value(),
            .untagged = untagged,
            .kind = kind};
    }

private:
    /// Sum of what is known; unknown when nothing was.
    class Sum
    {
    public:
        void add(Counter value)
        {
            m_value += value.valueOr(0);
            m_isKnown |= value.isKnown();
        }
        [[nodiscard]] Counter value() const { return m_isKnown ? Counter(m_value) : Counter(); }

    private:
        qint64 m_value = 0;
        bool m_isKnown = false;
    };
    struct ReadingSum
    {
        Sum allocs;
        Sum frees;
        Sum outstanding;
        Sum bytes;

        void add(const Reading &reading)
        {
            allocs.add(reading.allocs);
            frees.add(reading.frees);
            outstanding.add(reading.outstanding);
            bytes.add(reading.bytes);
        }
        [[nodiscard]] Reading value() const
        {
            return {allocs.value(), frees.value(), outstanding.value(), bytes.value()};
        }
    };

    int m_tags = 0;
    ReadingSum m_shown;
    ReadingSum m_change;
    double m_rate = 0;
    bool m_isRateKnown = false;
    std::array<Sum, 3> m_byType; // by PoolType
};

} // namespace poolscope
