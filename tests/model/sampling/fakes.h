// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/sampler.h"
#include "model/sources/source.h"
#include "tests/model/sampling/testsamples.h"

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace poolscope::fakes {
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
