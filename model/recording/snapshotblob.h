// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/sample.h"

#include <QByteArrayView>
#include <QUuid>

namespace poolscope {

class ByteWriter;

/// The sample of a snapshot with its tags, drivers and origin, independent of everything else in the file.
void writeWholeSample(ByteWriter &writer, const QUuid &snapshot, const Sample &sample);
/// Null where the bytes make no sense or belong to another snapshot.
[[nodiscard]] SamplePtr readWholeSample(QByteArrayView content, const QUuid &snapshot);

} // namespace poolscope
