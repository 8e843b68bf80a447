// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmonheader.h"

#include <span>

namespace poolscope {

namespace {

struct HeaderField
{
    QByteArrayView title;
    SystemField field;
};
constexpr HeaderField MemoryFields[] = {{"Memory:", SystemField::MemTotal},
    {"Avail:", SystemField::MemAvailable}, {"PageFlts:", SystemField::PageFaults},
    {"InRam Krnl:", SystemField::KernelResident}, {"P:", SystemField::PagedResident}};
constexpr HeaderField CommitFields[] = {{"Commit:", SystemField::Commit},
    {"Limit:", SystemField::CommitLimit}, {"Peak:", SystemField::CommitPeak},
    {"Pool N:", SystemField::PoolNonpaged}, {"P:", SystemField::PoolPaged}};

Found readField(PoolMonCursor &cursor, const HeaderField &header, SystemReading &system)
{
    cursor.skipBlanks();
    if (header.title.startsWith(cursor.rest().trimmed()))
        return Found::Start;
    Counter value;
    if (!cursor.take(header.title) || !cursor.takeCounter(value))
        return cursor.rest().trimmed().isEmpty() ? Found::Start : Found::Nothing;
    if (!systemFieldInfo(header.field).isBytes) {
        system[header.field] = value;
        return Found::Whole;
    }
    if (!cursor.take("K"))
        return cursor.rest().isEmpty() ? Found::Start : Found::Nothing;
    qint64 bytes = 0;
    if (value.isKnown() && !__builtin_mul_overflow(value.value(), qint64(1024), &bytes))
        system[header.field] = Counter(bytes);
    return Found::Whole;
}

Found readHeader(QByteArrayView line, std::span<const HeaderField> fields, SystemReading &system)
{
    PoolMonCursor cursor(line);
    for (const HeaderField &field : fields) {
        if (const Found found = readField(cursor, field, system); found != Found::Whole)
            return found;
    }
    return Found::Whole;
}

} // namespace

Found readMemoryLine(QByteArrayView line, SystemReading &system)
{
    return readHeader(line, MemoryFields, system);
}

Found readCommitLine(QByteArrayView line, SystemReading &system)
{
    return readHeader(line, CommitFields, system);
}

} // namespace poolscope
