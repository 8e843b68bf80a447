// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/drivers/driversearch.h"

#include "model/drivers/drivercache.h"
#include "model/drivers/driverfile.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <tuple>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One of several equal steps of a work.
Progress step(const Progress &goesOn, int number, int steps)
{
    return [&goesOn, number, steps](double done) { return goesOn((number + done) / steps); };
}

QByteArray hashOf(QByteArrayView bytes, const Progress &goesOn)
{
    QCryptographicHash sha(QCryptographicHash::Sha256);
    forEachPiece(
        bytes.size(), goesOn, [&](qsizetype at, qsizetype size) { sha.addData(bytes.sliced(at, size)); });
    return sha.result().toHex();
}

class Search
{
public:
    Search(QByteArrayView tag, DriverCache &cache)
        : m_tag(tag.toByteArray().leftJustified(4, ' ', true))
        , m_cache(cache)
    {
    }

    /// Without effect when `goesOn` says stop: half of a file tells nothing.
    void look(const QString &path, const Progress &goesOn, DriverSearch &result)
    {
        const QFileInfo file(path);
        QByteArray hash = m_cache.hashOf(file);
        std::optional<DriverCache::Entry> entry;
        if (!hash.isEmpty())
            entry = m_cache.entry(hash, m_tag);
        if (!entry)
            entry = read(file, goesOn, hash, result);
        if (!entry || !entry->isImage)
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
    std::optional<DriverCache::Entry> read(
        const QFileInfo &file, const Progress &goesOn, QByteArray &hash, DriverSearch &result)
    {
        constexpr int Steps = 3;
        const Result<QByteArray> bytes = readDriverFile(file.filePath(), step(goesOn, 0, Steps));
        if (result.isCancelled)
            return std::nullopt;
        if (!bytes) {
            result.problems.push_back(bytes.error());
            return std::nullopt;
        }
        if (hash.isEmpty()) {
            hash = hashOf(bytes.value(), step(goesOn, 1, Steps));
            if (result.isCancelled)
                return std::nullopt;
            m_cache.setHash(file, hash);
        }
        std::optional<DriverCache::Entry> entry = m_cache.entry(hash, m_tag);
        if (!entry) {
            entry = searched(bytes.value(), step(goesOn, 2, Steps));
            if (result.isCancelled)
                return std::nullopt;
            m_cache.setEntry(hash, m_tag, *entry);
        }
        ++result.read;
        return entry;
    }

    [[nodiscard]] DriverCache::Entry searched(QByteArrayView bytes, const Progress &goesOn) const
    {
        const Result<PeImage> image = PeImage::fromBytes(bytes);
        if (!image)
            return {};
        const PeImage &pe = image.value();
        DriverCache::Entry entry;
        entry.isImage = true;
        entry.hit.machine = pe.machine;
        entry.hit.company = pe.company;
        entry.hit.description = pe.description;
        entry.hit.version = pe.version;
        entry.hit.use = tagUse(pe, bytes, m_tag, goesOn);
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
    const DriverFiles &files, QByteArrayView tag, const QString &cachePath, const Progress &goesOn)
{
    DriverSearch result;
    result.problems = files.problems;
    const QStringList &paths = files.paths;
    DriverCache cache(cachePath);
    Search search(tag, cache);
    for (qsizetype i = 0; i < paths.size() && !result.isCancelled; ++i) {
        const Progress within = [&](double part) {
            const double share = (static_cast<double>(i) + part) / static_cast<double>(paths.size());
            result.isCancelled = goesOn && !goesOn(share);
            return !result.isCancelled;
        };
        if (within(0))
            search.look(paths[i], within, result);
    }
    std::ranges::sort(result.hits, {}, rank);
    if (const Result<Done> kept = cache.save(); !kept)
        result.problems.push_back(kept.error());
    return result;
}

QString driverCachePath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
        + u"/poolscope/drivers.json"_s;
}

} // namespace poolscope
