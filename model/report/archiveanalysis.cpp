// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/archiveanalysis.h"

#include <QDir>

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<AnalysisReport> analyseArchive(
    SampleArchive &archive, std::vector<TestInstant> tests, const Progress &progress)
{
    constexpr TimeAxis::Index Step = 64; // samples between two calls of `progress`
    const QString path = QDir::toNativeSeparators(archive.info().path);
    const TimeAxis &axis = archive.axis();
    AnalysisRun run(rulesForFinished(axis.size()));
    run.planTests(std::move(tests));
    bool isMissing = false;
    for (TimeAxis::Index index = 0; index < axis.size(); ++index) {
        if (progress && index % Step == 0 && !progress(static_cast<double>(index) / axis.size())) {
            return Error{ErrorKind::WriteFailed, u"stopped before the end"_s, path,
                u"nothing was kept; run it again"_s};
        }
        const Result<SamplePtr> sample = archive.sampleAt(index);
        if (sample)
            run.add(sample.value(), isMissing || (index > 0 && axis.gapAfter(index - 1) == index));
        isMissing = !sample;
    }
    if (run.sampleCount() == 0) {
        const QStringList &damage = archive.info().damage;
        return Error{ErrorKind::BadInput, u"the file holds no sample that can be read"_s, path,
            damage.isEmpty() ? u"record for longer"_s : damage.join(u"; "_s)};
    }
    return run.report(archive.info().path);
}

} // namespace poolscope
