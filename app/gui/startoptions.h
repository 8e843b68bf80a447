// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace poolscope {

/// What the command line asks of the window.
struct StartOptions
{
    QString sourceUri; ///< checked: createSource() knows it
    std::optional<std::chrono::milliseconds> interval; ///< nullopt: what the window remembers
    QString recordTo; ///< record to this file from the start; empty: not
    std::optional<QString> message; ///< print it and end: --help, --version
};

/// `arguments` begins with the program's name. Needs no application object, so that help and mistakes are
/// answered without a display; Qt's own options (-platform…) are left to QApplication.
[[nodiscard]] Result<StartOptions> startOptionsFrom(const QStringList &arguments);

} // namespace poolscope
