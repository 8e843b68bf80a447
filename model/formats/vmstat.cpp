// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/vmstat.h"

#include "model/formats/numbertext.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<Done> readVmstat(QByteArrayView text, const QString &file, SystemReading &system)
{
    // One row of some two hundred is wanted: searching beats reading them all.
    constexpr QByteArrayView Key = "\npgfault ";
    qsizetype from = 0;
    if (!text.startsWith(Key.sliced(1))) {
        const qsizetype found = text.indexOf(Key);
        if (found < 0)
            return Done{};
        from = found + 1;
    }
    const char *const end = text.data() + text.size();
    const char *at = text.data() + from + Key.size() - 1;
    qint64 faults = 0;
    if (!takeNumber(at, end, faults) || (at != end && *at != '\n')) {
        const auto line = std::count(text.data(), text.data() + from, '\n') + 1;
        return Error{ErrorKind::BadInput, u"memory counters are damaged: \"pgfault\" is not a number"_s,
            u"%1, line %2"_s.arg(file).arg(line),
            u"the samples before this one are kept; if it stays so, look at that line and report it"_s};
    }
    system[SystemField::PageFaults] = faults;
    return Done{};
}

} // namespace poolscope
