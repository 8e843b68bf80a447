// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/recording/tagcatalogue.h"

namespace poolscope {

namespace {

/// The number of a key, and whether it was given just now.
template <typename Key>
std::pair<quint32, bool> numberOf(QHash<Key, quint32> &numbers, const Key &key)
{
    const auto known = numbers.constFind(key);
    if (known != numbers.cend())
        return {*known, false};
    const auto next = static_cast<quint32>(numbers.size());
    numbers.insert(key, next);
    return {next, true};
}

} // namespace

TagCatalogue::TagCatalogue()
{
    m_byDriver.insert({}, 0);
}

bool TagCatalogue::know(TagId id, SourceKind kind, const Tag &tag)
{
    const Key key(tag, static_cast<quint8>(kind));
    if (id != m_byTag.size() || m_byTag.contains(key))
        return false;
    m_byTag.insert(key, id);
    return true;
}

bool TagCatalogue::know(DriverId id, const QByteArray &text)
{
    if (id != m_byDriver.size() || m_byDriver.contains(text))
        return false;
    m_byDriver.insert(text, id);
    return true;
}

void TagCatalogue::match(const Sample &sample)
{
    const SourceKind kind = sample.origin->kind;
    if (sample.tags == m_current && kind == m_currentKind)
        return;
    m_current = sample.tags;
    m_currentKind = kind;
    ++m_generation;
    m_ids.clear();
    m_drivers.clear();
    for (const TagEntry &entry : *sample.tags) {
        const auto [id, isNewTag] = numberOf(m_byTag, Key(entry.tag, static_cast<quint8>(kind)));
        if (isNewTag)
            m_newTags.push_back({id, kind, entry.tag});
        m_ids.push_back(id);
        const auto [driver, isNewDriver] = numberOf(m_byDriver, entry.driver);
        if (isNewDriver)
            m_newDrivers.push_back({driver, entry.driver});
        m_drivers.push_back(driver);
    }
}

void TagCatalogue::forgetNew()
{
    m_newTags.clear();
    m_newDrivers.clear();
}

} // namespace poolscope
