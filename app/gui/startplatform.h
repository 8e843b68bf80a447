// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

namespace poolscope {

/// What a window's program does before there is a window; a file for each platform.

/// The command line as it was typed, the program's name first. Windows hands main() its arguments in a code
/// page that may lack their letters.
[[nodiscard]] QStringList commandLineArguments(int argc, char *argv[]);

enum class Tone
{
    Answer,
    Complaint
};

/// Answers whoever started the program: on stdout or, for a complaint, stderr. On Windows a program with a
/// window has neither unless it is redirected; there the console it was started from gets the text, and
/// where there is none, a message box shows it.
void tell(const QString &text, Tone tone);

} // namespace poolscope
