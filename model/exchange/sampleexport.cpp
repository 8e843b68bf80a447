// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/sampleexport.h"

#include "model/core/duration.h"
#include "model/exchange/openmetricsexport.h"
#include "model/formats/poolmontext.h"
#include "model/formats/samplecsv.h"
#include "model/formats/samplejson.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int TimeDigits = 9; // of a second: nothing is rounded

constexpr ExportFormat Formats[] = {
    ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::PoolMonText, ExportFormat::OpenMetrics};

class CsvExport : public SampleExport
{
public:
    CsvExport(ExportSink sink, bool withDriver)
        : m_sink(std::move(sink))
        , m_withDriver(withDriver)
        , m_out(sampleCsvHeader(withDriver))
    {
    }

    bool write(const Sample &sample, WallTime wall, bool) override
    {
        appendSampleCsv(m_out, sample, wall, TimeDigits, m_withDriver);
        const bool more = m_sink(m_out);
        m_out.resize(0); // keeps the memory
        return more;
    }
    Next end() override { return m_out.isEmpty() || m_sink(m_out) ? Next::Done : Next::Stop; }

private:
    ExportSink m_sink;
    bool m_withDriver;
    QByteArray m_out;
};

class JsonLinesExport : public SampleExport
{
public:
    explicit JsonLinesExport(ExportSink sink)
        : m_sink(std::move(sink))
    {
    }

    bool write(const Sample &sample, WallTime, bool afterGap) override
    {
        return m_sink(QByteArray(recordedSampleToJson(sample, afterGap) + '\n'));
    }

private:
    ExportSink m_sink;
};

class PoolMonExport : public SampleExport
{
public:
    explicit PoolMonExport(ExportSink sink)
        : m_sink(std::move(sink))
    {
    }

    bool write(const Sample &sample, WallTime wall, bool) override
    {
        return m_sink(QByteArray("===== " + isoUtc(wall, TimeDigits).toLatin1() + " =====\r\n\r\n"
            + sampleToPoolMonText(sample) + "\r\n"));
    }

private:
    ExportSink m_sink;
};

} // namespace

QString exportFormatWord(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Csv:
        return u"csv"_s;
    case ExportFormat::JsonLines:
        return u"jsonl"_s;
    case ExportFormat::PoolMonText:
        return u"poolmon"_s;
    case ExportFormat::OpenMetrics:
        return u"openmetrics"_s;
    }
    return {};
}

std::optional<ExportFormat> exportFormatFromWord(QStringView word)
{
    const auto *const found =
        std::ranges::find_if(Formats, [&](ExportFormat format) { return word == exportFormatWord(format); });
    return found == std::end(Formats) ? std::nullopt : std::optional(*found);
}

std::optional<ExportFormat> exportFormatFromFileName(QStringView fileName)
{
    const QString suffix = QFileInfo(fileName.toString()).suffix().toLower();
    if (suffix == u"txt" || suffix == u"log")
        return ExportFormat::PoolMonText;
    if (suffix == u"json")
        return ExportFormat::JsonLines;
    if (suffix == u"om" || suffix == u"prom")
        return ExportFormat::OpenMetrics;
    return exportFormatFromWord(suffix);
}

std::unique_ptr<SampleExport> createSampleExport(
    ExportFormat format, ExportSink sink, const ExportCatalogue &catalogue)
{
    switch (format) {
    case ExportFormat::Csv:
        return std::make_unique<CsvExport>(std::move(sink), catalogue.hasDrivers);
    case ExportFormat::JsonLines:
        return std::make_unique<JsonLinesExport>(std::move(sink));
    case ExportFormat::PoolMonText:
        return std::make_unique<PoolMonExport>(std::move(sink));
    case ExportFormat::OpenMetrics:
        return std::make_unique<OpenMetricsExport>(std::move(sink), catalogue);
    }
    return nullptr;
}

} // namespace poolscope
