// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/stream.h"
#include "model/sources/source.h"

#include <QByteArray>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace poolscope {

/// `command:PROGRAM ARGS`: any program that writes the stream format to its standard output, such as
/// `command:ssh host poolscope-cli stream`. Started without a shell; words are split at blanks, double quotes
/// keep them together. The program ends when it dies or writes what is no stream (failed()), or when it
/// leaves with exit code 0 after whole samples (ended()).
class CommandSource : public Source
{
    Q_OBJECT

public:
    /// `command` is what stands behind "command:".
    explicit CommandSource(const QString &command, QObject *parent = nullptr);
    /// Waits for the program to end, at most half a second, and leaves one alone that cannot be ended.
    ~CommandSource() override;

    /// A command without a program is a usage error.
    [[nodiscard]] static Result<std::unique_ptr<Source>> create(const QString &command);

    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] Result<Done> open() override;
    /// Asks the program to end, and ends it half a second later. Returns at once.
    void close() override;
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    void readOutput();
    void readErrors();
    void onError(QProcess::ProcessError error);
    void onFinished(int exitCode, QProcess::ExitStatus status);
    void fail(const Error &error);
    [[nodiscard]] QString lastErrorLines() const;
    [[nodiscard]] Error cannotStart() const;
    void dismiss(std::unique_ptr<QProcess> process);
    void endLeaving();
    void forgetEnded();

    QString m_command;
    std::unique_ptr<QProcess> m_process; ///< while open
    std::optional<StreamReader> m_reader; ///< while open and not failed
    QByteArray m_errors; ///< the end of what the program wrote to its standard error
    bool m_anySample = false;
    QTimer m_graceTimer;
    std::vector<std::unique_ptr<QProcess>> m_leaving; ///< closed; ended or about to end
};

} // namespace poolscope
