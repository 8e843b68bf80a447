// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/report/report.h"

#include <QByteArray>

namespace poolscope {

/// The report as one self-contained page: XHTML syntax in HTML 5, UTF-8, styles and charts inside, no script
/// and nothing from a network. Light and dark follow the reader's system; prints in black on white.
[[nodiscard]] QByteArray reportToHtml(const Report &report);

} // namespace poolscope
