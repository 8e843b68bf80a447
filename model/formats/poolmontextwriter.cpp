// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/poolmontext.h"

#include "model/core/tagtext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype PoolTagLength = 4;

QByteArray padded(const QByteArray &text, qsizetype width)
{
    return text.rightJustified(width, ' ');
}

QByteArray number(Counter value, qsizetype width)
{
    return padded(value.isKnown() ? QByteArray::number(value.value()) : "-"_ba, width);
}

/// A blank stands before the widest number too.
QByteArray column(Counter value, qsizetype width)
{
    return ' ' + number(value, width - 1);
}

QByteArray kib(Counter bytes, qsizetype width)
{
    return number(bytes.isKnown() ? Counter(bytes.value() / 1024) : bytes, width) + 'K';
}

QByteArray titleLine(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Pool:
        return "\r\n"_ba;
    case SourceKind::Slab:
        return " Slab cache information: Nonp = unreclaimable, Paged = reclaimable\r\n"_ba;
    case SourceKind::Site:
        return " Allocation site information\r\n"_ba;
    }
    return {};
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

QByteArray escapedName(const QByteArray &bytes)
{
    QByteArray text = escapedTagBytes(bytes);
    if (text.startsWith(' '))
        text.replace(0, 1, "\\x20");
    if (text.endsWith(' '))
        text.replace(text.size() - 1, 1, "\\x20");
    // Marks of quoting and of code, which the reader takes off a line.
    constexpr QByteArrayView Marks = ">|`";
    if (!text.isEmpty() && Marks.contains(text.front()))
        text.replace(0, 1, QByteArray("\\x" + QByteArray::number(text.front(), 16)));
    // The reader looks for the first word that is a pool type.
    for (const char *type : {"Nonp", "Paged", "-"})
        text.replace(QByteArray(' ' + QByteArray(type)), QByteArray("\\x20" + QByteArray(type)));
    return text;
}

qsizetype tagColumnWidth(const Sample &sample)
{
    qsizetype width = PoolTagLength;
    if (sample.origin->kind != SourceKind::Pool) {
        for (const TagEntry &entry : *sample.tags)
            width = std::max(width, poolMonTag(entry.tag.bytes, sample.origin->kind).size());
    }
    return width;
}

} // namespace

QByteArray poolMonHeader(const SystemReading &system)
{
    using F = SystemField;
    return " Memory:"_ba + kib(system[F::MemTotal], 8) + " Avail:" + kib(system[F::MemAvailable], 8)
        + "  PageFlts:" + number(system[F::PageFaults], 6)
        + "   InRam Krnl:" + kib(system[F::KernelResident], 5) + " P:" + kib(system[F::PagedResident], 5)
        + "\r\n Commit:" + kib(system[F::Commit], 7) + " Limit:" + kib(system[F::CommitLimit], 7)
        + " Peak:" + kib(system[F::CommitPeak], 7) + "            Pool N:" + kib(system[F::PoolNonpaged], 5)
        + " P:" + kib(system[F::PoolPaged], 5) + "\r\n";
}

QByteArray poolMonType(PoolType type)
{
    switch (type) {
    case PoolType::None:
        return "-    "_ba;
    case PoolType::Nonpaged:
        return "Nonp "_ba;
    case PoolType::Paged:
        return "Paged"_ba;
    }
    return {};
}

QByteArray poolMonTag(const QByteArray &bytes, SourceKind kind)
{
    const bool fits = kind == SourceKind::Pool && bytes.size() == PoolTagLength;
    return fits && std::ranges::none_of(bytes, isControl) ? bytes : escapedName(bytes);
}

QByteArray poolMonDriver(const QByteArray &driver)
{
    QByteArray oneLine = driver;
    std::ranges::replace_if(oneLine, isControl, ' ');
    return oneLine.isEmpty() ? " Unknown Driver"_ba : QByteArray(" [" + oneLine + "]");
}

QByteArray sampleToPoolMonText(const Sample &sample)
{
    const SourceKind kind = sample.origin->kind;
    const qsizetype width = tagColumnWidth(sample);
    const bool drivers =
        std::ranges::any_of(*sample.tags, [](const TagEntry &entry) { return !entry.driver.isEmpty(); });

    QByteArray out = poolMonHeader(sample.system) + titleLine(kind) + " Tag" + QByteArray(width - 3, ' ')
        + " Type     Allocs            Frees               Diff            Bytes                 Per Alloc"
        + (drivers ? "  Mapped_Driver" : "") + "\r\n\r\n";
    out.reserve(out.size() + static_cast<qsizetype>(sample.readings.size()) * (width + 100));
    for (size_t row = 0; row < sample.readings.size(); ++row) {
        const TagEntry &entry = (*sample.tags)[row];
        const Reading &reading = sample.readings[row];
        out += ' ' + poolMonTag(entry.tag.bytes, kind).leftJustified(width, ' ') + ' '
            + poolMonType(entry.tag.type) + column(reading.allocs, 19) + column(reading.frees, 19)
            + column(reading.outstanding, 18) + column(reading.bytes, 15) + column(reading.perAlloc(), 17);
        if (drivers)
            out += poolMonDriver(entry.driver);
        out += "\r\n";
    }
    return out;
}

} // namespace poolscope
