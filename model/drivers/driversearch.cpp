// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/driversearch.h"

#include "model/drivers/drivercache.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <tuple>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// A file's bytes, mapped where that is possible.
class FileBytes
{
public:
    explicit FileBytes(const QString &path)
        : m_file(path)
    {
        if (!m_file.open(QIODevice::ReadOnly))
            return;
        m_size = m_file.size();
        m_mapped = m_size > 0 ? m_file.map(0, m_size) : nullptr;
        if (!m_mapped)
            m_read = m_file.readAll();
        m_isOpen = m_mapped || m_file.error() == QFile::NoError;
    }

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] QString problem() const { return m_file.errorString(); }
    [[nodiscard]] QByteArrayView view() const
    {
        return m_mapped ? QByteArrayView(m_mapped, m_size) : QByteArrayView(m_read);
    }

private:
    QFile m_file;
    qint64 m_size = 0;
    uchar *m_mapped = nullptr;
    QByteArray m_read;
    bool m_isOpen = false;
};

class Search
{
public:
    Search(QByteArrayView tag, DriverCache &cache)
        : m_tag(tag.toByteArray().leftJustified(4, ' ', true))
        , m_cache(cache)
    {
    }

    void look(const QString &path, DriverSearch &result)
    {
        const QFileInfo file(path);
        if (file.exists() && !file.isFile()) {
            // Reading a pipe or a device might never end.
            result.problems.push_back(
                {ErrorKind::BadInput, u"is no ordinary file"_s, QDir::toNativeSeparators(path), {}});
            return;
        }
        QByteArray hash = m_cache.hashOf(file);
        std::optional<DriverCache::Entry> entry;
        if (!hash.isEmpty())
            entry = m_cache.entry(hash, m_tag);
        if (!entry) {
            const FileBytes bytes(path);
            if (!bytes.isOpen()) {
                result.problems.push_back({ErrorKind::BadInput, u"cannot be read (%1)"_s.arg(bytes.problem()),
                    QDir::toNativeSeparators(path), {}});
                return;
            }
            ++result.read;
            entry = read(bytes.view(), file, hash);
        }
        if (!entry->isImage)
            return;
        ++result.searched;
        if (entry->hit.use.grade() == TagGrade::None)
            return;
        DriverHit hit = entry->hit;
        hit.path = path;
        hit.changed = file.lastModified();
        hit.sha256 = hash;
        result.hits.push_back(hit);
    }

private:
    DriverCache::Entry read(QByteArrayView bytes, const QFileInfo &file, QByteArray &hash)
    {
        if (hash.isEmpty()) {
            QCryptographicHash sha(QCryptographicHash::Sha256);
            sha.addData(bytes);
            hash = sha.result().toHex();
            m_cache.setHash(file, hash);
        }
        if (const auto known = m_cache.entry(hash, m_tag))
            return *known;
        DriverCache::Entry entry;
        if (const Result<PeImage> image = PeImage::fromBytes(bytes)) {
            const PeImage &pe = image.value();
            entry.isImage = true;
            entry.hit.machine = pe.machine;
            entry.hit.company = pe.company;
            entry.hit.description = pe.description;
            entry.hit.version = pe.version;
            entry.hit.use = tagUse(pe, bytes, m_tag);
        }
        m_cache.setEntry(hash, m_tag, entry);
        return entry;
    }

    QByteArray m_tag;
    DriverCache &m_cache;
};

/// Windows' own drivers name many tags on behalf of others, so a stranger is looked at first.
auto rank(const DriverHit &hit)
{
    const TagUse &use = hit.use;
    const auto grade = static_cast<int>(use.grade());
    return std::tuple(-grade, hit.company.contains(u"Microsoft"), -use.strong.count, -use.medium.count,
        -use.weak.count, hit.path);
}

} // namespace

DriverSearch searchDrivers(
    const QStringList &files, QByteArrayView tag, const QString &cachePath, const SearchProgress &goesOn)
{
    DriverSearch result;
    DriverCache cache(cachePath);
    Search search(tag, cache);
    for (qsizetype i = 0; i < files.size(); ++i) {
        if (goesOn && !goesOn(static_cast<double>(i) / static_cast<double>(files.size()))) {
            result.isCancelled = true;
            break;
        }
        search.look(files[i], result);
    }
    std::ranges::sort(result.hits, {}, rank);
    if (const Result<Done> kept = cache.save(); !kept)
        result.problems.push_back(kept.error());
    return result;
}

QStringList driverFilesIn(const QStringList &paths)
{
    QStringList files;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files << path;
            continue;
        }
        QDirIterator folder(path, {u"*.sys"_s, u"*.exe"_s, u"*.dll"_s}, QDir::Files | QDir::Hidden,
            QDirIterator::Subdirectories);
        QStringList found;
        while (folder.hasNext())
            found << folder.next();
        found.sort();
        files << found;
    }
    files.removeDuplicates();
    return files;
}

QString driverCachePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + u"/poolscope/drivers.json"_s;
}

} // namespace poolscope
