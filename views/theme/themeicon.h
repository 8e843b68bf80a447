// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QString>

namespace poolscope {

/// The icon resources/icons/NAME.svg, drawn when it is painted: sharp at every size and scale, and always in
/// the button text colour of the palette of that moment, so a change of theme needs no new icons.
/// An unknown name gives a null icon. Window thread.
[[nodiscard]] QIcon themeIcon(const QString &name);

/// PoolScope's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace poolscope
