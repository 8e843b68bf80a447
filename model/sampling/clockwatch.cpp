// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/clockwatch.h"

#include "model/core/duration.h"

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString setBy(std::chrono::nanoseconds jump)
{
    return jump.count() > 0 ? u"set forward by %1"_s.arg(elapsedText(jump))
                            : u"set back by %1"_s.arg(elapsedText(-jump));
}

} // namespace

ClockReading clocksOf(const Sample &sample)
{
    return {sample.wall, sample.monotonic, std::nullopt};
}

std::vector<Mark> ClockWatch::look(const ClockReading &now)
{
    const std::optional<ClockReading> before = std::exchange(m_before, now);
    if (!before || now.running < before->running)
        return {};
    const bool tellsSleep = now.sinceBoot && before->sinceBoot;
    const auto ran = now.running - before->running;
    const auto passed = tellsSleep ? *now.sinceBoot - *before->sinceBoot : ran;
    const auto slept = passed - ran;
    const auto jump = (now.wall - before->wall) - passed;

    std::vector<Mark> marks;
    if (slept > Tolerance)
        marks.push_back({before->wall, MarkKind::Sleep, elapsedText(slept)});
    if (std::chrono::abs(jump) <= Tolerance + passed / SlewDivisor)
        return marks;
    const bool maybeSlept = !tellsSleep && jump.count() > 0;
    marks.push_back({now.wall, MarkKind::ClockChange,
        maybeSlept ? u"%1, or slept so long"_s.arg(setBy(jump)) : setBy(jump)});
    return marks;
}

} // namespace poolscope
