// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QObject>

namespace poolscope {

class LiveSession;
class NoteLine;
class ReplaySession;
class SessionSwitch;
class WindowActions;

/// Adds notes: marks with a text, at the newest sample of the live source or at the moment shown of a
/// recording, where they are written into its file. Window thread.
class NoteController : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    struct Parts
    {
        SessionSwitch &session; ///< the one in front
        LiveSession &live;
        ReplaySession &replay;
        WindowActions &actions;
        NoteLine &line;
    };
    NoteController(const Parts &parts, QObject *parent);

private:
    void ask();
    void add(const QString &text);
    void showAction();
    [[nodiscard]] bool isReplay() const;

    Parts m_parts;
};

} // namespace poolscope
