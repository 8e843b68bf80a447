// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"

namespace poolscope {

/// A .poolscope file as an archive. One thread.
class RecordingArchive : public SampleArchive
{
public:
    explicit RecordingArchive(std::unique_ptr<RecordingReader> reader);

    [[nodiscard]] const RecordingInfo &info() const override { return m_reader->info(); }
    [[nodiscard]] const TimeAxis &axis() const override { return m_reader->axis(); }
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const override { return m_reader->tags(); }
    [[nodiscard]] const std::vector<Rows> &rows() const override { return m_reader->rows(); }
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index) override { return m_reader->sampleAt(index); }
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) override
    {
        return m_reader->answer(request);
    }
    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id) override { return m_reader->snapshot(id); }
    [[nodiscard]] Result<Done> changeMark(const Mark &mark, MarkChange change) override;
    [[nodiscard]] Result<Refreshed> refresh() override;

private:
    std::unique_ptr<RecordingReader> m_reader;
};

} // namespace poolscope
