// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/core/numberformat.h"
#include "model/sampling/frame.h"

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <span>

namespace poolscope {

/// Columns of the tag table, in their first order from left to right.
enum class TagColumn : quint8
{
    Pin,
    Tag,
    Type,
    Allocs,
    Frees,
    Diff,
    Bytes,
    PerAlloc,
    Trend,
    Rate,
    Verdict,
    Driver,
    Count
};
inline constexpr int TagColumnCount = static_cast<int>(TagColumn::Count);

enum class ColumnAlignment : quint8
{
    Left,
    Center,
    Right,
};

enum class ColumnUnit : quint8
{
    None, ///< text or a picture
    Count,
    Bytes,
    BytesPerHour,
};

enum class ChangeDirection : quint8
{
    None,
    Up,
    Down,
};

/// Everything that the columns know of one tag at one time. Built on the fly, refers to what the model holds.
struct TagRow
{
    const TagEntry &entry;
    const FrameRow &frame;
    SourceKind kind = SourceKind::Slab;
    int pinSlot = -1; ///< colour slot, -1: not pinned
    quint32 tagRank = 0; ///< place among all tags of the session ordered by bytes, then pool type
    Counter driverRank; ///< likewise by driver, equal for equal drivers; unknown without a driver
    const Finding *finding = nullptr; ///< null while nothing was judged
};

/// What a cell reads as. The change stands in parentheses beside the value, e.g. "(+4,096 ▲)"; it is empty
/// in columns without one and while it is unknown.
struct TagCell
{
    QString value;
    QString change;
    ChangeDirection direction = ChangeDirection::None;

    friend bool operator==(const TagCell &, const TagCell &) = default;
};

/// One column as an object; one table of them feeds the model, the view, copies and settings.
struct TagColumnInfo
{
    TagColumn column;
    QByteArrayView key; ///< for settings, never renamed
    QStringView title;
    QStringView fullTitle; ///< for the tool tip
    ColumnUnit unit;
    ColumnAlignment alignment;
    int widthInCharacters; ///< first width, in digits
    bool isVisible; ///< at first
    Qt::SortOrder initialOrder; ///< numbers start descending, text ascending
    /// What the column sorts by; unknown sorts last in both orders. For numbers it is also the raw value.
    Counter (*sortValue)(const TagRow &row);
    /// Signed change since the last sample; null in columns that have none.
    Counter (*change)(const TagRow &row);
    bool showsChange; ///< beside the value, in parentheses
};

[[nodiscard]] std::span<const TagColumnInfo> tagColumns();
[[nodiscard]] const TagColumnInfo &tagColumnInfo(TagColumn column);
[[nodiscard]] std::optional<TagColumn> tagColumnFromKey(QByteArrayView key);
/// The growth rate rounded to whole bytes; unknown while it is NaN.
[[nodiscard]] Counter bytesPerHour(const FrameRow &row);
/// True where the column holds numbers (a unit other than None).
[[nodiscard]] bool isNumeric(TagColumn column);

/// What the cell shows; empty for the picture columns Pin and Trend.
[[nodiscard]] TagCell tagCell(TagColumn column, const TagRow &row, NumberStyle style);
[[nodiscard]] ChangeDirection changeDirection(TagColumn column, const TagRow &row);
/// Exact numbers in words, whatever the number style.
[[nodiscard]] QString tagCellToolTip(TagColumn column, const TagRow &row);

} // namespace poolscope
