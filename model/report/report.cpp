// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/report.h"

#include <QDir>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr size_t MostCharts = 6;
constexpr int ChartColumns = 700; ///< pixel columns of a chart in the page

Error stopped(const QString &path)
{
    return {ErrorKind::WriteFailed, u"stopped before the end"_s, QDir::toNativeSeparators(path),
        u"nothing was kept; run it again"_s};
}

Result<AnalysisReport> analyse(SampleArchive &archive, const ReportProgress &progress)
{
    const TimeAxis &axis = archive.axis();
    AnalysisRun run(rulesForFinished(axis.size()));
    run.planTests(testInstants(archive.info().marks));
    for (TimeAxis::Index index = 0; index < axis.size(); ++index) {
        constexpr TimeAxis::Index Step = 64;
        if (progress && index % Step == 0 && !progress(static_cast<double>(index) / axis.size()))
            return stopped(archive.info().path);
        const Result<SamplePtr> sample = archive.sampleAt(index);
        // One that is damaged is missing, as a gap; which ones is told in info().damage.
        if (sample)
            run.add(sample.value(), index > 0 && axis.gapAfter(index - 1) == index);
    }
    if (run.sampleCount() == 0) {
        return Error{ErrorKind::BadInput, u"no sample can be read"_s,
            QDir::toNativeSeparators(archive.info().path), archive.info().damage.join(u"; "_s)};
    }
    return run.report(QDir::toNativeSeparators(archive.info().path));
}

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
    SampleArchive &archive, const QString &title, WallTime now, const ReportProgress &progress)
{
    if (archive.axis().size() == 0) {
        return Error{ErrorKind::BadInput, u"the file holds no sample"_s,
            QDir::toNativeSeparators(archive.info().path), u"record for longer"_s};
    }
    Result<AnalysisReport> analysis = analyse(archive, progress);
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
    report.damage = info.damage;
    return report;
}

} // namespace poolscope
