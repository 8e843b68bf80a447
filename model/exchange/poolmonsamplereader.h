// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loglines.h"
#include "model/exchange/logs/timelines.h"
#include "model/exchange/samplereader.h"
#include "model/formats/poolmonsheet.h"

namespace poolscope {

/// PoolMon text, see poolmontext.h. The format knows no time; a line that tells one, see timeLine(), gives
/// that of the table below it.
class PoolMonSampleReader : public SampleReader
{
public:
    PoolMonSampleReader(QIODevice &device, const QString &fileName);

    [[nodiscard]] static bool recognises(const QByteArray &head);
    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    [[nodiscard]] ReadSample take(PoolMonSheet sheet);
    [[nodiscard]] std::optional<ReadSample> takeIfSample(PoolMonSheet sheet);
    [[nodiscard]] std::optional<ReadSample> takeTime(const TimeLines::Found &found);
    void tell(const std::vector<PoolMonRemark> &remarks);

    LogLines m_lines;
    QString m_fileName;
    TimeLines m_times;
    PoolMonSheetReader m_reader;
    qint64 m_sheetLine = 1; ///< where the table at hand begins
    bool m_isDamaged = false; ///< a line of the table at hand is lost
    bool m_ended = false;
    std::optional<SkippedLine> m_firstDamaged;
    std::optional<WallTime> m_time; ///< of the table at hand
    SamplePtr m_before;
    bool m_longNames = false; ///< a name longer than four bytes came: no pool tags
};

} // namespace poolscope
