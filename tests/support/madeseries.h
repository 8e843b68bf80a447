// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/sampling/analysisrun.h"

#include <QList>
#include <QRandomGenerator>

#include <cmath>
#include <functional>

namespace poolscope::test {

/// Objects that a made-up tag holds at a second; random numbers come from the series' own generator.
using MadeCourse = std::function<double(double second, QRandomGenerator &random)>;

/// A standard normal deviate.
[[nodiscard]] inline double gaussian(QRandomGenerator &random)
{
    double sum = -6;
    for (int i = 0; i < 12; ++i)
        sum += random.generateDouble();
    return sum;
}

/// One made-up tag: 64 bytes an object, thousands of allocations a second whatever it holds.
struct MadeTag
{
    QByteArray name;
    MadeCourse course;
    int bytesPerObject = 64;
    bool counted = true; ///< allocs and frees are known
    PoolType type = PoolType::Nonpaged;
};

/// Samples of made-up tags at regular times; the same seed makes the same samples.
class MadeSeries
{
public:
    explicit MadeSeries(QList<MadeTag> tags, quint32 seed = 1)
        : m_tags(std::move(tags))
        , m_random(seed)
    {
        auto list = std::make_shared<TagList>();
        for (const MadeTag &tag : m_tags)
            list->push_back({{tag.name, tag.type}, {}});
        m_list = std::move(list);
        m_origin = std::make_shared<Origin>(Origin{.uri = QStringLiteral("pool:"),
            .kind = SourceKind::Pool,
            .host = {},
            .bootId = {},
            .system = {},
            .counterBits = 32});
    }
    void setOrigin(const Origin &origin) { m_origin = std::make_shared<Origin>(origin); }
    [[nodiscard]] const Origin &origin() const { return *m_origin; }

    [[nodiscard]] SamplePtr at(double second)
    {
        auto sample = std::make_shared<Sample>();
        sample->wall = WallTime(std::chrono::nanoseconds(std::llround((1.8e9 + second) * 1e9)));
        sample->monotonic = std::chrono::nanoseconds(std::llround((100 + second) * 1e9));
        sample->origin = m_origin;
        sample->tags = m_list;
        for (const MadeTag &tag : m_tags)
            sample->readings.push_back(reading(tag, second));
        return sample;
    }
    /// From `first` on, `count` samples `interval` seconds apart.
    void feed(AnalysisRun &run, double first, int count, double interval)
    {
        for (int i = 0; i < count; ++i)
            run.add(at(first + i * interval));
    }

private:
    Reading reading(const MadeTag &tag, double second)
    {
        const auto held = static_cast<qint64>(std::max(0.0, std::round(tag.course(second, m_random))));
        // The cumulative counters wrap at 2^32, allocs and frees at different times.
        constexpr double Start = 4'294'900'000;
        const qint64 frees = static_cast<qint64>(Start + 40 * second) & 0xffff'ffff;
        const qint64 allocs = (frees + held) & 0xffff'ffff;
        return {tag.counted ? Counter(allocs) : Counter(), tag.counted ? Counter(frees) : Counter(),
            Counter(held), Counter(held * tag.bytesPerObject)};
    }

    QList<MadeTag> m_tags;
    QRandomGenerator m_random;
    std::shared_ptr<const TagList> m_list;
    std::shared_ptr<const Origin> m_origin;
};

/// The finding of the tag with this name.
[[nodiscard]] inline Finding findingOf(const AnalysisReport &report, const QByteArray &name)
{
    for (const Finding &finding : report.findings) {
        if ((*report.tags)[finding.id].tag.bytes == name)
            return finding;
    }
    return {};
}

} // namespace poolscope::test
