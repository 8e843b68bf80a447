// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/jsonsamplereader.h"

#include "model/formats/samplejson.h"

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype LargestObject = LineReader::LongestLine;

/// How deep the brackets are after a piece of JSON; brackets in texts do not count.
class BracketDepth
{
public:
    void take(QByteArrayView text)
    {
        for (const char c : text) {
            if (m_escaped)
                m_escaped = false;
            else if (m_inText && c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inText = !m_inText;
            else if (!m_inText && (c == '{' || c == '['))
                ++m_depth;
            else if (!m_inText && (c == '}' || c == ']'))
                --m_depth;
        }
    }
    [[nodiscard]] bool isClosed() const { return m_depth <= 0; }

private:
    int m_depth = 0;
    bool m_inText = false;
    bool m_escaped = false;
};

} // namespace

JsonSampleReader::JsonSampleReader(QIODevice &device, const QString &fileName)
    : m_lines(device)
    , m_fileName(fileName)
{
}

bool JsonSampleReader::recognises(const QByteArray &head)
{
    return head.trimmed().startsWith('{');
}

bool JsonSampleReader::nextObject()
{
    m_object.clear();
    BracketDepth depth;
    while (m_lines.next()) {
        const QByteArrayView line = m_lines.line();
        if (m_object.isEmpty()) {
            if (line.trimmed().isEmpty())
                continue;
            m_firstLine = m_lines.number();
            // Who writes an object over several lines ends the first behind its bracket.
            if (!m_onePerLine)
                m_onePerLine = line.trimmed().size() > 1;
        }
        m_object += line;
        if (*m_onePerLine)
            return true;
        m_object += '\n';
        depth.take(line);
        if (depth.isClosed() || m_object.size() > LargestObject)
            return true;
    }
    return !m_object.isEmpty();
}

Result<std::optional<ReadSample>> JsonSampleReader::next()
{
    while (nextObject()) {
        const auto read = sampleFromJson(m_object, m_fileName, m_firstLine);
        if (!read) {
            m_gap = true;
            // "FILE, line N", see fileAndLine().
            const qint64 line = read.error().where.section(u' ', -1).toLongLong();
            skip(std::max(line, m_firstLine), read.error().what);
            continue;
        }
        const JsonSample &found = read.value();
        auto sample = std::make_shared<Sample>(*found.snapshot.sample);
        countRows(static_cast<qint64>(sample->readings.size()));
        if (m_tags && *m_tags == *sample->tags)
            sample->tags = m_tags;
        if (m_origin && *m_origin == *sample->origin)
            sample->origin = m_origin;
        m_tags = sample->tags;
        m_origin = sample->origin;
        ReadSample out{std::move(sample), m_origin->kind, TimeBase::Own,
            std::exchange(m_gap, false) || found.afterGap, std::nullopt};
        if (found.isSnapshot) {
            out.kept = found.snapshot;
            out.kept->sample.reset();
        }
        return std::optional(std::move(out));
    }
    if (!m_lines.failure().isEmpty())
        return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_lines.failure()), m_fileName,
            u"check the disk"_s};
    return std::optional<ReadSample>();
}

} // namespace poolscope
