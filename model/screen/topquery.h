// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QByteArray>
#include <QList>
#include <QStringView>

#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// What the rows of the terminal screen are ordered by.
enum class TopKey : quint8
{
    Tag,
    Type,
    Allocs,
    Frees,
    Outstanding,
    Bytes,
    PerAlloc,
    Rate,
    Driver,
};

/// How a key is called: one table feeds `--sort`, its error messages and the screen's status line.
struct TopKeyInfo
{
    QStringView word; ///< as `--sort` takes it, e.g. "per_alloc"
    QStringView title; ///< for the screen, e.g. "bytes per allocation"
    TopKey key;
    char letter; ///< PoolMon's key; 0 where PoolMon has none
};
[[nodiscard]] std::span<const TopKeyInfo> topKeys();
[[nodiscard]] const TopKeyInfo &topKeyInfo(TopKey key);
/// A word of topKeys(), one of PoolMon's letters (t a f d s b m) in either case, or "outstanding".
[[nodiscard]] std::optional<TopKey> topKeyFromText(QStringView text);

/// Which tags of a frame are shown, and in what order.
struct TopQuery
{
    TopKey sort = TopKey::Bytes;
    /// Orders by the change since the previous sample, equal ones by the value; keys that have no change
    /// (tag, type, driver, rate) stay as they are.
    bool byChange = false;
    std::optional<PoolType> type; ///< only tags of this pool type; nullopt: all tags
    QList<QByteArray> include; ///< wildcards; a tag must match one of them, unless there are none
    QList<QByteArray> exclude; ///< wildcards; a tag must match none of them
    std::optional<qsizetype> limit; ///< at most so many rows; nullopt: all

    friend bool operator==(const TopQuery &, const TopQuery &) = default;
};

/// One row of the answer. Points into the frame that was asked and lives as long as that.
struct TopRow
{
    const TagEntry *entry = nullptr; ///< never null in an answer
    const FrameRow *row = nullptr; ///< never null in an answer
};

/// Sum over tags: of each counter what is known, unknown where no tag knows it.
struct TopTotal
{
    qsizetype tags = 0;
    Reading sum;
    Reading change;
};

struct TopAnswer
{
    std::vector<TopRow> rows; ///< ordered and limited
    qsizetype tagsInSample = 0; ///< before filtering
    /// Totals of the tags that pass the filters, whatever the limit cuts off.
    TopTotal all;
    TopTotal nonpaged;
    TopTotal paged;
};

/// Filters, orders and sums the tags that the frame's sample holds (vanished ones are left out). Numbers go
/// from large to small, words from a to z, unknown comes last; ties are broken by tag, then by pool type.
[[nodiscard]] TopAnswer answer(const Frame &frame, const TopQuery &query);

/// The frame's sample with only the rows of `answer`, in their order: what the machine-readable formats
/// write. The system reading is that of the whole machine.
[[nodiscard]] SamplePtr selectedSample(const Frame &frame, const TopAnswer &answer);

} // namespace poolscope
