// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/exchange/linereader.h"
#include "model/exchange/samplereader.h"

namespace poolscope {

/// Samples as JSON (schema poolscope.sample/1): one object a line, or objects over several lines each. A
/// line, or object, that is damaged is skipped.
class JsonSampleReader : public SampleReader
{
public:
    JsonSampleReader(QIODevice &device, const QString &fileName);
    [[nodiscard]] static bool recognises(const QByteArray &head);

    [[nodiscard]] Result<std::optional<ReadSample>> next() override;

private:
    [[nodiscard]] bool nextObject();

    LineReader m_lines;
    QString m_fileName;
    std::optional<bool> m_onePerLine; ///< nullopt: nothing was read yet
    QByteArray m_object;
    qint64 m_firstLine = 0; ///< of m_object
    std::shared_ptr<const TagList> m_tags; ///< of the sample before
    std::shared_ptr<const Origin> m_origin; ///< likewise
    bool m_gap = false;
};

} // namespace poolscope
