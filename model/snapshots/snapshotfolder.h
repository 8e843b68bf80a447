// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/result.h"
#include "model/core/snapshot.h"
#include "model/core/snapshotmeta.h"

#include <QString>

#include <vector>

namespace poolscope {

/// Snapshots as files: one JSON each (schema poolscope.sample/1), named TIME-ID.json, written whole or not at
/// all and brought to the disk before the call returns. A deleted one is renamed to NAME.json.trash, so that
/// it can come back. Several programs may use one folder. Every call blocks; one thread at a time.
class SnapshotFolder
{
public:
    explicit SnapshotFolder(QString path)
        : m_path(std::move(path))
    {
    }

    struct Listing
    {
        std::vector<SnapshotMeta> snapshots; ///< oldest first
        std::vector<Error> damaged; ///< files that are left out; they stay as they are
    };
    /// Reads the head of every file only. A folder that does not exist is empty.
    [[nodiscard]] Listing list() const;

    /// The name of the new file. Makes the folder if needed.
    [[nodiscard]] Result<QString> save(const Snapshot &snapshot) const;
    [[nodiscard]] Result<Snapshot> read(const SnapshotMeta &meta) const;
    /// Writes the file anew with another label and note.
    [[nodiscard]] Result<Done> relabel(
        const SnapshotMeta &meta, const QString &label, const QString &note) const;

    [[nodiscard]] Result<Done> moveToTrash(const SnapshotMeta &meta) const;
    [[nodiscard]] Result<Done> restore(const SnapshotMeta &meta) const;
    /// Deletes for good what moveToTrash() put aside.
    void purge(const SnapshotMeta &meta) const;
    /// Deletes what a program that did not end well left behind: trash after a week, so that a mistake can
    /// still be mended by renaming the file, and half-written files after a day.
    void tidy() const;

private:
    [[nodiscard]] QString pathOf(const QString &fileName) const { return m_path + u'/' + fileName; }
    [[nodiscard]] Result<SnapshotMeta> readHead(const QString &fileName) const;

    QString m_path;
};

} // namespace poolscope
