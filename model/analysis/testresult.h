// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"
#include "model/core/sample.h"
#include "model/core/tag.h"

#include <optional>
#include <span>
#include <vector>

namespace poolscope {

/// Where a tag's bytes go at the moment.
enum class TestCourse : quint8
{
    Unknown, ///< too few samples, or it cannot be told from chance yet
    Rising,
    Flat,
    Falling,
};

/// What a test says of one tag. An absent tag holds nothing, as in a comparison.
struct TestRow
{
    Tag tag;
    QByteArray driver; ///< from the newest sample that knows it; empty: unknown
    Counter bytesStart;
    Counter grewBy; ///< bytes from the start to the stop, or to now while the test runs; may be below 0
    Counter outstandingGrewBy;
    Counter freed; ///< bytes given back since the stop; below 0: it went on growing. Unknown while it runs
    /// freed / grewBy; nullopt where nothing grew or either is unknown.
    std::optional<double> shareFreed;
    TestCourse course = TestCourse::Unknown; ///< since the stop, or since the start while the test runs
    bool isNew = false; ///< came after the start
    bool isGone = false; ///< not in the newest sample

    friend bool operator==(const TestRow &, const TestRow &) = default;
};

struct TestResult
{
    std::vector<TestRow> rows; ///< by grewBy, largest first, unknown last
    SourceKind kind = SourceKind::Slab;

    friend bool operator==(const TestResult &, const TestResult &) = default;
};

/// The samples that a result is made of. Neither `start` nor `now` is null; `stop` is while the test runs.
struct TestSamples
{
    SamplePtr start;
    SamplePtr stop;
    SamplePtr now;
    std::span<const SamplePtr> points; ///< of the stage at hand, by time, before `now`
};
/// Only tags that `wanted` says yes to.
[[nodiscard]] TestResult testResult(const TestSamples &samples, bool (*wanted)(const Tag &));

/// Where a series goes at its end: judged over its later half, by the line that the analysis fits, which
/// knows that neighbouring errors follow one another. Rising and falling take 3 standard deviations and at
/// least three steps; flat that what the line may hide stays under a tenth of `grown` or a hundredth of the
/// level; anything else is Unknown. `seconds` rise strictly; equal sizes.
[[nodiscard]] TestCourse courseOf(
    std::span<const double> seconds, std::span<const double> bytes, double grown);

} // namespace poolscope
