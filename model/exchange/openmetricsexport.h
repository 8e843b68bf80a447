// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/sampleexport.h"

#include <QHash>

#include <vector>

namespace poolscope {

/// OpenMetrics 1.0 (github.com/OpenObservability/OpenMetrics) with time stamps, for
/// `promtool tsdb create-blocks-from openmetrics`: families poolscope_tag_bytes, poolscope_tag_outstanding,
/// poolscope_tag_allocs and poolscope_tag_frees with the labels tag (as escapedTag()), type and, where known,
/// host; and one poolscope_system_… family for each of systemFields(). Unknown values are left out.
///
/// The format wants all points of a series together while samples come by time: each pass collects, packed,
/// as many series as fit the memory budget, and writes them at its end.
class OpenMetricsExport : public SampleExport
{
public:
    static constexpr qsizetype DefaultBudget = 256LL * 1024 * 1024; ///< bytes

    OpenMetricsExport(ExportSink sink, const ExportCatalogue &catalogue, qsizetype budget = DefaultBudget);

    [[nodiscard]] bool write(const Sample &sample, WallTime wall, bool afterGap) override;
    [[nodiscard]] Next end() override;

private:
    /// Points of one line, packed: number of points that repeat the one before, steps of index and value.
    struct Series
    {
        QByteArray packed;
        quint32 lastIndex = 0;
        quint64 lastValue = 0;
        quint32 repeats = 0; ///< of the last point, not yet in `packed`
        bool any = false;
    };

    void add(size_t number, Counter value);
    void keepToBudget();
    [[nodiscard]] QByteArray labelsOf(size_t number) const;
    void writeHead(size_t family);
    void writeSeries(size_t number, const Series &series);
    void writePoint(const QByteArray &name, quint32 index, quint64 value);
    [[nodiscard]] size_t familyOf(size_t number) const;
    [[nodiscard]] size_t numberOf(size_t family, size_t host) const;
    [[nodiscard]] bool flush(qsizetype unless);

    ExportSink m_sink;
    ExportCatalogue m_catalogue;
    qsizetype m_budget;
    QHash<Tag, size_t> m_placeOf; ///< of each tag in the catalogue

    std::vector<WallTime> m_times; ///< of the samples of this pass
    std::shared_ptr<const TagList> m_tags; ///< what m_rows stand for
    std::vector<size_t> m_rows; ///< place of each row's tag in the catalogue
    std::shared_ptr<const Origin> m_origin; ///< whose host is m_host
    size_t m_host = 0;

    // Series are numbered: tag families first, within a family host by host, for each the catalogue's tags;
    // then the system's fields, host by host. This pass collects m_series.size() of them from m_begin on.
    size_t m_total = 0;
    size_t m_begin = 0;
    std::vector<Series> m_series;
    qsizetype m_held = 0; ///< bytes packed in m_series
    size_t m_headed; ///< family whose head was written last
    QByteArray m_out;
};

} // namespace poolscope
