// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/drivercache.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSet>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QLatin1StringView Schema("poolscope.driver-cache/3"); // the others graded otherwise

PeImage::Machine machineFrom(const QString &word)
{
    for (const auto machine : {PeImage::Machine::X86, PeImage::Machine::X64, PeImage::Machine::Arm64}) {
        if (machineWord(machine) == word)
            return machine;
    }
    return PeImage::Machine::Other;
}

/// Nothing found is most of the cache: it is kept short.
QJsonArray toJson(const TagUse &use)
{
    if (use.grade() == TagGrade::None)
        return {};
    return {use.strong.count, use.strong.first, use.medium.count, use.medium.first, use.weak.count,
        use.weak.first};
}

TagUse useFrom(const QJsonArray &values)
{
    const auto hits = [&values](qsizetype at) {
        return TagUse::Hits{values.at(at).toInteger(), values.at(at + 1).toInteger(-1)};
    };
    return {hits(0), hits(2), hits(4)};
}

} // namespace

DriverCache::DriverCache(QString path)
    : m_path(std::move(path))
{
    read();
}

void DriverCache::read()
{
    QFile file(m_path);
    if (m_path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > LargestFile)
        return;
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    if (root.value(u"schema").toString() != Schema)
        return;
    const QJsonObject files = root.value(u"files").toObject();
    for (auto it = files.begin(); it != files.end(); ++it) {
        const QJsonArray values = it.value().toArray();
        m_files.insert(it.key(),
            {values.at(0).toInteger(), values.at(1).toInteger(), values.at(2).toString().toLatin1(), false});
    }
    const QJsonObject images = root.value(u"images").toObject();
    for (auto it = images.begin(); it != images.end(); ++it) {
        const QJsonObject object = it.value().toObject();
        Image image;
        image.isImage = object.value(u"image").toBool();
        image.about.machine = machineFrom(object.value(u"machine").toString());
        image.about.company = object.value(u"company").toString();
        image.about.description = object.value(u"description").toString();
        image.about.version = object.value(u"version").toString();
        const QJsonObject uses = object.value(u"uses").toObject();
        for (auto use = uses.begin(); use != uses.end(); ++use)
            image.uses.insert(QByteArray::fromHex(use.key().toLatin1()), useFrom(use.value().toArray()));
        m_images.insert(it.key().toLatin1(), image);
    }
}

QByteArray DriverCache::hashOf(const QFileInfo &file)
{
    const auto known = m_files.find(file.absoluteFilePath());
    if (known == m_files.end() || known->size != file.size()
        || known->changedMs != file.lastModified().toMSecsSinceEpoch())
        return {};
    known->isWanted = true;
    return known->sha256;
}

void DriverCache::setHash(const QFileInfo &file, const QByteArray &sha256)
{
    // A change right after this one could leave the same time: the coarsest file systems count in two
    // seconds.
    constexpr qint64 CoarsestMs = 2000;
    if (file.lastModified().msecsTo(QDateTime::currentDateTime()) < CoarsestMs)
        return;
    m_files.insert(
        file.absoluteFilePath(), {file.size(), file.lastModified().toMSecsSinceEpoch(), sha256, true});
    m_isChanged = true;
}

std::optional<DriverCache::Entry> DriverCache::entry(const QByteArray &sha256, const QByteArray &tag) const
{
    const auto image = m_images.constFind(sha256);
    if (image == m_images.cend())
        return std::nullopt;
    if (!image->isImage)
        return Entry{};
    const auto use = image->uses.constFind(tag);
    if (use == image->uses.cend())
        return std::nullopt;
    Entry entry{true, image->about};
    entry.hit.use = *use;
    return entry;
}

void DriverCache::setEntry(const QByteArray &sha256, const QByteArray &tag, const Entry &entry)
{
    Image &image = m_images[sha256];
    image.isImage = entry.isImage;
    image.about = entry.hit;
    if (image.uses.size() >= MostTags)
        image.uses.clear();
    image.uses.insert(tag, entry.hit.use);
    m_isChanged = true;
}

/// Those that this search did not ask for all go at once, so that there is room for the next ones, too.
void DriverCache::dropFiles()
{
    if (m_files.size() <= MostFiles)
        return;
    m_files.removeIf([](const auto &file) { return !file.value().isWanted; });
    qsizetype excess = std::max<qsizetype>(m_files.size() - MostFiles, 0);
    m_files.removeIf([&excess](const auto &) { return excess-- > 0; });
}

/// Those of files that are gone: each update of a driver leaves one.
void DriverCache::dropImages()
{
    QSet<QByteArray> named;
    for (const File &file : std::as_const(m_files))
        named.insert(file.sha256);
    m_images.removeIf([&named](const auto &image) { return !named.contains(image.key()); });
}

Result<Done> DriverCache::save()
{
    if (m_path.isEmpty() || !m_isChanged)
        return Done{};
    dropFiles();
    dropImages();
    QJsonObject files;
    for (auto it = m_files.cbegin(); it != m_files.cend(); ++it)
        files.insert(it.key(), QJsonArray{it->size, it->changedMs, QString::fromLatin1(it->sha256)});
    QJsonObject images;
    for (auto it = m_images.cbegin(); it != m_images.cend(); ++it) {
        QJsonObject uses;
        for (auto use = it->uses.cbegin(); use != it->uses.cend(); ++use)
            uses.insert(QString::fromLatin1(use.key().toHex()), toJson(*use));
        images.insert(QString::fromLatin1(it.key()),
            QJsonObject{{u"image"_s, it->isImage}, {u"machine"_s, machineWord(it->about.machine)},
                {u"company"_s, it->about.company}, {u"description"_s, it->about.description},
                {u"version"_s, it->about.version}, {u"uses"_s, uses}});
    }
    const QJsonObject root{{u"schema"_s, QString(Schema)}, {u"files"_s, files}, {u"images"_s, images}};
    QDir().mkpath(QFileInfo(m_path).path());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(root).toJson(QJsonDocument::Compact)) < 0
        || !file.commit()) {
        return Error{ErrorKind::WriteFailed,
            u"what was found cannot be kept for the next search (%1)"_s.arg(file.errorString()),
            QDir::toNativeSeparators(m_path), u"make the folder writable, or make room"_s};
    }
    return Done{};
}

} // namespace poolscope
