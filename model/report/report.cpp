// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/report.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr size_t MostCharts = 6;
constexpr int ChartColumns = 700; ///< pixel columns of a chart in the page

/// The archive numbers its tags by itself.
std::optional<TagId> idIn(const TagList &tags, const Tag &tag)
{
    const auto found = std::ranges::find(tags, tag, &TagEntry::tag);
    return found == tags.end() ? std::nullopt : std::optional(static_cast<TagId>(found - tags.begin()));
}

std::vector<ReportChart> chartsOf(SampleArchive &archive, const AnalysisReport &analysis)
{
    std::vector<ReportChart> charts;
    for (const Finding &finding : analysis.findings) {
        if (finding.verdict == Verdict::Steady || charts.size() == MostCharts)
            break;
        const auto id = idIn(*archive.tags(), (*analysis.tags)[finding.id].tag);
        if (!id)
            continue;
        SeriesRequest request;
        request.wishes = {{.id = *id, .changeSince = {}}};
        request.from = archive.axis().wall(0);
        request.to = archive.axis().wall(archive.axis().size() - 1);
        request.columns = ChartColumns;
        charts.push_back({finding.id, archive.answer(request).series.front()});
    }
    return charts;
}

/// First and last sample of the last boot: across a reboot no change means anything.
Comparison comparisonOf(SampleArchive &archive)
{
    const TimeAxis &axis = archive.axis();
    const TimeAxis::Index last = axis.size() - 1;
    const TimeAxis::Index first = axis.segmentStart(last);
    if (first == last)
        return {};
    std::vector<Snapshot> ends;
    for (const auto &[index, label] : {std::pair(first, u"first"_s), std::pair(last, u"last"_s)}) {
        const Result<SamplePtr> sample = archive.sampleAt(index);
        if (!sample)
            return {};
        Snapshot snapshot;
        snapshot.label = label;
        snapshot.sample = sample.value();
        ends.push_back(std::move(snapshot));
    }
    return compareSnapshots(ends);
}

} // namespace

Result<Report> makeReport(
    SampleArchive &archive, const QString &title, WallTime now, const Progress &progress)
{
    Result<AnalysisReport> analysis = analyseArchive(archive, testInstants(archive.info().marks), progress);
    if (!analysis)
        return analysis.error();
    Report report;
    report.title = title;
    report.made = now;
    report.analysis = std::move(analysis).value();
    report.charts = chartsOf(archive, report.analysis);
    report.comparison = comparisonOf(archive);
    const RecordingInfo &info = archive.info();
    if (!info.hosts.empty())
        report.host = info.hosts.back();
    report.origin = info.segments.back().origin;
    report.marks = info.marks;
    report.damage = info.damage + info.remarks;
    return report;
}

} // namespace poolscope
