// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/sample.h"
#include "model/core/systemreading.h"
#include "model/core/tag.h"

#include <vector>

namespace poolscope {

/// Number of a driver text within a recording, see FORMAT.md; 0 is the empty text.
using DriverId = quint32;

struct TagReading
{
    TagId id = 0;
    Reading reading;

    friend bool operator==(const TagReading &, const TagReading &) = default;
};

struct TagDriver
{
    TagId id = 0;
    DriverId driver = 0;

    friend bool operator==(const TagDriver &, const TagDriver &) = default;
};

/// A sample as its difference from the one before. After a start everything is unknown, there are no rows
/// and no drivers.
struct RecordingStep
{
    WallTime wall{};
    MonotonicTime monotonic{};
    bool afterGap = false;
    SystemReading system; ///< all of it
    bool hasRows = false; ///< the rows are not those of the sample before
    std::vector<TagId> rows; ///< only while hasRows: the tags in the sample's order
    std::vector<TagDriver> drivers; ///< of tags whose driver text changed, by rising id
    /// Tags whose reading changed, by rising id; those that left the rows become unknown.
    std::vector<TagReading> readings;

    friend bool operator==(const RecordingStep &, const RecordingStep &) = default;
};

/// Largest number of tags in a recording; larger ids are damage.
constexpr TagId MaxTags = 1U << 22;

} // namespace poolscope
