// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QLabel;
class QString;
class QWidget;

namespace poolscope {

/// An empty label for plain text that wraps and can be selected; tests find it by `name`.
[[nodiscard]] QLabel *makeDetailsLabel(const QString &name, QWidget *parent);

} // namespace poolscope
