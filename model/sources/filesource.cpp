// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/filesource.h"

#include "model/archive/openarchive.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

FileSource::FileSource(FileUri file, Extent extent, QObject *parent)
    : Source(parent)
    , m_file(std::move(file))
    , m_extent(extent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FileSource::deliver);
}

Result<std::unique_ptr<Source>> FileSource::create(const QString &uri)
{
    const Result<FileUri> file = fileUriFrom(uri);
    if (!file)
        return file.error();
    return std::unique_ptr<Source>(std::make_unique<FileSource>(file.value()));
}

Result<std::unique_ptr<Source>> FileSource::createForLastSample(const QString &uri)
{
    const Result<FileUri> file = fileUriFrom(uri);
    if (!file)
        return file.error();
    return std::unique_ptr<Source>(std::make_unique<FileSource>(file.value(), Extent::LastSample));
}

QString FileSource::uri() const
{
    return fileUriText(m_file);
}

QString FileSource::title() const
{
    return QFileInfo(m_file.path).fileName();
}

Result<Done> FileSource::open()
{
    Result<std::unique_ptr<SampleArchive>> opened = openArchive(m_file.path, m_file.times);
    if (!opened)
        return opened.error();
    m_archive = std::move(opened).value();
    const TimeAxis::Index count = m_archive->axis().size();
    if (count == 0) {
        return Error{ErrorKind::BadInput, u"the recording holds no sample"_s,
            QDir::toNativeSeparators(m_file.path), u"record for a while, then read it again"_s};
    }
    m_next = m_extent == Extent::LastSample ? count - 1 : 0;
    m_timer.start(0ms);
    return Done();
}

void FileSource::close()
{
    m_timer.stop();
    m_archive.reset();
}

/// Pushes by itself.
Result<SamplePtr> FileSource::read()
{
    return Error{ErrorKind::SourceUnavailable, u"a file is played, not asked"_s, uri(), {}};
}

std::chrono::milliseconds FileSource::waitFor(TimeAxis::Index index) const
{
    if (!m_file.speed || index == 0)
        return 0ms;
    const std::chrono::duration<double, std::milli> step =
        m_archive->axis().wall(index) - m_archive->axis().wall(index - 1);
    return std::min(std::chrono::duration_cast<std::chrono::milliseconds>(step / *m_file.speed), LongestWait);
}

void FileSource::deliver()
{
    const TimeAxis::Index index = m_next++;
    const Result<SamplePtr> sample = m_archive->sampleAt(index);
    const bool isLast = m_next >= m_archive->axis().size();
    // What is damaged is left out; where that was the only sample, it is said.
    if (!sample && isLast && m_extent == Extent::LastSample) {
        emit failed(sample.error());
        return;
    }
    if (!isLast)
        m_timer.start(waitFor(m_next));
    // Last, as whoever takes the sample may close the source.
    if (sample)
        emit sampleArrived(sample.value());
    if (isLast)
        emit ended();
}

} // namespace poolscope
