// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/samplecsvrow.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/numbertext.h"

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

const QByteArray &fieldAt(const std::vector<QByteArray> &fields, int column)
{
    return fields[static_cast<size_t>(column)];
}

} // namespace

SampleCsvColumns::Why SampleCsvColumns::find(const std::vector<QByteArray> &titles)
{
    m_count = titles.size();
    const std::pair<QByteArrayView, int *> known[] = {{"time", &m_time}, {"t_seconds", &m_seconds},
        {"tag", &m_tag}, {"type", &m_type}, {"allocs", &m_allocs}, {"frees", &m_frees},
        {"outstanding", &m_outstanding}, {"bytes", &m_bytes}, {"driver", &m_driver}};
    for (size_t i = 0; i < titles.size(); ++i) {
        const QByteArray title = titles[i].trimmed().toLower();
        for (const auto &[name, place] : known) {
            if (title == name && *place < 0)
                *place = static_cast<int>(i);
        }
    }
    if (m_time < 0 && m_seconds < 0)
        return u"the first line names no column \"time\" or \"t_seconds\""_s;
    if (m_tag < 0)
        return u"the first line names no column \"tag\""_s;
    if (m_bytes < 0 && m_outstanding < 0)
        return u"the first line names neither \"bytes\" nor \"outstanding\""_s;
    return {};
}

SampleCsvColumns::Why SampleCsvColumns::readTime(
    const std::vector<QByteArray> &fields, WallTime start, WallTime &wall) const
{
    if (m_time >= 0) {
        const auto time = wallTimeFromIso(QString::fromUtf8(fieldAt(fields, m_time)).trimmed());
        if (!time)
            return u"the time is not ISO 8601"_s;
        wall = *time;
        return {};
    }
    bool ok = false;
    const double seconds = fieldAt(fields, m_seconds).trimmed().toDouble(&ok);
    constexpr double Longest = 1e9; // about 31 years; keeps the sum in nanoseconds in range
    if (!ok || !(std::abs(seconds) <= Longest))
        return u"t_seconds is not a number of seconds"_s;
    wall = start + std::chrono::nanoseconds(std::llround(seconds * 1e9));
    return {};
}

SampleCsvColumns::Why SampleCsvColumns::readNumber(
    const std::vector<QByteArray> &fields, int column, Counter &counter)
{
    if (column < 0)
        return {};
    const QByteArray text = fieldAt(fields, column).trimmed();
    if (text.isEmpty())
        return {};
    const auto number = numberFromText(text);
    if (!number)
        return u"\"%1\" is not a whole number of up to 64 bits"_s.arg(QString::fromUtf8(text.left(40)));
    counter = Counter(*number);
    return {};
}

SampleCsvColumns::Why SampleCsvColumns::read(
    const std::vector<QByteArray> &fields, WallTime start, SampleCsvRow &row) const
{
    if (fields.size() != m_count)
        return u"the line has %1 fields instead of %2"_s.arg(fields.size()).arg(m_count);
    if (Why why = readTime(fields, start, row.wall))
        return why;
    const auto tag = unescapedTag(fieldAt(fields, m_tag));
    if (!tag)
        return u"the tag has a backslash that starts no \\xNN"_s;
    row.entry.tag.bytes = *tag;
    if (m_type >= 0) {
        const auto type = poolTypeFromWord(fieldAt(fields, m_type).trimmed());
        if (!type)
            return u"the type is not nonpaged, paged or none"_s;
        row.entry.tag.type = *type;
    }
    if (m_driver >= 0)
        row.entry.driver = fieldAt(fields, m_driver);
    for (const auto &[column, counter] :
        {std::pair(m_allocs, &row.reading.allocs), std::pair(m_frees, &row.reading.frees),
            std::pair(m_outstanding, &row.reading.outstanding), std::pair(m_bytes, &row.reading.bytes)}) {
        if (Why why = readNumber(fields, column, *counter))
            return why;
    }
    return {};
}

bool looksLikeSampleCsv(const QByteArray &text)
{
    const qsizetype end = text.indexOf('\n');
    const QByteArray firstLine = (end < 0 ? text : text.first(end)).toLower();
    return firstLine.contains("tag") && firstLine.contains(',')
        && (firstLine.contains("time") || firstLine.contains("t_seconds"));
}

} // namespace poolscope
