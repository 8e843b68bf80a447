// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/samplereader.h"
#include "model/formats/stream.h"

namespace poolscope {

/// The stream format, see stream.h.
class StreamSampleReader : public SampleReader
{
public:
    StreamSampleReader(QIODevice &device, const QString &fileName);
    [[nodiscard]] static bool recognises(const QByteArray &head);

    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    QIODevice &m_device;
    QString m_fileName;
    StreamReader m_reader;
    bool m_ended = false;
    bool m_gap = false; ///< a sample was lost before the coming one
};

} // namespace poolscope
