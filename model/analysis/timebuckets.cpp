// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/timebuckets.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace poolscope {

namespace {

constexpr float Missing = std::numeric_limits<float>::quiet_NaN();

float lower(float a, float b)
{
    return std::isnan(b) ? b : std::min(a, b);
}

} // namespace

TimeBuckets::TimeBuckets(Kind kind, double start, double width, size_t slotCount)
    : m_kind(kind)
    , m_start(start)
    , m_width(width)
    , m_buckets(slotCount * Capacity, {Missing, Missing, Missing, Missing})
    , m_open(slotCount)
{
}

std::int64_t TimeBuckets::indexAt(double time) const
{
    // Samples come a little early or late: a bucket's edge must not fall between the two.
    constexpr double Slack = 1e-6;
    return static_cast<std::int64_t>(std::floor((time - m_start) / m_width + Slack));
}

void TimeBuckets::addSlot(double since)
{
    const size_t first = m_buckets.size();
    m_buckets.resize(first + Capacity, {Missing, Missing, Missing, Missing});
    for (size_t i = 0; i < static_cast<size_t>(m_size); ++i) {
        if (m_time[i] >= since)
            m_buckets[first + i] = {0, 0, 0, 0};
    }
    Open open;
    const bool isWhole = m_openIndex < 0 || m_openTime >= since * std::max(1, m_openSamples);
    open.samples = isWhole ? m_openSamples : Interrupted;
    m_open.push_back(open);
}

void TimeBuckets::advance(double time)
{
    std::int64_t index = indexAt(time);
    if (m_openIndex >= 0 && index != m_openIndex) {
        close();
        if (m_kind == Kind::Doubling && m_size == Capacity) {
            mergePairs();
            index = indexAt(time);
        }
    }
    m_openIndex = index;
    m_openTime += time;
    ++m_openSamples;
}

void TimeBuckets::put(size_t slot, float outstanding, float bytes)
{
    Open &open = m_open[slot];
    if (open.samples == Interrupted)
        return;
    if (open.samples == 0) {
        open = {outstanding, outstanding, bytes, bytes, 1};
        return;
    }
    open.outstanding += outstanding;
    open.outstandingFloor = std::min(open.outstandingFloor, outstanding);
    open.bytes += bytes;
    open.bytesFloor = std::min(open.bytesFloor, bytes);
    ++open.samples;
}

void TimeBuckets::close()
{
    const int at = m_kind == Kind::Sliding ? m_head : m_size;
    m_head = (at + 1) % Capacity;
    m_size = std::min(m_size + 1, Capacity);
    const auto place = static_cast<size_t>(at);
    m_time[place] = m_openTime / m_openSamples;
    m_index[place] = m_openIndex;
    for (size_t slot = 0; slot < m_open.size(); ++slot) {
        Open &open = m_open[slot];
        Bucket &bucket = m_buckets[slot * Capacity + place];
        if (open.samples > 0) {
            const auto samples = static_cast<float>(open.samples);
            bucket = {
                open.outstanding / samples, open.outstandingFloor, open.bytes / samples, open.bytesFloor};
        } else {
            bucket = {Missing, Missing, Missing, Missing};
        }
        open.samples = 0;
    }
    m_openIndex = -1;
    m_openSamples = 0;
    m_openTime = 0;
}

void TimeBuckets::mergePairs()
{
    m_width *= 2;
    std::array<std::pair<size_t, bool>, Capacity> sources{}; // first of a pair, and whether it has a second
    size_t merged = 0;
    for (size_t i = 0; i < Capacity; ++merged) {
        const bool isPair = i + 1 < Capacity && m_index[i + 1] / 2 == m_index[i] / 2;
        sources[merged] = {i, isPair};
        i += isPair ? 2 : 1;
    }
    for (size_t slot = 0; slot < m_open.size(); ++slot) {
        Bucket *buckets = m_buckets.data() + slot * Capacity;
        for (size_t i = 0; i < merged; ++i) {
            const auto [from, isPair] = sources[i];
            const Bucket a = buckets[from];
            const Bucket b = isPair ? buckets[from + 1] : a;
            buckets[i] = {(a.outstanding + b.outstanding) / 2, lower(a.outstandingFloor, b.outstandingFloor),
                (a.bytes + b.bytes) / 2, lower(a.bytesFloor, b.bytesFloor)};
        }
    }
    for (size_t i = 0; i < merged; ++i) {
        const auto [from, isPair] = sources[i];
        m_time[i] = isPair ? (m_time[from] + m_time[from + 1]) / 2 : m_time[from];
        m_index[i] = m_index[from] / 2;
    }
    m_size = static_cast<int>(merged);
}

void TimeBuckets::view(size_t slot, View &out) const
{
    size_t n = 0;
    const auto size = static_cast<size_t>(m_size);
    const size_t oldest = m_kind == Kind::Sliding && m_size == Capacity ? static_cast<size_t>(m_head) : 0;
    for (size_t i = 0; i < size; ++i) {
        const size_t at = (oldest + i) % Capacity;
        const Bucket &bucket = m_buckets[slot * Capacity + at];
        if (std::isnan(bucket.outstanding)) {
            n = 0;
            continue;
        }
        out.time[n] = m_time[at];
        out.outstanding.mean[n] = bucket.outstanding;
        out.outstanding.floor[n] = bucket.outstandingFloor;
        out.bytes.mean[n] = bucket.bytes;
        out.bytes.floor[n] = bucket.bytesFloor;
        ++n;
    }
    out.size = static_cast<int>(n);
}

} // namespace poolscope
