// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"
#include "model/exchange/logs/loglines.h"
#include "model/exchange/logs/logtable.h"
#include "model/exchange/logs/timelines.h"
#include "model/exchange/samplereader.h"

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace poolscope {

/// Reads a log of one grammar. A table begins with its heading, with a line that tells the time, and where
/// tags come again as in a new one: see LogTable.
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
    [[nodiscard]] Result<Done> take(LogLine kind, qint64 number);
    [[nodiscard]] LogLine read(QByteArrayView line);
    [[nodiscard]] Result<bool> completed();
    void dropPending();
    [[nodiscard]] Result<Done> addRows();
    void takeHeading();
    void endTable();
    void sayIfEmpty();
    void forgetTime();
    [[nodiscard]] std::pair<WallTime, TimeBase> timeOfTable() const;
    void takeTables();
    void takeTimeOfRow();
    [[nodiscard]] std::optional<ReadSample> takeSample();

    LogLines m_lines;
    QString m_fileName;
    std::unique_ptr<LogGrammar> m_grammar;
    TimeLines m_times;
    std::vector<LogRow> m_row; ///< tags of the line at hand
    Pending m_pending;
    LogTable m_table;
    qint64 m_tableLine = 0; ///< where the table at hand begins
    qint64 m_headingLine = 0; ///< of a heading without rows so far; 0: none
    bool m_ended = false;
    std::optional<WallTime> m_time; ///< of the table at hand, from a line above it or from a column
    std::optional<LogStamp> m_stamp; ///< of the table at hand, from the kernel's log
    std::optional<TimeLine> m_rowTime; ///< of the rows at hand
    std::optional<std::chrono::nanoseconds> m_sinceBoot;
    std::deque<std::optional<ReadSample>> m_ready; ///< finished tables; none is nullopt
    SamplePtr m_before;
};

/// Whether the start of a file reads as a log of the grammar: it has a row, alone or over two lines.
[[nodiscard]] bool looksLikeLog(const QByteArray &head, LogGrammar &grammar);

} // namespace poolscope
