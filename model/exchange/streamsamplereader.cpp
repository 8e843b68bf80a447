// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/streamsamplereader.h"

#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 BlockSize = 262'144;

} // namespace

StreamSampleReader::StreamSampleReader(QIODevice &device, const QString &fileName)
    : m_device(device)
    , m_fileName(fileName)
    , m_reader(fileName)
{
}

bool StreamSampleReader::recognises(const QByteArray &head)
{
    return head.startsWith("#poolscope-stream");
}

Result<std::optional<ReadSample>> StreamSampleReader::next()
{
    for (;;) {
        if (const auto item = m_reader.next()) {
            if (*item) {
                auto sample = std::make_shared<Sample>(*item->value());
                countRows(static_cast<qint64>(sample->readings.size()));
                const SourceKind kind = sample->origin->kind;
                return std::optional(
                    ReadSample{std::move(sample), kind, TimeBase::Own, std::exchange(m_gap, false), {}});
            }
            if (m_reader.isRefused())
                return item->error();
            m_gap = true;
            skip(m_reader.line(), item->error().what);
            continue;
        }
        if (m_ended)
            return std::optional<ReadSample>();
        const QByteArray block = m_device.read(BlockSize);
        if (!block.isEmpty()) {
            m_reader.feed(block);
            continue;
        }
        if (!m_device.atEnd())
            return Error{ErrorKind::BadInput, u"cannot read the file (%1)"_s.arg(m_device.errorString()),
                m_fileName, u"check the disk"_s};
        m_ended = true;
        if (const auto missing = m_reader.finish())
            skip(m_reader.line(), missing->what);
    }
}

} // namespace poolscope
