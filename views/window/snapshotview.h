// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/core/snapshot.h"

#include <QWidget>

namespace poolscope {

class TablePanel;

/// A snapshot opened to read: the table and the system figures as they were, under a strip that says so.
/// Window thread.
class SnapshotView : public QWidget
{
    Q_OBJECT

public:
    explicit SnapshotView(const Snapshot &snapshot, QWidget *parent = nullptr);

    [[nodiscard]] const QUuid &snapshotId() const { return m_id; }
    [[nodiscard]] TablePanel *table() const { return m_table; }
    void setNumberStyle(NumberStyle style);

private:
    QUuid m_id;
    TablePanel *m_table;
};

/// "Snapshot “before the test”, taken 2026-11-22 18:25:04 from slab: on HOST. Read-only."
[[nodiscard]] QString snapshotHeadline(const Snapshot &snapshot);

} // namespace poolscope
