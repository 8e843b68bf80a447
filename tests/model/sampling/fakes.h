// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/sampler.h"
#include "model/sources/source.h"

#include <atomic>
#include <deque>
#include <functional>
#include <initializer_list>
#include <utility>
#include <vector>

namespace poolscope::fakes {

inline std::shared_ptr<const Origin> origin(const QString &bootId = QStringLiteral("boot-1"), int bits = 64)
{
    Origin result;
    result.uri = QStringLiteral("fake:");
    result.bootId = bootId;
    result.counterBits = bits;
    return std::make_shared<const Origin>(result);
}

inline std::shared_ptr<const TagList> tagList(std::initializer_list<const char *> names)
{
    TagList tags;
    for (const char *name : names)
        tags.push_back({{QByteArray(name), PoolType::Nonpaged}, {}});
    return std::make_shared<const TagList>(std::move(tags));
}

constexpr WallTime FirstWall{std::chrono::seconds(1'800'000'000)};

/// A sample `at` after the first one, on both clocks.
inline std::shared_ptr<Sample> sampleAt(std::chrono::nanoseconds at, std::shared_ptr<const TagList> tags,
    std::vector<Reading> readings, std::shared_ptr<const Origin> of = origin())
{
    auto sample = std::make_shared<Sample>();
    sample->wall = FirstWall + at;
    sample->monotonic = std::chrono::hours(1) + at;
    sample->origin = std::move(of);
    sample->tags = std::move(tags);
    sample->readings = std::move(readings);
    return sample;
}

/// A pull source whose reads are decided by a function that the test hands in. The function runs on the
/// sampler's thread.
class PullSource : public Source
{
    Q_OBJECT

public:
    explicit PullSource(std::function<Result<SamplePtr>()> onRead)
        : m_onRead(std::move(onRead))
    {
    }
    [[nodiscard]] Delivery delivery() const override { return Delivery::Pull; }
    [[nodiscard]] QString uri() const override { return QStringLiteral("fake:"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("fake"); }
    [[nodiscard]] Result<Done> open() override
    {
        ++opened;
        return openError ? Result<Done>(*openError) : Result<Done>(Done());
    }
    void close() override { ++closed; }
    [[nodiscard]] Result<SamplePtr> read() override { return m_onRead(); }

    std::optional<Error> openError;
    int opened = 0;
    int closed = 0;

private:
    std::function<Result<SamplePtr>()> m_onRead;
};

/// A push source: the test emits.
class PushSource : public Source
{
    Q_OBJECT

public:
    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override { return QStringLiteral("push:"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("push"); }
    [[nodiscard]] Result<Done> open() override
    {
        ++opened;
        return Done();
    }
    void close() override { ++closed; }
    [[nodiscard]] Result<SamplePtr> read() override { return Error{}; }

    int opened = 0;
    int closed = 0;
};

/// Keeps everything that a sampler says.
class RecordingSink : public SamplerSink
{
public:
    void sampleTaken(const SamplePtr &sample, bool afterGap) override
    {
        samples.push_back(sample);
        gaps.push_back(afterGap);
    }
    void markMade(const Mark &mark) override { marks.push_back(mark); }
    void statusChanged(const SamplerStatus &status) override { statuses.push_back(status); }

    std::vector<SamplePtr> samples;
    std::vector<bool> gaps; ///< one per sample
    std::vector<Mark> marks;
    std::vector<SamplerStatus> statuses;
};

} // namespace poolscope::fakes
