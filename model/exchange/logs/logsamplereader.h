// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"
#include "model/exchange/logs/loglines.h"
#include "model/exchange/logs/timelines.h"
#include "model/exchange/samplereader.h"
#include "model/formats/samplebuilder.h"

#include <functional>
#include <memory>

namespace poolscope {

/// Reads a log of one grammar. A table begins with its heading, with a line that tells the time, and,
/// without a heading, where a tag comes again; rows of one tag under one heading are added up.
class LogSampleReader : public SampleReader
{
public:
    LogSampleReader(QIODevice &device, const QString &fileName, std::unique_ptr<LogGrammar> grammar);

    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    struct Pending
    {
        QByteArray text; ///< empty: none
        qint64 line = 0;
        int parts = 0;
    };

    /// False when the lines cannot be read on.
    [[nodiscard]] Result<Done> takeLine();
    [[nodiscard]] Result<bool> takeTime();
    void take(LogLine kind, qint64 number);
    [[nodiscard]] LogLine read(QByteArrayView line);
    [[nodiscard]] bool completed();
    void dropPending();
    void addRows();
    void endTable();
    [[nodiscard]] std::optional<ReadSample> takeSample();

    LogLines m_lines;
    QString m_fileName;
    std::unique_ptr<LogGrammar> m_grammar;
    TimeLines m_times;
    std::vector<LogRow> m_row; ///< tags of the line at hand
    Pending m_pending;
    SampleBuilder m_table;
    bool m_isHeaded = false;
    bool m_ended = false;
    std::optional<WallTime> m_time; ///< of the table at hand
    std::optional<std::chrono::nanoseconds> m_sinceBoot;
    std::optional<ReadSample> m_ready; ///< a finished table
    SamplePtr m_before;
};

/// Whether the start of a file reads as a log of the grammar: it has a row, alone or over two lines.
[[nodiscard]] bool looksLikeLog(const QByteArray &head, LogGrammar &grammar);

} // namespace poolscope
