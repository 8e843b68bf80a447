// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"
#include "model/knowledge/tagnamewatch.h"

namespace poolscope {

/// Another archive, with the drivers of its pool tags filled in where it does not name them: it was made on
/// another machine, perhaps, but which driver a tag belongs to is the same there. One thread.
class NamedArchive : public SampleArchive
{
public:
    explicit NamedArchive(std::unique_ptr<SampleArchive> archive, TagNameWatch watch = TagNameWatch());

    [[nodiscard]] const RecordingInfo &info() const override { return m_archive->info(); }
    [[nodiscard]] const TimeAxis &axis() const override { return m_archive->axis(); }
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const override { return m_tags; }
    [[nodiscard]] const std::vector<Rows> &rows() const override { return m_archive->rows(); }
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index) override;
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) override
    {
        return m_archive->answer(request);
    }
    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id) override;
    [[nodiscard]] Result<Done> changeMark(const Mark &mark, MarkChange change) override
    {
        return m_archive->changeMark(mark, change);
    }
    /// Also looks whether the names are others now, as often as the watch does.
    [[nodiscard]] Result<Refreshed> refresh() override;

private:
    [[nodiscard]] bool lookForNames();
    void nameTags();

    std::unique_ptr<SampleArchive> m_archive;
    TagNameWatch m_watch;
    DriverNamer m_samples;
    DriverNamer m_lists; ///< of the archive's tags
    std::shared_ptr<const TagList> m_tags;
};

} // namespace poolscope
