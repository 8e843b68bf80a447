// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QPalette>
#include <QString>

#include <optional>

namespace poolscope {

enum class ThemeChoice : quint8
{
    System, ///< light or dark as the desktop is
    Light,
    Dark,
};

/// "system", "light", "dark": the words of the settings file.
[[nodiscard]] QString themeChoiceWord(ThemeChoice choice);
[[nodiscard]] std::optional<ThemeChoice> themeChoiceFromWord(const QString &word);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

/// Sets the application's style and palette. Made once, after QApplication and before the first widget, so
/// that it sees the desktop's own style and palette. Window thread.
///
/// Light and Dark are Fusion with palettes of our own. System keeps a style that is native to the platform as
/// long as its palette is what the desktop wants; else it takes our light or dark one, whichever that is.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] bool isDark() const;
    /// What the desktop wants, for ThemeChoice::System; at first what its palette looks like.
    void setDesktopDark(bool dark);

signals:
    void changed();

private:
    void apply();
    [[nodiscard]] bool nativeStyleFits() const;

    ThemeChoice m_choice = ThemeChoice::System;
    QString m_desktopStyle;
    bool m_nativeIsDark = false; ///< the palette that the application came with
    bool m_desktopIsDark = false;
    bool m_styleIsNative = true; ///< the one the application came with
};

} // namespace poolscope
