// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/recordingarchive.h"

#include <utility>

namespace poolscope {

RecordingArchive::RecordingArchive(std::unique_ptr<RecordingReader> reader)
    : m_reader(std::move(reader))
{
}

} // namespace poolscope
