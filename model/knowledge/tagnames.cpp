// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagnames.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

TagNames TagNames::load(const TagNamePlaces &places)
{
    TagNames names;
    // Empty notes are as good as none.
    if (QFileInfo(places.notes).size() > 0) {
        if (Result<PoolTagFile> notes = PoolTagFile::read(places.notes))
            names.m_notes = std::move(notes).value();
        else
            names.m_problems.push_back(notes.error());
    }
    if (!places.tagFile.isEmpty()) {
        const QDateTime changed = QFileInfo(places.tagFile).lastModified();
        names.addLayer(places.tagFile,
            u"%1 of %2"_s.arg(
                QDir::toNativeSeparators(places.tagFile), changed.date().toString(Qt::ISODate)));
    }
    names.addLayer(u":/knowledge/pooltags.txt"_s, u"PoolScope's own list of well-known tags"_s);
    return names;
}

void TagNames::addLayer(const QString &path, const QString &from)
{
    Result<PoolTagFile> file = PoolTagFile::read(path);
    if (file)
        m_layers.push_back({std::move(file).value(), from});
    else
        m_problems.push_back(file.error());
}

TagNames::Owner TagNames::ownerOf(QByteArrayView tag) const
{
    for (const Layer &layer : m_layers) {
        if (const QByteArray driver = layer.file.driverOf(tag); !driver.isEmpty())
            return {driver, layer.from};
    }
    return {};
}

QByteArray TagNames::driverOf(QByteArrayView tag) const
{
    const QByteArray note = noteOf(tag);
    return note.isEmpty() ? ownerOf(tag).driver : note;
}

} // namespace poolscope
