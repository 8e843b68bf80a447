// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/stream.h"

#include "model/core/duration.h"
#include "model/core/tagtext.h"
#include "model/formats/streamtext.h"

#include <array>
#include <charconv>

namespace poolscope {

namespace {

void appendNumber(QByteArray &out, qint64 value)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), value).ptr;
    out.append(digits.data(), end - digits.data());
}

void appendCounter(QByteArray &out, QByteArrayView key, Counter counter)
{
    if (!counter.isKnown())
        return;
    out += ' ';
    out += key;
    out += '=';
    appendNumber(out, counter.value());
}

void appendHeader(QByteArray &out, const Origin &origin)
{
    out += "#poolscope-stream 1 kind=";
    out += sourceKindWord(origin.kind);
    const auto appendText = [&out](QByteArrayView key, const QByteArray &word) {
        out += ' ';
        out += key;
        out += '=';
        out += word;
    };
    if (!origin.host.isEmpty())
        appendText("host", streamWord(origin.host.toUtf8()));
    if (!origin.bootId.isEmpty())
        appendText("boot", streamWord(origin.bootId.toUtf8()));
    if (!origin.system.isEmpty())
        appendText("system", quotedStreamWord(origin.system.toUtf8()));
    if (origin.counterBits == 32)
        out += " bits=32";
    out += '\n';
}

} // namespace

void StreamWriter::write(const Sample &sample, QByteArray &out)
{
    if (!m_origin || (m_origin != sample.origin && *m_origin != *sample.origin))
        appendHeader(out, *sample.origin);
    m_origin = sample.origin;
    if (m_tags != sample.tags)
        describe(sample.tags);

    out += "@ ";
    out += isoUtc(sample.wall, 9).toLatin1();
    out += " mono=";
    appendNumber(out, sample.monotonic.count());
    out += "\ns";
    for (const SystemFieldInfo &info : systemFields())
        appendCounter(out, info.key, sample.system[info.field]);
    out += '\n';
    for (size_t i = 0; i < sample.readings.size(); ++i) {
        const Reading &reading = sample.readings[i];
        out += m_before[i];
        appendCounter(out, "allocs", reading.allocs);
        appendCounter(out, "frees", reading.frees);
        appendCounter(out, "outstanding", reading.outstanding);
        appendCounter(out, "bytes", reading.bytes);
        out += m_after[i];
    }
    out += ".\n";
}

void StreamWriter::describe(const std::shared_ptr<const TagList> &tags)
{
    m_tags = tags;
    m_before.clear();
    m_after.clear();
    for (const TagEntry &entry : *tags) {
        m_before.push_back("t " + poolTypeWord(entry.tag.type) + ' ' + streamWord(entry.tag.bytes));
        m_after.push_back(
            entry.driver.isEmpty() ? QByteArray("\n") : " driver=" + quotedStreamWord(entry.driver) + '\n');
    }
}

} // namespace poolscope
