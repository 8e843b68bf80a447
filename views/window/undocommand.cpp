// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/undocommand.h"

#include "model/snapshots/snapshotstore.h"
#include "model/tables/pinlist.h"

#include <QAction>

#include <utility>

namespace poolscope {

UndoCommand::UndoCommand(QAction &action, PinList &pins, SnapshotStore &snapshots, QObject *parent)
    : QObject(parent)
    , m_action(action)
    , m_pins(pins)
    , m_snapshots(snapshots)
{
    connect(&m_pins, &PinList::changed, this, &UndoCommand::pinsChanged);
    connect(&m_snapshots, &SnapshotStore::undoCountChanged, this, &UndoCommand::snapshotsChanged);
    connect(&m_action, &QAction::triggered, this, &UndoCommand::undo);
    show();
}

void UndoCommand::pinsChanged()
{
    const bool hasPins = m_pins.canUndoClear();
    if (hasPins && !std::exchange(m_hadPins, hasPins))
        m_last = Kind::Pins;
    m_hadPins = hasPins;
    show();
}

void UndoCommand::snapshotsChanged()
{
    if (m_snapshots.undoCount() > 0)
        m_last = Kind::Snapshots;
    show();
}

std::optional<UndoCommand::Kind> UndoCommand::next() const
{
    const bool hasPins = m_pins.canUndoClear();
    const bool hasSnapshots = m_snapshots.undoCount() > 0;
    if (hasPins && (m_last == Kind::Pins || !hasSnapshots))
        return Kind::Pins;
    return hasSnapshots ? std::optional(Kind::Snapshots) : std::nullopt;
}

void UndoCommand::show()
{
    const auto kind = next();
    m_action.setEnabled(kind.has_value());
    if (!kind)
        m_action.setText(tr("&Undo"));
    else if (*kind == Kind::Pins)
        m_action.setText(tr("&Undo clear pins"));
    else if (m_snapshots.undoCount() == 1)
        m_action.setText(tr("&Undo delete snapshot"));
    else
        m_action.setText(tr("&Undo delete %1 snapshots").arg(m_snapshots.undoCount()));
}

void UndoCommand::undo()
{
    const auto kind = next();
    if (kind == Kind::Pins)
        m_pins.undoClear();
    else if (kind == Kind::Snapshots)
        m_snapshots.undoRemove();
}

} // namespace poolscope
