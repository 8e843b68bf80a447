// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/reading.h"
#include "model/core/result.h"
#include "model/core/tag.h"
#include "model/formats/rowmatcher.h"

#include <QByteArrayView>
#include <QString>

#include <memory>
#include <vector>

namespace poolscope {

/// What one text of /proc/slabinfo says.
struct SlabinfoRows
{
    /// Cache names, newest cache first as in the text, each once. Pool types and drivers are not in the
    /// text: all None and empty. The same pointer as long as the names stay the same.
    std::shared_ptr<const TagList> tags;
    /// One per entry of *tags. Outstanding is active_objs, bytes are active_objs × objsize (the size of a
    /// slot); allocs and frees are unknown.
    std::vector<Reading> readings;
};

/// Reads /proc/slabinfo, format 2.x (mm/slab_common.c of the kernel: cache_show()), in place. A row is
///     name active_objs num_objs objsize objperslab pagesperslab : tunables … : slabdata …
/// where the name may hold blanks and colons, and two caches may have one name: their rows are added up.
/// Further parts after slabdata (statistics) are skipped. One thread at a time.
class SlabinfoParser
{
public:
    /// `file` is what errors call the text, e.g. "/proc/slabinfo". A version other than 2.x, a row that is
    /// cut short or malformed and a number that does not fit are errors naming file and line. The next text
    /// may be read after an error.
    [[nodiscard]] Result<SlabinfoRows> parse(QByteArrayView text, const QString &file);

private:
    /// A row of the text that was parsed last: where it is, its newline included, and what it says.
    struct Row
    {
        size_t offset = 0;
        size_t length = 0;
        qint64 active = 0;
        qint64 bytes = 0;
    };

    /// True when the row at `at` is, byte for byte, the one that stood there in the text before.
    [[nodiscard]] bool isUnchanged(const char *at, const char *end) const;
    /// Reads a row and gives its entry; what is wrong with it, or null.
    const char *takeRow(const char *at, const char *end, Row &row, quint32 &entry);

    RowMatcher m_matcher;
    // Most rows of a sample are those of the sample before, and comparing is far cheaper than reading.
    std::vector<char> m_text;
    std::vector<Row> m_rows;
    std::vector<Row> m_newRows;
};

} // namespace poolscope
