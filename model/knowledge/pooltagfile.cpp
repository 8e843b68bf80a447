// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/pooltagfile.h"

#include "model/core/pooltag.h"
#include "model/core/wildcard.h"

#include <QDir>
#include <QFile>
#include <QStringConverter>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QByteArrayView withoutTrailingBlanks(QByteArrayView text)
{
    while (text.endsWith(' ') || text.endsWith('\t'))
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

/// UTF-16, which PowerShell's > writes, as UTF-8; a byte order mark is no part of the first line.
QByteArray bytesOf(const QByteArray &text)
{
    constexpr QByteArrayView Utf8Mark("\xEF\xBB\xBF");
    const auto encoding = QStringConverter::encodingForData(text);
    if (encoding == QStringConverter::Utf16LE || encoding == QStringConverter::Utf16BE)
        return QString(QStringDecoder(*encoding).decode(text)).toUtf8();
    return text.startsWith(Utf8Mark) ? text.sliced(Utf8Mark.size()) : text;
}

/// Where the tag ends: before the first blank with a dash behind it: "Dh 1 - …", "Fsb -  …", "Tun4  - …".
qsizetype separatorIn(QByteArrayView line)
{
    qsizetype dash = line.indexOf('-', 1);
    while (dash > 0 && line[dash - 1] != ' ' && line[dash - 1] != '\t')
        dash = line.indexOf('-', dash + 1);
    return dash > 1 ? dash - 1 : -1;
}

std::vector<QByteArrayView> linesOf(QByteArrayView text)
{
    const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
    std::vector<QByteArrayView> lines;
    for (auto start = text.begin(); start != text.end();) {
        const auto end = std::find_if(start, text.end(), isEnd);
        lines.emplace_back(start, end);
        start = end == text.end() ? end : end + 1;
    }
    return lines;
}

} // namespace

std::optional<PoolTagLine> poolTagLine(QByteArrayView line)
{
    const qsizetype separator = separatorIn(line);
    if (separator < 0 || isComment(line))
        return std::nullopt;
    QByteArrayView name = line.first(separator);
    if (name.size() > PoolTagLength)
        name = withoutTrailingBlanks(name);
    const QByteArray driver = line.sliced(separator + 2).trimmed().toByteArray();
    if (name.size() > PoolTagLength || driver.isEmpty())
        return std::nullopt;
    if (std::ranges::any_of(name, isWildcard))
        return PoolTagLine{withoutTrailingBlanks(name).toByteArray(), true, driver};
    return PoolTagLine{paddedPoolTag(name), false, driver};
}

PoolTagFile PoolTagFile::fromText(const QByteArray &text)
{
    PoolTagFile file;
    for (const QByteArrayView line : linesOf(text))
        file.addLine(line);
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
    PoolTagFile tags = fromText(bytesOf(file.readAll()));
    if (tags.size() == 0) {
        return Error{ErrorKind::BadInput, u"not a pool tag file"_s, where,
            u"its lines have to read: Tag1 - driver.sys - description"_s};
    }
    return tags;
}

void PoolTagFile::addLine(QByteArrayView line)
{
    std::optional<PoolTagLine> entry = poolTagLine(line);
    if (!entry)
        return;
    if (entry->isPattern) {
        const auto wild = std::ranges::count_if(entry->tag, isWildcard);
        m_wildcards.push_back({entry->tag, entry->tag.size() - wild, entry->driver});
    } else if (!m_exact.contains(entry->tag)) {
        m_exact.insert(entry->tag, entry->driver);
    }
}

QByteArray PoolTagFile::driverOf(QByteArrayView tag) const
{
    const QByteArray given = tag.toByteArray();
    const QByteArray plain = withoutProtectedBit(given);
    for (const QByteArray &exact : {given, plain}) {
        if (const auto found = m_exact.constFind(exact); found != m_exact.cend())
            return *found;
    }
    for (const Wildcard &wildcard : m_wildcards) {
        if (tagMatchesWildcard(wildcard.pattern, given) || tagMatchesWildcard(wildcard.pattern, plain))
            return wildcard.driver;
    }
    return {};
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
    const std::shared_ptr<const TagList> tags = named(sample->tags, sample->origin->kind);
    if (tags == sample->tags)
        return sample;
    auto out = std::make_shared<Sample>(*sample);
    out->tags = tags;
    return out;
}

std::shared_ptr<const TagList> DriverNamer::named(const std::shared_ptr<const TagList> &tags, SourceKind kind)
{
    if (!m_driverOf || kind != SourceKind::Pool)
        return tags;
    if (tags == m_plain)
        return m_named;
    auto filled = std::make_shared<TagList>(*tags);
    for (TagEntry &entry : *filled) {
        if (entry.driver.isEmpty())
            entry.driver = m_driverOf(entry.tag.bytes);
    }
    m_plain = tags;
    m_named = *filled == *tags ? tags : std::move(filled);
    return m_named;
}

} // namespace poolscope
