// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/logs/loggrammar.h"

namespace poolscope {

/// /proc/slabinfo 1.1 to 2.x (mm/slab.c and mm/slab_common.c of the kernels), with or without statistics,
/// heading and whatever follows the object size. Outstanding is active_objs, bytes are active_objs × objsize.
class SlabinfoLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Slab; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; } // a name may end with a number

private:
    bool m_isVersion1 = false;
};

/// The screen of slabtop (procps), as `slabtop -o` prints it: a captured live screen moves its cursor, and
/// such rows are not read. Outstanding is ACTIVE. The object size is rounded to 10 bytes there, so that bytes
/// are CACHE SIZE, which is exact to 1 KiB: what the cache holds, free objects included.
class SlabtopLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Slab; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; }

private:
    [[nodiscard]] static LogLine readText(QByteArrayView text, std::vector<LogRow> &rows);
};

/// The table of the kernel's own program `slabinfo` (tools/mm/slabinfo.c). Outstanding is Objects, bytes are
/// Objects × Objsize.
class SlabToolLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Slab; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return false; }
};

/// `vmstat -m` (procps). Outstanding is Num, bytes are Num × Size. Only after its heading: four numbers
/// after a name are not enough to know it by. procps repeats the heading within the table.
class VmstatLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Slab; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; } // a name may end with a number

private:
    bool m_isHeaded = false;
};

/// "Unreclaimable slab info" of the kernel's out-of-memory report (mm/slab_common.c:
/// dump_unreclaimable_slab()). Bytes are Used, which is whole KiB; outstanding is unknown.
class OomSlabLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Slab; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return false; }
    [[nodiscard]] std::optional<std::chrono::nanoseconds> sinceBoot() const override { return m_sinceBoot; }
    [[nodiscard]] QByteArrayView lineDate() const override { return m_date; }

private:
    std::optional<std::chrono::nanoseconds> m_sinceBoot;
    QByteArrayView m_date;
    bool m_isHeaded = false;
};

/// /proc/allocinfo 1.x and 2.x (lib/alloc_tag.c), also as `numfmt --to=iec` and the kernel's memory report
/// shorten its sizes. A tag is "file:line [module] func:name"; outstanding is calls.
class AllocinfoLog : public LogGrammar
{
public:
    [[nodiscard]] SourceKind kind() const override { return SourceKind::Site; }
    [[nodiscard]] LogLine read(QByteArrayView line, std::vector<LogRow> &rows) override;
    [[nodiscard]] bool needsWholeRows() const override { return true; }
    [[nodiscard]] QByteArrayView lineDate() const override { return m_date; }

private:
    [[nodiscard]] static LogLine readText(QByteArrayView text, std::vector<LogRow> &rows);

    QByteArrayView m_date;
};

} // namespace poolscope
