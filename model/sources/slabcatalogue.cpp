// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/slabcatalogue.h"

#include <algorithm>
#include <array>

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

namespace poolscope {

namespace fs = std::filesystem;

/// The catalogue's directory, open. A machine has hundreds of caches, and asking for each by its whole path
/// through a file class costs the start of the program more than the first reading of slabinfo.
class SlabCatalogue::Directory
{
public:
    explicit Directory(const fs::path &path)
        : m_stream(::opendir(path.c_str()))
    {
    }
    ~Directory()
    {
        if (m_stream)
            ::closedir(m_stream);
    }
    Q_DISABLE_COPY_MOVE(Directory)

    /// Up to eight bytes of a file; empty when it cannot be read.
    [[nodiscard]] QByteArray head(const QByteArray &relativePath) const
    {
        if (!m_stream)
            return {};
        // Without O_NONBLOCK a pipe in a copied tree would wait for its writer.
        const int descriptor = ::openat(
            ::dirfd(m_stream), relativePath.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (descriptor < 0)
            return {};
        std::array<char, 8> text{};
        const ssize_t size = ::read(descriptor, text.data(), text.size());
        ::close(descriptor);
        return size > 0 ? QByteArray(text.data(), size) : QByteArray();
    }

    /// Calls `visit(name, target)` for every symbolic link, with the last part of what it points to.
    template <typename Visit>
    void forEachLink(Visit visit) const
    {
        while (const dirent *entry = m_stream ? ::readdir(m_stream) : nullptr) {
            // Some file systems do not tell the type here; readlinkat() then refuses what is no link.
            if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
                continue;
            std::array<char, PATH_MAX> target;
            const ssize_t size = ::readlinkat(::dirfd(m_stream), entry->d_name, target.data(), target.size());
            if (size <= 0)
                continue;
            const QByteArray path(target.data(), size);
            visit(QByteArray(entry->d_name), path.sliced(path.lastIndexOf('/') + 1));
        }
    }

private:
    DIR *m_stream;
};

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
    readNewNames(*names);
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

void SlabCatalogue::readNewNames(const TagList &names)
{
    const auto isNew = [this](const TagEntry &entry) { return !m_typeOf.contains(entry.tag.bytes); };
    if (std::ranges::none_of(names, isNew))
        return;
    const Directory directory(m_directory);
    for (const TagEntry &entry : names) {
        if (isNew(entry))
            m_typeOf.insert(entry.tag.bytes, readPoolType(directory, entry.tag.bytes));
    }
    readMergedNames(directory);
}

PoolType SlabCatalogue::readPoolType(const Directory &directory, const QByteArray &name)
{
    // A name with a slash would lead elsewhere; no directory can have it.
    if (name.contains('/'))
        return PoolType::None;
    const QByteArray value = directory.head(name + "/reclaim_account").trimmed();
    if (value == "1")
        return PoolType::Paged;
    return value == "0" ? PoolType::Nonpaged : PoolType::None;
}

void SlabCatalogue::readMergedNames(const Directory &directory)
{
    m_groupOf.clear();
    m_namesOf.clear();
    directory.forEachLink([this](const QByteArray &name, const QByteArray &group) {
        m_groupOf.insert(name, group);
        m_namesOf[group].push_back(name);
    });
    for (std::vector<QByteArray> &names : m_namesOf)
        std::ranges::sort(names);
}

} // namespace poolscope
