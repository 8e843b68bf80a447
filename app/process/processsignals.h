// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <memory>

namespace poolscope {

/// What the operating system tells the program, as Qt signals in its main thread. One instance at a time.
class ProcessSignals : public QObject
{
    Q_OBJECT

public:
    /// Whether the program is there for the reader of its output, and ends with him.
    enum class Output
    {
        Watched,
        Ignored
    };
    explicit ProcessSignals(Output output = Output::Watched);
    /// Restores what was before.
    ~ProcessSignals() override;

    /// Also tells terminalResized(), suspendWanted() and resumed(), which otherwise keep their defaults.
    void watchTerminal();
    /// Stops the program as Ctrl+Z does by default; returns when it goes on.
    void suspend();

    /// A write beyond the limit of a file's size fails from now on like one to a full disk, instead of ending
    /// the program.
    static void outliveFileLimits();

    /// True as soon as a signal asks, before the event loop hears of it: for writes that a signal cut short.
    [[nodiscard]] static bool wasAskedToStop();

signals:
    void stopWanted(); ///< Ctrl+C, a closed terminal, a polite kill, nobody left to read the output
    void terminalResized();
    void suspendWanted();
    void resumed();

private:
    void watchReader();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
