// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"
#include "model/exchange/logs/timetext.h"

#include <QByteArray>

#include <chrono>
#include <optional>
#include <vector>

namespace poolscope {

/// A tag of a row of a log.
struct LogRow
{
    TagEntry entry;
    Reading reading;
};

/// What a line of a log is.
enum class LogLine : quint8
{
    Row, ///< whole: its tags were added to the rows
    RowAndNext, ///< a row with a heading glued to its end: that of Repeats
    Begins, ///< a table begins here, if not already begun
    Repeats, ///< a heading that also stands within long tables
    Known, ///< belongs to the format and tells of no tag
    Part, ///< the start of a row that the next line may complete
    Foreign, ///< none of the format
    Damaged, ///< a row that cannot be read
};

/// How one format writes its lines. It keeps what the heading said, so that one object reads one file. One
/// thread.
class LogGrammar
{
public:
    LogGrammar() = default;
    LogGrammar(const LogGrammar &) = delete;
    LogGrammar &operator=(const LogGrammar &) = delete;
    virtual ~LogGrammar() = default;

    [[nodiscard]] virtual SourceKind kind() const = 0;
    /// Reads a line without line end, quoting and soft breaks; `rows` gets its tags.
    [[nodiscard]] virtual LogLine read(QByteArrayView line, std::vector<LogRow> &rows) = 0;
    /// Whether what ends a row is needed: then a last line without line end is not certain.
    [[nodiscard]] virtual bool needsWholeRows() const = 0;
    /// When the rows read last were taken, where the format has a column for it.
    [[nodiscard]] virtual std::optional<TimeLine> rowTime() const { return {}; }
    /// The same of any other line below the heading read last.
    [[nodiscard]] virtual std::optional<TimeLine> timeOfOther(QByteArrayView) const { return {}; }
    /// The date that a program of the kernel's log put before the line read last, as it stands there; valid
    /// as long as the line. Empty: none. LogSampleReader makes a time of it, see logStamp().
    [[nodiscard]] virtual QByteArrayView lineDate() const { return {}; }
    /// When the line read last was written, counted from the machine's start.
    [[nodiscard]] virtual std::optional<std::chrono::nanoseconds> sinceBoot() const { return {}; }
};

} // namespace poolscope
