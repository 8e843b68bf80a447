// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/archive/fileuri.h"
#include "model/archive/samplearchive.h"
#include "model/sources/source.h"

#include <QTimer>

namespace poolscope {

/// `file:PATH` and `file:PATH?speed=N`: plays a recording, or a log that readSampleFile() knows, from its
/// first sample to its last and ends. Without a speed the samples come one after the other as fast as they
/// are taken; with one at that pace, gaps included only up to LongestWait. They keep their times.
class FileSource : public Source
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds LongestWait{5000};

    enum class Extent : quint8
    {
        All,
        LastSample, ///< for a look at what there is in the end
    };
    explicit FileSource(FileUri file, Extent extent = Extent::All, QObject *parent = nullptr);

    /// Of a URI that isFileUri() says yes to.
    [[nodiscard]] static Result<std::unique_ptr<Source>> create(const QString &uri);
    [[nodiscard]] static Result<std::unique_ptr<Source>> createForLastSample(const QString &uri);

    [[nodiscard]] Delivery delivery() const override { return Delivery::Push; }
    [[nodiscard]] QString uri() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] Result<Done> open() override;
    void close() override;
    [[nodiscard]] Result<SamplePtr> read() override;

private:
    void deliver();
    [[nodiscard]] std::chrono::milliseconds waitFor(TimeAxis::Index index) const;

    FileUri m_file;
    Extent m_extent;
    QTimer m_timer;
    std::unique_ptr<SampleArchive> m_archive; ///< while open
    TimeAxis::Index m_next = 0;
};

} // namespace poolscope
