// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/sample.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace poolscope {

/// In which layouts a recording leaves the program.
enum class ExportFormat : quint8
{
    Csv, ///< see samplecsv.h, times to the nanosecond; no system readings, no samples without tags
    JsonLines, ///< recordedSampleToJson(), one a line: all that a sample holds
    PoolMonText, ///< the layout of `poolmon /n`, each sample under a line `===== TIME =====`
    OpenMetrics, ///< with time stamps, see openmetricsexport.h
};
/// "csv", "jsonl", "poolmon", "openmetrics".
[[nodiscard]] QString exportFormatWord(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatFromWord(QStringView word);
/// From a file's name: .csv, .jsonl, .json, .txt, .log, .om, .prom.
[[nodiscard]] std::optional<ExportFormat> exportFormatFromFileName(QStringView fileName);

/// Takes bytes in order; false: it can take no more and the work ends.
using ExportSink = std::function<bool(QByteArrayView bytes)>;

/// Writes samples in one layout, one after the other, with bounded memory. One thread.
class SampleExport
{
public:
    SampleExport() = default;
    SampleExport(const SampleExport &) = delete;
    SampleExport &operator=(const SampleExport &) = delete;
    virtual ~SampleExport() = default;

    /// `wall`: the sample's time on the recording's axis, which rises strictly. False when the sink has
    /// enough.
    [[nodiscard]] virtual bool write(const Sample &sample, WallTime wall, bool afterGap) = 0;
    enum class Next : quint8
    {
        Done,
        Again, ///< give all samples once more, from the first on
        Stop, ///< the sink has enough
    };
    /// Behind the last sample.
    [[nodiscard]] virtual Next end() { return Next::Done; }
};

/// What is in all of the samples that will come.
struct ExportCatalogue
{
    std::shared_ptr<const TagList> tags; ///< never null; their drivers do not matter
    QStringList hosts; ///< each once
    bool hasDrivers = false; ///< some tag's driver is known: CSV then has the column
};

[[nodiscard]] std::unique_ptr<SampleExport> createSampleExport(
    ExportFormat format, ExportSink sink, const ExportCatalogue &catalogue);

} // namespace poolscope
