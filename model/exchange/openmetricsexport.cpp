// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/openmetricsexport.h"

#include "model/core/tagtext.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype OutputBlock = 262'144;
constexpr size_t TagFamilies = 4;
constexpr size_t NoFamily = std::numeric_limits<size_t>::max();

struct FamilyInfo
{
    QByteArray name; ///< with the unit, without _total
    bool isCounter;
    QByteArray unit;
    QByteArray help;
};

FamilyInfo tagFamily(size_t family)
{
    switch (family) {
    case 0:
        return {"poolscope_tag_bytes"_ba, false, "bytes"_ba, "Bytes that the tag holds."_ba};
    case 1:
        return {"poolscope_tag_outstanding"_ba, false, {}, "Allocations not yet freed."_ba};
    case 2:
        return {"poolscope_tag_allocs"_ba, true, {}, "Allocations since boot."_ba};
    default:
        return {"poolscope_tag_frees"_ba, true, {}, "Frees since boot."_ba};
    }
}

FamilyInfo systemFamily(const SystemFieldInfo &field)
{
    QByteArray name = "poolscope_system_" + field.key.toByteArray();
    if (field.isBytes)
        name += "_bytes";
    return {name, field.field == SystemField::PageFaults, field.isBytes ? "bytes"_ba : QByteArray(),
        field.fullName.toString().toUtf8() + '.'};
}

FamilyInfo familyInfo(size_t family)
{
    return family < TagFamilies ? tagFamily(family) : systemFamily(systemFields()[family - TagFamilies]);
}

Counter counterOf(const Reading &reading, size_t family)
{
    switch (family) {
    case 0:
        return reading.bytes;
    case 1:
        return reading.outstanding;
    case 2:
        return reading.allocs;
    default:
        return reading.frees;
    }
}

QByteArray labelValue(QByteArray text)
{
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + text + '"';
}

void appendVarint(QByteArray &out, quint64 value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
}

quint64 takeVarint(const char *&at)
{
    quint64 value = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        value |= static_cast<quint64>(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
}

/// Small steps either way become small numbers.
quint64 zigzag(quint64 step)
{
    return (step << 1) ^ (0 - (step >> 63));
}

quint64 unzigzag(quint64 code)
{
    return (code >> 1) ^ (0 - (code & 1));
}

} // namespace

OpenMetricsExport::OpenMetricsExport(ExportSink sink, const ExportCatalogue &catalogue, qsizetype budget)
    : m_sink(std::move(sink))
    , m_catalogue(catalogue)
    , m_budget(budget)
    , m_headed(NoFamily)
{
    if (m_catalogue.hosts.isEmpty())
        m_catalogue.hosts += QString();
    for (size_t i = 0; i < m_catalogue.tags->size(); ++i)
        m_placeOf.insert((*m_catalogue.tags)[i].tag, i);
    m_total = numberOf(TagFamilies + systemFields().size(), 0);
    m_series.resize(m_total);
}

size_t OpenMetricsExport::numberOf(size_t family, size_t host) const
{
    const auto hosts = static_cast<size_t>(m_catalogue.hosts.size());
    const size_t tags = m_catalogue.tags->size();
    return family < TagFamilies ? (family * hosts + host) * tags
                                : TagFamilies * hosts * tags + (family - TagFamilies) * hosts + host;
}

size_t OpenMetricsExport::familyOf(size_t number) const
{
    const auto hosts = static_cast<size_t>(m_catalogue.hosts.size());
    const size_t first = numberOf(TagFamilies, 0);
    return number < first ? number / (hosts * m_catalogue.tags->size())
                          : TagFamilies + (number - first) / hosts;
}

QByteArray OpenMetricsExport::labelsOf(size_t number) const
{
    const auto hosts = static_cast<size_t>(m_catalogue.hosts.size());
    const size_t first = numberOf(TagFamilies, 0);
    const size_t tags = m_catalogue.tags->size();
    const size_t host = number < first ? number / tags % hosts : (number - first) % hosts;
    QByteArray labels;
    if (number < first) {
        const Tag &tag = (*m_catalogue.tags)[number % tags].tag;
        labels = "tag=" + labelValue(escapedTagBytes(tag.bytes)) + ",type=\"" + poolTypeWord(tag.type) + '"';
    }
    const QByteArray name = m_catalogue.hosts[static_cast<qsizetype>(host)].toUtf8();
    if (!name.isEmpty())
        labels += (labels.isEmpty() ? "" : ",") + "host="_ba + labelValue(name);
    return labels.isEmpty() ? labels : '{' + labels + '}';
}

