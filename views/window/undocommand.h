// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <optional>

class QAction;

namespace poolscope {

class PinList;
class SnapshotStore;

/// The one undo of the window: brings back pins that were cleared or snapshots that were deleted, whichever
/// happened last, and says in its text which. Window thread.
class UndoCommand : public QObject
{
    Q_OBJECT

public:
    /// All must outlive this object.
    UndoCommand(QAction &action, PinList &pins, SnapshotStore &snapshots, QObject *parent);

private:
    enum class Kind
    {
        Pins,
        Snapshots
    };

    void pinsChanged();
    void snapshotsChanged();
    void show();
    void undo();
    [[nodiscard]] std::optional<Kind> next() const;

    QAction &m_action;
    PinList &m_pins;
    SnapshotStore &m_snapshots;
    bool m_hadPins = false; ///< whether cleared pins could be brought back before the last change
    Kind m_last = Kind::Pins;
};

} // namespace poolscope
