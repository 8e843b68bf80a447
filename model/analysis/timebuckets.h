// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace poolscope {

/// The two things that are measured of a tag.
enum class Signal : std::uint8_t
{
    Outstanding,
    Bytes,
};
inline constexpr std::array Signals{Signal::Outstanding, Signal::Bytes};

/// One value of each signal.
struct Levels
{
    double outstanding = 0;
    double bytes = 0;

    [[nodiscard]] double of(Signal signal) const { return signal == Signal::Bytes ? bytes : outstanding; }
};

/// The course of many tags over one time axis in at most Capacity buckets, each holding the mean and the
/// minimum of both signals. A doubling window covers everything from its start on: when it is full, pairs
/// are merged and the width doubles. A sliding one covers the newest Capacity buckets. Tags are told apart
/// by slot. Adding a sample costs the same at any length of the run; 1044 bytes a slot. One thread.
class TimeBuckets
{
public:
    static constexpr int Capacity = 64;
    enum class Kind : std::uint8_t
    {
        Doubling,
        Sliding,
    };

    /// The axis begins at `start`; buckets are `width` wide, in seconds.
    TimeBuckets(Kind kind, double start, double width, size_t slotCount);

    /// One more slot; its buckets after `since` are filled with 0: the tag was there and did not change.
    void addSlot(double since);
    /// The next sample is at `time`; closes the open bucket when it is behind it. put() or interrupt() of
    /// every slot follows.
    void advance(double time);
    void put(size_t slot, float outstanding, float bytes);
    /// The slot's tag is absent, or starts anew: what was before it no longer counts.
    void interrupt(size_t slot) { m_open[slot].samples = Interrupted; }

    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] int size() const { return m_size; } ///< closed buckets

    /// By rising time, from the last interruption on.
    struct Values
    {
        std::array<float, Capacity> mean;
        std::array<float, Capacity> floor;
    };
    struct View
    {
        int size = 0;
        std::array<double, Capacity> time; ///< mean time of the bucket's samples
        Values outstanding;
        Values bytes;

        [[nodiscard]] const Values &of(Signal signal) const
        {
            return signal == Signal::Bytes ? bytes : outstanding;
        }
    };
    void view(size_t slot, View &out) const;

private:
    struct Bucket
    {
        float outstanding;
        float outstandingFloor;
        float bytes;
        float bytesFloor;
    };
    struct Open
    {
        float outstanding = 0; ///< sums
        float outstandingFloor = 0;
        float bytes = 0;
        float bytesFloor = 0;
        std::int32_t samples = 0;
    };
    static constexpr std::int32_t Interrupted = -1;

    [[nodiscard]] std::int64_t indexAt(double time) const;
    void close();
    void mergePairs();

    Kind m_kind;
    double m_start;
    double m_width;
    int m_size = 0;
    int m_head = 0; ///< sliding: place of the next bucket
    std::array<double, Capacity> m_time{};
    std::array<std::int64_t, Capacity> m_index{};
    std::int64_t m_openIndex = -1;
    int m_openSamples = 0;
    double m_openTime = 0;
    std::vector<Bucket> m_buckets; ///< Capacity for each slot
    std::vector<Open> m_open;
};

} // namespace poolscope
