// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/recordingarchive.h"

#include "model/recording/recordingwriter.h"

#include <utility>

namespace poolscope {

RecordingArchive::RecordingArchive(std::unique_ptr<RecordingReader> reader)
    : m_reader(std::move(reader))
{
}

Result<Done> RecordingArchive::changeMark(const Mark &mark, MarkChange change)
{
    const auto opened = RecordingWriter::open(info().path);
    if (!opened)
        return opened.error();
    RecordingWriter &writer = *opened.value();
    switch (change) {
    case MarkChange::Add:
        writer.addMark(mark);
        break;
    case MarkChange::Remove:
        writer.removeMark(mark);
        break;
    }
    if (auto written = writer.flush(); !written)
        return written;
    return writer.close();
}

Result<SampleArchive::Refreshed> RecordingArchive::refresh()
{
    const Result<RecordingReader::Refreshed> refreshed = m_reader->refresh();
    if (!refreshed)
        return refreshed.error();
    return Refreshed{refreshed.value(), false};
}

} // namespace poolscope
