// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/cli/command.h"
#include "model/core/result.h"
#include "model/sources/source.h"

#include <QCommandLineParser>
#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace poolscope {

/// The options and arguments of one command, and its help.
class CommandLine
{
public:
    explicit CommandLine(const Command &command);

    /// `arguments` are what follows the command's name. The error is Usage and hints at what was meant.
    [[nodiscard]] Result<Done> parse(const QStringList &arguments);

    [[nodiscard]] bool wantsHelp() const { return isSet(u"help"); }
    [[nodiscard]] QString helpText() const;

    /// Whether the command ends after one sample: snapshot, or top with --once or --json alone.
    [[nodiscard]] bool takesOneSample() const;

    [[nodiscard]] bool isSet(QStringView option) const { return m_parser.isSet(option.toString()); }
    [[nodiscard]] QString value(QStringView option) const { return m_parser.value(option.toString()); }
    [[nodiscard]] QStringList values(QStringView option) const { return m_parser.values(option.toString()); }
    [[nodiscard]] QStringList arguments() const { return m_parser.positionalArguments(); }

    /// A usage error of this command.
    [[nodiscard]] Error usage(const QString &what, const QString &where, const QString &whatToDo) const;

private:
    [[nodiscard]] Error unknownOption(const QStringList &arguments) const;
    [[nodiscard]] QString seeHelp() const;

    const Command &m_command;
    QList<QCommandLineOption> m_options;
    QCommandLineParser m_parser;
};

/// The options that commands share, and what they mean.
[[nodiscard]] QCommandLineOption intervalOption();
[[nodiscard]] QCommandLineOption samplesOption();
/// --interval in 250 ms … 1 h; 2 s when not given.
[[nodiscard]] Result<std::chrono::milliseconds> intervalFrom(const CommandLine &line);
/// The duration that an option gives, of at least `least`; nullopt when the option is not given.
[[nodiscard]] Result<std::optional<std::chrono::milliseconds>> durationFrom(
    const CommandLine &line, QStringView option, std::chrono::milliseconds least);
/// A time in ISO 8601, or +D after `start`; nullopt for anything else.
[[nodiscard]] std::optional<WallTime> timeFromText(const QString &text, WallTime start);
/// A whole number of at least 1; nullopt when the option is not given.
[[nodiscard]] Result<std::optional<qint64>> countFrom(const CommandLine &line, QStringView option);
/// The source that the first argument names, or the live kernel.
[[nodiscard]] Result<std::unique_ptr<Source>> sourceFrom(const CommandLine &line);

/// An example for a POSIX shell as it is typed on this system: anyone may read Windows' pool tags, and cmd
/// knows no single quotes.
[[nodiscard]] QString exampleHere(QString example);

/// The one of `known` that a slip of the fingers may have turned into `typed`; empty if none is near.
[[nodiscard]] QString nearestWord(const QString &typed, const QStringList &known);

} // namespace poolscope
