// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace poolscope {

/// The text as one word for a POSIX shell: as it is where that is safe, else in single quotes.
[[nodiscard]] QString shellQuoted(const QString &text);

} // namespace poolscope
