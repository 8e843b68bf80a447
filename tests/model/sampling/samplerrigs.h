// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/sampler.h"
#include "tests/model/sampling/fakes.h"

namespace poolscope::fakes {

inline const Error Gone{ErrorKind::SourceUnavailable, QStringLiteral("cannot read"), QStringLiteral("fake:"),
    QStringLiteral("wait")};

/// A sampler with a pull source, on a clock that only the test moves.
struct PullRig
{
    PullRig()
    {
        auto owned = std::make_unique<PullSource>([this] { return read(); });
        source = owned.get();
        sampler.setInterval(std::chrono::seconds(1));
        sampler.start(std::move(owned));
    }

    Result<SamplePtr> read()
    {
        now += readTime;
        if (failReads)
            return Gone;
        const auto sample = sampleAt(now, tags, {Reading{}}, origin);
        sample->readCost = readCost;
        return SamplePtr(sample);
    }
    void advance(std::chrono::milliseconds step)
    {
        now += step;
        sampler.tick();
    }
    [[nodiscard]] SamplerState state() const { return sampler.status().state; }

    MonotonicTime now = std::chrono::hours(1);
    std::chrono::milliseconds readTime{0};
    std::chrono::nanoseconds readCost{0};
    bool failReads = false;
    std::shared_ptr<const TagList> tags = tagList({"Tag"});
    std::shared_ptr<const Origin> origin = fakes::origin();
    RecordingSink sink;
    Sampler sampler{sink, [this] { return now; }};
    PullSource *source = nullptr; ///< the sampler owns it
};

/// The same with a push source, already open.
struct PushRig
{
    PushRig()
    {
        auto owned = std::make_unique<PushSource>();
        source = owned.get();
        sampler.start(std::move(owned));
        sampler.tick();
    }
    void push(std::chrono::nanoseconds at, const std::shared_ptr<const Origin> &of)
    {
        emit source->sampleArrived(sampleAt(at, tags, {Reading{}}, of));
    }
    void push(std::chrono::nanoseconds at) { push(at, origin); }

    MonotonicTime now = std::chrono::hours(1);
    std::shared_ptr<const TagList> tags = tagList({"Tag"});
    std::shared_ptr<const Origin> origin = fakes::origin();
    RecordingSink sink;
    Sampler sampler{sink, [this] { return now; }};
    PushSource *source = nullptr; ///< the sampler owns it
};

} // namespace poolscope::fakes
