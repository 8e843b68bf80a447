// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplebuilder.h"

#include <algorithm>

namespace poolscope {

namespace {

/// Unknown when either is; damaged files may hold numbers whose sum does not fit, which is no number either.
Counter sum(Counter a, Counter b)
{
    qint64 result = 0;
    if (!a.isKnown() || !b.isKnown() || __builtin_add_overflow(a.value(), b.value(), &result))
        return {};
    return Counter(result);
}

} // namespace

bool SampleBuilder::add(TagEntry entry, const Reading &reading)
{
    if (m_rows.contains(entry.tag))
        return false;
    m_rows.insert(entry.tag, m_readings.size());
    m_tags.push_back(std::move(entry));
    m_readings.push_back(reading);
    return true;
}

void SampleBuilder::addUp(TagEntry entry, const Reading &reading)
{
    const auto at = m_rows.constFind(entry.tag);
    if (at == m_rows.constEnd()) {
        add(std::move(entry), reading);
        return;
    }
    Reading &total = m_readings[at.value()];
    total = {sum(total.allocs, reading.allocs), sum(total.frees, reading.frees),
        sum(total.outstanding, reading.outstanding), sum(total.bytes, reading.bytes)};
}

const Reading *SampleBuilder::find(const Tag &tag) const
{
    const auto at = m_rows.constFind(tag);
    return at == m_rows.constEnd() ? nullptr : &m_readings[at.value()];
}

std::shared_ptr<Sample> SampleBuilder::take(
    std::shared_ptr<const Origin> origin, WallTime wall, const SamplePtr &previous)
{
    auto sample = std::make_shared<Sample>();
    sample->origin = std::move(origin);
    sample->wall = wall;
    sample->system = std::exchange(system, {});
    if (previous && *previous->tags == m_tags)
        sample->tags = previous->tags;
    else
        sample->tags = std::make_shared<TagList>(std::move(m_tags));
    sample->readings = std::move(m_readings);
    m_tags.clear();
    m_readings.clear();
    m_rows.clear();
    return sample;
}

SourceKind guessedSourceKind(QStringView uri, const TagList &tags)
{
    if (uri.startsWith(u"pool:"))
        return SourceKind::Pool;
    if (uri.startsWith(u"sites:"))
        return SourceKind::Site;
    if (uri.startsWith(u"slab:") || tags.empty())
        return SourceKind::Slab;
    // As the kernel writes them: "fs/pipe.c:120 func:alloc_pipe_info".
    if (std::ranges::all_of(tags, [](const TagEntry &entry) { return entry.tag.bytes.contains(" func:"); }))
        return SourceKind::Site;
    // No machine's slab caches all have names of four letters. A few tags have blanks at their end, which
    // files lose.
    constexpr qsizetype PoolTagSize = 4;
    const auto size = [](const TagEntry &entry) { return entry.tag.bytes.size(); };
    const auto whole = std::ranges::count(tags, PoolTagSize, size);
    const bool noneLonger = std::ranges::all_of(
        tags, [](qsizetype s) { return s <= PoolTagSize; }, size);
    return noneLonger && 2 * whole >= std::ssize(tags) ? SourceKind::Pool : SourceKind::Slab;
}

std::shared_ptr<const Origin> originOfFile(const QString &fileName, SourceKind kind)
{
    auto origin = std::make_shared<Origin>();
    origin->uri = QStringLiteral("file:") + fileName;
    origin->kind = kind;
    origin->counterBits = kind == SourceKind::Pool ? 32 : 64;
    return origin;
}

} // namespace poolscope
