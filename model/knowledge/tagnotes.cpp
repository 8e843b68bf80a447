// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/tagnotes.h"

#include "model/core/pooltag.h"
#include "model/core/tagtext.h"
#include "model/knowledge/pooltagfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

Error cannotWrite(const QString &path, const QString &why)
{
    return {ErrorKind::WriteFailed, u"the note cannot be kept (%1)"_s.arg(why),
        QDir::toNativeSeparators(path), u"make the file and its folder writable, or make room"_s};
}

/// All lines but those that name the tag itself; a wildcard that fits it stays.
QByteArray withoutTag(const QByteArray &text, const QByteArray &tag)
{
    QByteArray kept;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype feed = text.indexOf('\n', at);
        const qsizetype end = feed < 0 ? text.size() : feed + 1;
        const QByteArrayView line = QByteArrayView(text).sliced(at, end - at);
        const std::optional<PoolTagLine> entry = poolTagLine(line);
        if (!entry || entry->isPattern || entry->tag != tag)
            kept += line;
        at = end;
    }
    if (!kept.isEmpty() && !kept.endsWith('\n'))
        kept += '\n';
    return kept;
}

/// Not those that would read as a comment, as the end of the line, or as a pattern that fits other tags.
bool canBeNamed(QByteArrayView tag, QByteArrayView line)
{
    const std::optional<PoolTagLine> entry = poolTagLine(line.chopped(1));
    return entry && !entry->isPattern && entry->tag == paddedPoolTag(tag) && tag.size() <= PoolTagLength
        && !line.chopped(1).contains('\n') && !tag.contains('\r');
}

} // namespace

Result<Done> writeTagNote(const QString &path, QByteArrayView tag, const QString &note)
{
    const QByteArray name = paddedPoolTag(tag);
    const QByteArray line = name + " - " + note.simplified().toUtf8() + '\n';
    const bool isWanted = !note.trimmed().isEmpty();
    if (isWanted && !canBeNamed(tag, line)) {
        return Error{ErrorKind::BadInput, u"a file of pool tags cannot hold this tag"_s, escapedTag(name),
            u"write down its driver elsewhere"_s};
    }
    QFile before(path);
    const bool isThere = before.exists();
    if (isThere && !before.open(QIODevice::ReadOnly))
        return cannotWrite(path, before.errorString());
    const QByteArray kept = isThere ? withoutTag(before.readAll(), name) : QByteArray();
    before.close();
    if (!QDir().mkpath(QFileInfo(path).path()))
        return cannotWrite(path, u"its folder cannot be made"_s);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(isWanted ? kept + line : kept) < 0 || !file.commit())
        return cannotWrite(path, file.errorString());
    return Done{};
}

} // namespace poolscope
