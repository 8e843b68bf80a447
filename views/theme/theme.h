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
/// Light and Dark are Fusion with palettes of our own. System keeps a style that is native to the platform;
/// where there is none (Fusion already), it takes our light or dark palette, whichever the desktop's is.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] bool isDark() const;

signals:
    void changed();

private:
    void apply();
    [[nodiscard]] bool hasNativeStyle() const;

    ThemeChoice m_choice = ThemeChoice::System;
    QString m_desktopStyle;
    bool m_desktopIsDark = false;
    bool m_styleIsNative = true; ///< the one the application came with
};

} // namespace poolscope
