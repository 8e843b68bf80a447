// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/knowledge/pooltagfile.h"
#include "model/knowledge/tagnameplaces.h"

#include <QString>

#include <vector>

namespace poolscope {

/// Who owns a pool tag, as the files know that are asked one after the other: the user's notes, a
/// pooltag.txt, PoolScope's own list of well-known tags. Value type, immutable, any thread.
class TagNames
{
public:
    struct Owner
    {
        QByteArray driver; ///< "afd.sys - AFD objects"; empty: nobody knows
        QString from; ///< which file said so, for people
    };

    /// What cannot be read is left out and named in problems(). Blocks on the disk.
    [[nodiscard]] static TagNames load(const TagNamePlaces &places);

    /// The user's own note; empty: there is none.
    [[nodiscard]] QByteArray noteOf(QByteArrayView tag) const { return m_notes.driverOf(tag); }
    /// Whatever the notes say.
    [[nodiscard]] Owner ownerOf(QByteArrayView tag) const;
    /// What the Driver column shows: the note, else the owner.
    [[nodiscard]] QByteArray driverOf(QByteArrayView tag) const;
    [[nodiscard]] const std::vector<Error> &problems() const { return m_problems; }

private:
    struct Layer
    {
        PoolTagFile file;
        QString from;
    };

    void addLayer(const QString &path, const QString &from);

    PoolTagFile m_notes;
    std::vector<Layer> m_layers; ///< the first that knows a tag counts
    std::vector<Error> m_problems;
};

} // namespace poolscope
