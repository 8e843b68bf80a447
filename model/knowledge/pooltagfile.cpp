// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/pooltagfile.h"

#include "model/core/wildcard.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype TagLength = 4;

QByteArrayView withoutTrailingBlanks(QByteArrayView text)
{
    while (text.endsWith(' '))
        text.chop(1);
    return text;
}

/// "//" or "rem", but not the tag "ReMo".
bool isComment(QByteArrayView line)
{
    if (line.startsWith("//"))
        return true;
    if (line.size() < 3 || line.first(3).compare("rem", Qt::CaseInsensitive) != 0)
        return false;
    return line.size() == 3 || line[3] == ' ' || line[3] == '\t';
}

bool isWildcard(char c)
{
    return c == '*' || c == '?';
}

} // namespace

PoolTagFile PoolTagFile::fromText(const QByteArray &text)
{
    PoolTagFile file;
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype feed = text.indexOf('\n', start);
        const qsizetype end = feed < 0 ? text.size() : feed;
        QByteArrayView line = QByteArrayView(text).sliced(start, end - start);
        if (line.endsWith('\r'))
            line.chop(1);
        file.addLine(line);
        start = end + 1;
    }
    std::ranges::stable_sort(file.m_wildcards, std::ranges::greater(), &Wildcard::literals);
    return file;
}

Result<PoolTagFile> PoolTagFile::read(const QString &path)
{
    const QString where = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::BadInput, u"cannot read the pool tag file (%1)"_s.arg(file.errorString()),
            where, u"name the pooltag.txt of the Debugging Tools for Windows, or one of your own"_s};
    }
    PoolTagFile tags = fromText(file.readAll());
    if (tags.size() == 0) {
        return Error{ErrorKind::BadInput, u"not a pool tag file"_s, where,
            u"its lines have to read: Tag1 - driver.sys - description"_s};
    }
    return tags;
}

void PoolTagFile::addLine(QByteArrayView line)
{
    // The tag ends before the first blank with a dash behind it: "Dh 1 - …", "Fsb -  …", "Tun4  - …".
    const qsizetype separator = line.indexOf(" -");
    if (separator < 1 || isComment(line))
        return;
    QByteArrayView name = line.first(separator);
    if (name.size() > TagLength)
        name = withoutTrailingBlanks(name);
    const QByteArray driver = line.sliced(separator + 2).trimmed().toByteArray();
    if (name.size() > TagLength || driver.isEmpty())
        return;
    if (std::ranges::any_of(name, isWildcard)) {
        const QByteArray pattern = withoutTrailingBlanks(name).toByteArray();
        const auto wild = std::ranges::count_if(pattern, isWildcard);
        m_wildcards.push_back({pattern, pattern.size() - wild, driver});
        return;
    }
    const QByteArray tag = name.toByteArray().leftJustified(TagLength, ' ');
    if (!m_exact.contains(tag))
        m_exact.insert(tag, driver);
}

QByteArray PoolTagFile::lookUp(const QByteArray &tag) const
{
    if (const auto found = m_exact.constFind(tag); found != m_exact.cend())
        return *found;
    for (const Wildcard &wildcard : m_wildcards) {
        if (tagMatchesWildcard(wildcard.pattern, tag))
            return wildcard.driver;
    }
    return {};
}

QByteArray PoolTagFile::driverOf(QByteArrayView tag) const
{
    constexpr unsigned char Protected = 0x80;
    QByteArray plain = tag.toByteArray();
    QByteArray driver = lookUp(plain);
    if (driver.isEmpty() && plain.size() == TagLength && (static_cast<unsigned char>(plain[3]) & Protected)) {
        plain[3] = static_cast<char>(static_cast<unsigned char>(plain[3]) & ~Protected);
        driver = lookUp(plain);
    }
    return driver;
}

DriverLookup driversInAll(std::vector<PoolTagFile> files)
{
    return [files = std::move(files)](QByteArrayView tag) {
        QByteArray drivers;
        for (const PoolTagFile &file : files) {
            const QByteArray driver = file.driverOf(tag);
            if (!driver.isEmpty())
                drivers += (drivers.isEmpty() ? "" : "][") + driver;
        }
        return drivers;
    };
}

void DriverNamer::setLookup(DriverLookup driverOf)
{
    m_driverOf = std::move(driverOf);
    m_plain.reset();
}

SamplePtr DriverNamer::named(const SamplePtr &sample)
{
    if (!m_driverOf || sample->origin->kind != SourceKind::Pool)
        return sample;
    if (sample->tags != m_plain) {
        auto tags = std::make_shared<TagList>(*sample->tags);
        for (TagEntry &entry : *tags) {
            if (entry.driver.isEmpty())
                entry.driver = m_driverOf(entry.tag.bytes);
        }
        m_plain = sample->tags;
        m_named = std::move(tags);
    }
    auto out = std::make_shared<Sample>(*sample);
    out->tags = m_named;
    return out;
}

} // namespace poolscope
