// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/linereader.h"
#include "model/exchange/samplereader.h"
#include "model/formats/poolmonsheet.h"

namespace poolscope {

/// PoolMon text, see poolmontext.h. The format knows no time; a line `===== TIME =====`, as PoolScope writes
/// between samples, gives that of the table below it.
class PoolMonSampleReader : public SampleReader
{
public:
    PoolMonSampleReader(QIODevice &device, const QString &fileName);

    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    [[nodiscard]] ReadSample take(const PoolMonSheet &sheet);

    LineReader m_lines;
    QString m_fileName;
    PoolMonSheetReader m_reader;
    bool m_ended = false;
    std::optional<WallTime> m_time; ///< of the table at hand
    std::optional<WallTime> m_nextTime; ///< of the table that begins
    SamplePtr m_before;
    bool m_longNames = false; ///< a name longer than four bytes came: no pool tags
};

} // namespace poolscope
