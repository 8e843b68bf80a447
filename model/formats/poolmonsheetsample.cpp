// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/tagtext.h"
#include "model/formats/poolmonsheet.h"
#include "model/formats/poolmontag.h"
#include "model/formats/samplebuilder.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Pool tags stand raw where they fit their four places; all other names are escaped, see
/// sampleToPoolMonText().
QByteArray tagBytes(QByteArray name, SourceKind kind)
{
    if (kind == SourceKind::Pool)
        return poolTagFromText(name).value_or(name);
    while (name.endsWith(' '))
        name.chop(1);
    return unescapedTag(name).value_or(name);
}

} // namespace

std::vector<PoolMonRemark> leaveOutLongNames(PoolMonSheet &sheet)
{
    std::vector<PoolMonRemark> remarks;
    if (sheet.longNames == 0)
        return remarks;
    std::erase_if(sheet.rows, [&remarks](const PoolMonRow &row) {
        const bool isTag = poolTagFromText(row.name).has_value();
        if (!isTag)
            remarks.push_back(
                {PoolMonRemark::Kind::Damaged, row.line, u"its tag has more than four characters"_s});
        return !isTag;
    });
    sheet.longNames = 0;
    return remarks;
}

std::shared_ptr<Sample> sampleFromSheet(const PoolMonSheet &sheet, SourceKind kind,
    const std::shared_ptr<const Origin> &origin, WallTime wall, const SamplePtr &previous)
{
    SampleBuilder builder;
    for (const PoolMonRow &row : sheet.rows)
        builder.addUp({{tagBytes(row.name, kind), row.type}, row.driver}, row.reading);
    builder.system = sheet.system;
    if (sheet.live || sheet.rows.empty()) // an empty table may be a screen or a snapshot
        builder.system[SystemField::PageFaults] = {};
    auto sample = builder.take(origin, wall, previous);
    sample->system[SystemField::Untagged] = untaggedBytes(*sample);
    return sample;
}

} // namespace poolscope
