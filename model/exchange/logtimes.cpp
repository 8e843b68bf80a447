// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logtimes.h"

#include <QDateTime>

namespace poolscope {

std::optional<WallTime> logStartFromText(QStringView text)
{
    constexpr int LastYear = 2261; // 64 bits of nanoseconds reach so far
    constexpr int FirstYear = 1970;
    const QString trimmed = text.trimmed().toString();
    constexpr qsizetype DateLength = 10;
    const QDateTime time = trimmed.size() == DateLength ? QDate::fromString(trimmed, Qt::ISODate).startOfDay()
                                                        : QDateTime::fromString(trimmed, Qt::ISODateWithMs);
    if (!time.isValid() || time.date().year() < FirstYear || time.date().year() > LastYear)
        return std::nullopt;
    return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace poolscope
