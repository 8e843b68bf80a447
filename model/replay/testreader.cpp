// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/replay/testreader.h"

#include <algorithm>

namespace poolscope {

namespace {

using Index = SampleArchive::Index;

/// Adds samples up to `end`, from the later half on, evenly spread.
Result<Done> addPoints(SampleArchive &archive, Index begin, Index end, TestRun &run)
{
    constexpr Index Most = TestRun::MaxPoints / 2;
    const Index half = begin + (end - begin) / 2;
    const Index count = std::min<Index>(Most, end - half);
    for (Index i = 1; i <= count; ++i) {
        const Result<SamplePtr> sample = archive.sampleAt(half + (end - half) * i / count);
        if (!sample)
            return sample.error();
        run.add(sample.value());
    }
    return Done{};
}

} // namespace

Result<TestRun> readTest(SampleArchive &archive, const MarkedTest &test, WallTime at)
{
    const TimeAxis &axis = archive.axis();
    const Index start = indexAt(axis, test.start);
    const Index end = std::max(start, indexAt(axis, at));
    const Result<SamplePtr> first = archive.sampleAt(start);
    if (!first)
        return first.error();
    TestRun run;
    run.start(test.pool, first.value());
    Index stage = start;
    if (test.stop) {
        stage = std::clamp(indexAt(axis, *test.stop), start, end);
        const Result<SamplePtr> stop = archive.sampleAt(stage);
        if (!stop)
            return stop.error();
        run.add(stop.value());
        run.stop();
    }
    if (const Result<Done> added = addPoints(archive, stage, end, run); !added)
        return added.error();
    return run;
}

} // namespace poolscope
