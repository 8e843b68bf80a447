// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/tag.h"
#include "model/recording/bytecodec.h"

#include <span>
#include <vector>

namespace poolscope {

/// The rows of a sample (which tags, in which order) after those of the sample before: each row is expected
/// to hold the tag that followed the previous row's tag there. Before the first rows of a chunk the tags
/// count as being in the order of their ids.
void writeRows(ByteWriter &writer, std::span<const TagId> before, std::span<const TagId> now);
/// Leaves the reader failed where the bytes make no sense.
[[nodiscard]] std::vector<TagId> readRows(ByteReader &reader, std::span<const TagId> before);

} // namespace poolscope
