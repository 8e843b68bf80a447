// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/screen/topquery.h"

#include <QStringList>

#include <optional>

namespace poolscope {

/// PoolMon's command line, understood. Source of the switches: Microsoft's "PoolMon Startup Command".
struct PoolMonSwitches
{
    TopQuery query = startQuery(); ///< what is shown and in what order
    bool totals = false; ///< /e
    bool highlight = true; ///< not /l
    std::optional<QString> snapshotFile; ///< /n: one sample is appended to it instead of being shown
    std::optional<QString> tagFile; ///< /g: where drivers come from
    std::optional<QString> localTagFile; ///< /c: likewise; with both, its driver stands first
    /// /s: only session pools; the value is the session, nullopt inside: all sessions.
    std::optional<std::optional<quint32>> session;
    bool help = false; ///< /? or /h
    std::optional<QString> sourceUri; ///< --source, which PoolMon does not have

    /// PoolMon starts with everything, sorted by tag.
    [[nodiscard]] static TopQuery startQuery()
    {
        TopQuery query;
        query.sort = TopKey::Tag;
        return query;
    }

    [[nodiscard]] bool showsDrivers() const { return tagFile || localTagFile; }

    friend bool operator==(const PoolMonSwitches &, const PoolMonSwitches &) = default;
};

/// Reads switches with `-` or `/`, single or run together ("-rb", "/bpp"), letters in either case; tags of
/// /i and /x follow their letter without a blank and keep their case. Several orders: the last one counts.
/// /r (the memory summary, which is always written) changes nothing, /u is /b. Errors are Usage.
[[nodiscard]] Result<PoolMonSwitches> poolMonSwitches(const QStringList &arguments);

} // namespace poolscope
