// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/analysis/comparison.h"
#include "model/archive/samplearchive.h"
#include "model/core/mark.h"
#include "model/report/archiveanalysis.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace poolscope {

/// How a tag's bytes went over the whole time, at the resolution of a printed chart.
struct ReportChart
{
    TagId id = 0;
    std::vector<SeriesPoint> points;
};

/// What a report says of a file of samples.
struct Report
{
    QString title;
    WallTime made{};
    AnalysisReport analysis;
    HostFacts host; ///< empty where the file knows none
    std::shared_ptr<const Origin> origin; ///< of the last sample; never null
    std::vector<Mark> marks;
    std::vector<ReportChart> charts; ///< of the most suspicious tags, in rank order
    Comparison comparison; ///< first and last sample of the last boot; no columns with a single sample
    QStringList damage; ///< what of the file could not be read
};

/// Reads the whole file. Blocks; the archive's thread. Fails as analyseArchive() does.
[[nodiscard]] Result<Report> makeReport(
    SampleArchive &archive, const QString &title, WallTime now, const Progress &progress = {});

} // namespace poolscope
