// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/slabcatalogue.h"

#include <QFile>

#include <algorithm>
#include <system_error>

namespace poolscope {

namespace fs = std::filesystem;

namespace {

QByteArray fileName(const fs::path &path)
{
    return QByteArray::fromStdString(path.filename().string());
}

} // namespace

SlabCatalogue::SlabCatalogue(fs::path directory)
    : m_directory(std::move(directory))
{
}

void SlabCatalogue::clear()
{
    m_names.reset();
    m_described.reset();
    m_typeOf.clear();
    m_groupOf.clear();
    m_namesOf.clear();
}

std::shared_ptr<const TagList> SlabCatalogue::describe(const std::shared_ptr<const TagList> &names)
{
    if (names == m_names && m_described)
        return m_described;
    bool anyNew = false;
    for (const TagEntry &entry : *names) {
        const QByteArray &name = entry.tag.bytes;
        if (!m_typeOf.contains(name)) {
            m_typeOf.insert(name, readPoolType(name));
            anyNew = true;
        }
    }
    if (anyNew)
        readMergedNames();

    TagList described;
    described.reserve(names->size());
    for (const TagEntry &entry : *names) {
        const QByteArray &name = entry.tag.bytes;
        QByteArray others;
        for (const QByteArray &other : m_namesOf.value(m_groupOf.value(name))) {
            if (other == name)
                continue;
            if (!others.isEmpty())
                others += ", ";
            others += other;
        }
        described.push_back({{name, m_typeOf.value(name)}, others});
    }
    m_names = names;
    m_described = std::make_shared<const TagList>(std::move(described));
    return m_described;
}

PoolType SlabCatalogue::readPoolType(const QByteArray &name) const
{
    QFile file((m_directory / name.toStdString() / "reclaim_account"));
    // A name with a slash would lead elsewhere; no directory can have it.
    if (name.contains('/') || !file.open(QIODevice::ReadOnly))
        return PoolType::None;
    const QByteArray value = file.read(8).trimmed();
    if (value == "1")
        return PoolType::Paged;
    return value == "0" ? PoolType::Nonpaged : PoolType::None;
}

void SlabCatalogue::readMergedNames()
{
    m_groupOf.clear();
    m_namesOf.clear();
    std::error_code failure;
    for (fs::directory_iterator entry(m_directory, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        std::error_code notLink;
        const fs::path target = fs::read_symlink(entry->path(), notLink);
        if (notLink)
            continue;
        const QByteArray name = fileName(entry->path());
        const QByteArray group = fileName(target);
        m_groupOf.insert(name, group);
        m_namesOf[group].push_back(name);
    }
    for (std::vector<QByteArray> &names : m_namesOf)
        std::ranges::sort(names);
}

} // namespace poolscope