bool OpenMetricsExport::write(const Sample &sample, WallTime wall, bool)
{
    if (sample.tags != m_tags) {
        m_tags = sample.tags;
        m_rows.clear();
        for (const TagEntry &entry : *m_tags)
            m_rows.push_back(m_placeOf.value(entry.tag, m_catalogue.tags->size()));
    }
    if (sample.origin != m_origin) {
        m_origin = sample.origin;
        m_host = static_cast<size_t>(std::max<qsizetype>(m_catalogue.hosts.indexOf(m_origin->host), 0));
    }
    m_times.push_back(wall);
    for (size_t family = 0; family < TagFamilies; ++family) {
        const size_t first = numberOf(family, m_host);
        if (first >= m_begin + m_series.size() || first + m_catalogue.tags->size() <= m_begin)
            continue;
        for (size_t row = 0; row < m_rows.size(); ++row) {
            if (m_rows[row] < m_catalogue.tags->size())
                add(first + m_rows[row], counterOf(sample.readings[row], family));
        }
    }
    size_t family = TagFamilies;
    for (const SystemFieldInfo &field : systemFields())
        add(numberOf(family++, m_host), sample.system[field.field]);
    keepToBudget();
    return true;
}

void OpenMetricsExport::add(size_t number, Counter value)
{
    if (!value.isKnown() || number < m_begin || number - m_begin >= m_series.size())
        return;
    Series &series = m_series[number - m_begin];
    const auto index = static_cast<quint32>(m_times.size() - 1);
    const auto bits = static_cast<quint64>(value.value());
    if (series.any && index == series.lastIndex + 1 && bits == series.lastValue) {
        ++series.repeats;
    } else {
        const qsizetype before = series.packed.capacity();
        appendVarint(series.packed, series.repeats);
        appendVarint(series.packed, index - series.lastIndex);
        appendVarint(series.packed, zigzag(bits - series.lastValue));
        m_held += series.packed.capacity() - before;
        series.repeats = 0;
        series.any = true;
    }
    series.lastIndex = index;
    series.lastValue = bits;
}

/// What this pass has no room for is left to the next one.
void OpenMetricsExport::keepToBudget()
{
    while (m_held > m_budget && m_series.size() > 1) {
        m_series.resize(m_series.size() / 2);
        m_held = 0;
        for (const Series &series : m_series)
            m_held += series.packed.capacity();
    }
}

SampleExport::Next OpenMetricsExport::end()
{
    for (size_t i = 0; i < m_series.size(); ++i) {
        if (!m_series[i].any)
            continue;
        const size_t family = familyOf(m_begin + i);
        if (family != m_headed)
            writeHead(family);
        m_headed = family;
        writeSeries(m_begin + i, m_series[i]);
        if (!flush(OutputBlock))
            return Next::Stop;
    }
    m_begin += m_series.size();
    m_series.clear();
    m_series.resize(m_total - m_begin);
    m_held = 0;
    m_times.clear();
    if (m_begin < m_total)
        return Next::Again;
    m_out += "# EOF\n";
    return flush(0) ? Next::Done : Next::Stop;
}

void OpenMetricsExport::writeHead(size_t family)
{
    const FamilyInfo info = familyInfo(family);
    m_out += "# TYPE " + info.name + (info.isCounter ? " counter\n" : " gauge\n");
    if (!info.unit.isEmpty())
        m_out += "# UNIT " + info.name + ' ' + info.unit + '\n';
    m_out += "# HELP " + info.name + ' ' + info.help + '\n';
}

void OpenMetricsExport::writeSeries(size_t number, const Series &series)
{
    const FamilyInfo info = familyInfo(familyOf(number));
    const QByteArray name = info.name + (info.isCounter ? "_total" : "") + labelsOf(number) + ' ';
    quint32 index = 0;
    quint64 value = 0;
    const auto repeat = [&](quint64 times) {
        for (; times > 0; --times)
            writePoint(name, ++index, value);
    };
    const char *at = series.packed.constData();
    const char *const end = at + series.packed.size();
    while (at != end) {
        repeat(takeVarint(at));
        index += static_cast<quint32>(takeVarint(at));
        value += unzigzag(takeVarint(at));
        writePoint(name, index, value);
    }
    repeat(series.repeats);
}

void OpenMetricsExport::writePoint(const QByteArray &name, quint32 index, quint64 value)
{
    const qint64 nanoseconds = m_times[index].time_since_epoch().count();
    std::array<char, 96> text{};
    const int size = std::snprintf(text.data(), text.size(), "%lld %lld.%09lld\n",
        static_cast<long long>(value), static_cast<long long>(nanoseconds / 1'000'000'000),
        static_cast<long long>(nanoseconds % 1'000'000'000));
    m_out += name;
    m_out.append(text.data(), size);
}

bool OpenMetricsExport::flush(qsizetype unless)
{
    if (m_out.size() <= unless)
        return true;
    const bool more = m_sink(m_out);
    m_out.resize(0);
    return more;
}

} // namespace poolscope
