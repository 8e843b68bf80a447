// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/linereader.h"
#include "model/exchange/samplereader.h"
#include "model/formats/samplebuilder.h"
#include "model/formats/samplecsvrow.h"

namespace poolscope {

/// Samples as CSV, see samplecsv.h: consecutive rows of one time make a sample; with `t_seconds` the times
/// count from 0 and are the file's only relative to each other. A tag that comes again at the same time
/// begins another sample, one nanosecond later.
class CsvSampleReader : public SampleReader
{
public:
    CsvSampleReader(QIODevice &device, const QString &fileName);
    [[nodiscard]] static bool recognises(const QByteArray &head);

    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    [[nodiscard]] bool nextRow();
    [[nodiscard]] Error unreadable(const QString &why) const;
    [[nodiscard]] std::optional<Error> readHeader();
    [[nodiscard]] ReadSample take();

    LineReader m_lines;
    QString m_fileName;
    QByteArray m_text; ///< of the row at hand, which may go over several lines
    qint64 m_rowLine = 0;
    SampleCsvColumns m_columns;
    bool m_headed = false;
    bool m_ended = false;
    std::optional<SampleCsvRow> m_waiting; ///< first row of the coming sample
    SampleBuilder m_builder;
    WallTime m_wall{}; ///< of the rows in m_builder
    SamplePtr m_before;
    std::optional<SourceKind> m_kind;
};

} // namespace poolscope
