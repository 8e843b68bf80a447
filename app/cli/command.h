// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCommandLineOption>
#include <QList>
#include <QStringList>
#include <QStringView>

#include <span>

namespace poolscope {

class CommandLine;

/// One command of poolscope-cli: what it is called, how it explains itself, and what it does.
struct Command
{
    QStringView name;
    QStringView synopsis; ///< what follows the name, e.g. "[URI] [options]"
    QStringView summary; ///< one line for the overview
    QStringView description; ///< paragraphs for its own help
    QStringView examples; ///< lines for its own help
    qsizetype mostArguments; ///< how many arguments that are no options it takes
    QList<QCommandLineOption> (*options)();
    /// Runs with a command line that was understood, inside a QCoreApplication; returns the exit code.
    int (*run)(const CommandLine &line);
    /// Instead of `run`, for a command whose switches are not like those of the others.
    int (*runArguments)(const QStringList &arguments) = nullptr;
};

[[nodiscard]] const Command &sourcesCommand();
[[nodiscard]] const Command &topCommand();
[[nodiscard]] const Command &snapshotCommand();
[[nodiscard]] const Command &compareCommand();
[[nodiscard]] const Command &analyzeCommand();
[[nodiscard]] const Command &nextCommand();
[[nodiscard]] const Command &driversCommand();
[[nodiscard]] const Command &reportCommand();
[[nodiscard]] const Command &recordCommand();
[[nodiscard]] const Command &importCommand();
[[nodiscard]] const Command &infoCommand();
[[nodiscard]] const Command &exportCommand();
[[nodiscard]] const Command &streamCommand();
[[nodiscard]] const Command &poolmonCommand();

} // namespace poolscope
