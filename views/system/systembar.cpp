// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/system/systembar.h"

#include "model/core/numberformat.h"
#include "views/system/flowlayout.h"
#include "views/system/systemcell.h"
#include "views/system/systemtext.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array SparklineFields = {SystemField::PoolNonpaged, SystemField::PoolPaged};
constexpr std::chrono::minutes SparklineSpan{10};
constexpr int SparklineColumns = 48;

bool startsGroup(SystemField field)
{
    return field == SystemField::KernelResident || field == SystemField::Commit
        || field == SystemField::PoolNonpaged || field == SystemField::Untagged;
}

std::optional<double> ratio(Counter part, Counter whole)
{
    if (!part.isKnown() || !whole.isKnown() || whole.value() <= 0)
        return std::nullopt;
    return static_cast<double>(part.value()) / static_cast<double>(whole.value());
}

/// A change of less than this share of the value stays a small step: noise must not look like a leak.
constexpr double LeastRangeShare = 0.005;

/// The points scaled to the unit square by their own smallest and largest value, split where a gap is.
std::vector<QPolygonF> unitLines(const std::vector<SeriesPoint> &points)
{
    if (points.size() < 2)
        return {};
    const auto [low, high] =
        std::ranges::minmax_element(points, {}, [](const SeriesPoint &point) { return point.value; });
    const double own = high->value - low->value;
    const double range = std::max(own, std::abs(high->value) * LeastRangeShare);
    const double bottom = low->value - (range - own) / 2;
    const auto seconds = [](auto span) { return std::chrono::duration<double>(span).count(); };
    const double span = seconds(points.back().wall - points.front().wall);
    std::vector<QPolygonF> lines(1);
    for (const SeriesPoint &point : points) {
        if (point.afterGap && !lines.back().isEmpty())
            lines.emplace_back();
        const double y = range > 0 ? (point.value - bottom) / range : 0.5;
        lines.back() << QPointF(seconds(point.wall - points.front().wall) / span, y);
    }
    return lines;
}

} // namespace

SystemBar::SystemBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"systemBar"_s);
    setAccessibleName(tr("System memory"));
    auto *layout = new FlowLayout(this);
    layout->setContentsMargins(4, 2, 4, 2);
    layout->setSpacing(0);
    for (const SystemFieldInfo &info : systemFields()) {
        auto *cell = new SystemCell(info.title.toString(), this);
        cell->setObjectName(u"system."_s + QLatin1StringView(info.key));
        cell->setAccessibleName(info.fullName.toString());
        cell->setStartsGroup(startsGroup(info.field));
        layout->addWidget(cell);
        m_cells[static_cast<size_t>(info.field)] = cell;
    }
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    clear();
}

void SystemBar::clear()
{
    m_frame.reset();
    m_firstRequest = m_requests + 1;
    for (const SystemFieldInfo &info : systemFields()) {
        cell(info.field)->setValue(unknownText());
        cell(info.field)->setToolTip(u"<b>%1</b> · %2"_s.arg(info.title, info.fullName));
    }
    cell(SystemField::Commit)->setBar({}, {});
    for (const SystemField field : SparklineFields)
        cell(field)->setSparkline({});
}

void SystemBar::setFrame(const FramePtr &frame)
{
    for (const SystemFieldInfo &info : systemFields())
        showField(info.field, *frame);
    showCommitBar(frame->sample->system);
    m_frame = frame;
    requestSparklines(frame->sample->wall);
}

void SystemBar::showField(SystemField field, const Frame &frame)
{
    const Sample &sample = *frame.sample;
    Counter value = sample.system[field];
    if (field == SystemField::Untagged && !value.isKnown())
        value = untaggedBytes(sample);
    QString change;
    if (field == SystemField::PageFaults && value.isKnown())
        change = perSecondText(faultsPerSecond(frame));
    SystemCell *shown = cell(field);
    shown->setValue(systemValueText(field, value), change);
    shown->setToolTip(systemToolTip(field, value, frame.systemChange[field], sample.origin->kind));
    shown->setAccessibleDescription(shown->value() + u' ' + change);
}

/// Since the last sample; where the frame does not tell, since the frame shown before.
std::optional<double> SystemBar::faultsPerSecond(const Frame &frame) const
{
    const Counter sinceLast = frame.systemChange[SystemField::PageFaults];
    if (frame.step.count() > 0 && sinceLast.isKnown())
        return static_cast<double>(sinceLast.value()) / std::chrono::duration<double>(frame.step).count();
    if (!m_frame)
        return std::nullopt;
    const Sample &now = *frame.sample;
    const Sample &before = *m_frame->sample;
    const std::chrono::duration<double> elapsed = now.monotonic - before.monotonic;
    if (now.origin->bootId != before.origin->bootId || elapsed.count() <= 0)
        return std::nullopt;
    const Counter faults = wrappingDifference(
        now.system[SystemField::PageFaults], before.system[SystemField::PageFaults], now.origin->counterBits);
    if (!faults.isKnown())
        return std::nullopt;
    return static_cast<double>(faults.value()) / elapsed.count();
}

void SystemBar::showCommitBar(const SystemReading &system)
{
    const Counter limit = system[SystemField::CommitLimit];
    cell(SystemField::Commit)
        ->setBar(ratio(system[SystemField::Commit], limit), ratio(system[SystemField::CommitPeak], limit));
}

void SystemBar::requestSparklines(WallTime now)
{
    if (!isVisible())
        return;
    SeriesRequest request;
    request.token = seriesToken(SeriesAsker::SystemBar, ++m_requests);
    for (const SystemField field : SparklineFields)
        request.wishes.push_back({.id = field, .changeSince = {}});
    request.from = now - SparklineSpan;
    request.to = now;
    request.columns = SparklineColumns;
    emit seriesWanted(request);
}

void SystemBar::setAnswer(const SeriesAnswer &answer)
{
    const bool isOurs = isFrom(SeriesAsker::SystemBar, answer.token);
    if (!m_frame || !isOurs || answer.token < seriesToken(SeriesAsker::SystemBar, m_firstRequest))
        return;
    for (size_t i = 0; i < std::min(SparklineFields.size(), answer.series.size()); ++i)
        cell(SparklineFields[i])->setSparkline(unitLines(answer.series[i]));
}

} // namespace poolscope
