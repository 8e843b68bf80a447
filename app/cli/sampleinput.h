// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"
#include "model/sampling/analysisrun.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace poolscope {

/// How many samples a file holds, and from when to when.
struct SampleSpan
{
    quint64 samples = 0;
    WallTime first{};
    WallTime last{};
};

/// The samples of any file that the program reads, told apart by content: a recording, a text stream, a log
/// with several samples. Files that are no recording are read whole.
class SampleInput
{
public:
    [[nodiscard]] static Result<SampleInput> open(const QString &path);

    [[nodiscard]] const SampleSpan &span() const { return m_span; }
    /// That are marked in a recording, by time.
    [[nodiscard]] const std::vector<TestInstant> &tests() const { return m_tests; }
    /// `afterGap`: samples are missing before this one.
    using Visitor = std::function<void(const SamplePtr &sample, bool afterGap)>;
    [[nodiscard]] Result<Done> forEach(const Visitor &visit) const { return m_forEach(visit); }

private:
    [[nodiscard]] static Result<SampleInput> fromRecording(const QString &path);
    [[nodiscard]] static Result<SampleInput> fromStream(const QString &path);
    [[nodiscard]] static Result<SampleInput> fromSampleFile(const QString &path);
    [[nodiscard]] static SampleInput fromSamples(std::vector<SamplePtr> samples);

    SampleSpan m_span;
    std::vector<TestInstant> m_tests;
    std::function<Result<Done>(const Visitor &)> m_forEach;
};

} // namespace poolscope
