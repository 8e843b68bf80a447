// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/screen/topscreen.h"

#include <QObject>

#include <memory>

namespace poolscope {

/// The terminal that the program runs in, for full-screen use. Keys arrive as signals, output goes through
/// StandardOutput. Main thread.
class Terminal : public QObject
{
    Q_OBJECT

public:
    explicit Terminal(QObject *parent = nullptr);
    /// Leaves if need be: whatever ends the program in order, the terminal is as it was.
    ~Terminal() override;

    /// Has stdout take bytes as they are, UTF-8 among them.
    static void prepareOutput();
    /// Keyboard and screen are both a terminal, and one that can move its cursor.
    [[nodiscard]] static bool isInteractive();
    [[nodiscard]] static bool outputIsTerminal();
    [[nodiscard]] static bool errorIsTerminal(); ///< stderr, for progress
    /// 80 x 24 when the terminal does not say.
    [[nodiscard]] static TerminalSize size();

    /// Keys come singly and without echo from now on.
    [[nodiscard]] Result<Done> enter();
    /// As it was before enter(). May be called at any time.
    void leave();

signals:
    void keyPressed(const poolscope::TerminalKey &key);
    void closed(); ///< there will be no more keys

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace poolscope
