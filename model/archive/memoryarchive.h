// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/samplearchive.h"
#include "model/history/history.h"
#include "model/history/roster.h"

namespace poolscope {

/// Samples in memory as an archive: what a CSV, JSON or PoolMon log held. One thread.
class MemoryArchive : public SampleArchive
{
public:
    /// For what add() brings.
    explicit MemoryArchive(const QString &path);
    /// Every snapshot's sample, in the order of time, is a sample of the archive.
    MemoryArchive(const QString &path, const std::vector<Snapshot> &snapshots);

    /// The next sample; one with the same monotonic time as the last is left out, as a Session does.
    void add(const SamplePtr &sample, bool afterGap = false);
    void addMark(const Mark &mark) { m_info.marks.push_back(mark); }
    void addRemarks(const QStringList &remarks, const QStringList &lines)
    {
        m_info.remarks += remarks;
        m_info.remarkLines += lines;
    }
    void setOwnTimes(bool hasOwnTimes) { m_info.hasOwnTimes = hasOwnTimes; }

    [[nodiscard]] const RecordingInfo &info() const override { return m_info; }
    [[nodiscard]] const TimeAxis &axis() const override { return m_history.axis(); }
    [[nodiscard]] const std::shared_ptr<const TagList> &tags() const override { return m_roster.tags(); }
    [[nodiscard]] const std::vector<Rows> &rows() const override { return m_rows; }
    [[nodiscard]] Result<SamplePtr> sampleAt(Index index) override;
    [[nodiscard]] SeriesAnswer answer(const SeriesRequest &request) override;
    [[nodiscard]] Result<Snapshot> snapshot(const QUuid &id) override;
    [[nodiscard]] Result<Refreshed> refresh() override;

private:
    RecordingInfo m_info;
    Roster m_roster;
    History m_history;
    std::vector<Rows> m_rows;
    std::vector<SamplePtr> m_samples;
    Index m_refreshed = 0; ///< samples that refresh() has told
};

} // namespace poolscope
