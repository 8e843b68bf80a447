// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/counter.h"

#include <QByteArrayView>
#include <QString>

#include <array>
#include <optional>
#include <span>

namespace poolscope {

/// PoolMon's header, field by field, plus what the kernel counts beyond the tags.
enum class SystemField : quint8
{
    MemTotal, ///< Memory: physical memory
    MemAvailable, ///< Avail
    PageFaults, ///< PageFlts: faults since boot; the screen shows the change
    KernelResident, ///< InRam Krnl
    PagedResident, ///< InRam P
    Commit, ///< Commit
    CommitLimit, ///< Limit
    CommitPeak, ///< Peak
    PoolNonpaged, ///< Pool N
    PoolPaged, ///< Pool P
    Untagged, ///< pool totals minus the sum of all tags ("not in tag table")
    Count
};

/// What a field is called and what it means; one table feeds screen, command line and file formats.
struct SystemFieldInfo
{
    SystemField field;
    QByteArrayView key; ///< name in the JSON and stream formats, e.g. "mem_total"
    QStringView title; ///< short, PoolMon's own word where it has one, e.g. "InRam Krnl"
    QStringView fullName; ///< for the tool tip
    QStringView onLinux; ///< where it comes from on Linux; empty: no counterpart there
    QStringView onWindows; ///< where it comes from on Windows
    bool isBytes; ///< else a plain count
};

[[nodiscard]] std::span<const SystemFieldInfo> systemFields();
[[nodiscard]] const SystemFieldInfo &systemFieldInfo(SystemField field);
[[nodiscard]] std::optional<SystemField> systemFieldFromKey(QByteArrayView key);

/// The machine-wide part of a sample. Bytes, except page faults, which are a count since boot.
class SystemReading
{
public:
    [[nodiscard]] Counter operator[](SystemField field) const { return m_values[static_cast<size_t>(field)]; }
    Counter &operator[](SystemField field) { return m_values[static_cast<size_t>(field)]; }

    friend bool operator==(const SystemReading &, const SystemReading &) = default;

private:
    std::array<Counter, static_cast<size_t>(SystemField::Count)> m_values;
};

/// Signed change of each field; page faults, which the kernel counts in `counterBits` bits, modulo that.
[[nodiscard]] SystemReading change(const SystemReading &now, const SystemReading &before, int counterBits);

} // namespace poolscope
