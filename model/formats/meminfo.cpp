// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/meminfo.h"

#include "model/formats/numbertext.h"

#include <cstring>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using F = SystemField;

struct Key
{
    QByteArrayView name;
    SystemField field;
    bool isPart; ///< one of several that are added up
};
constexpr Key Keys[] = {
    {"MemTotal", F::MemTotal, false},
    {"MemAvailable", F::MemAvailable, false},
    {"Committed_AS", F::Commit, false},
    {"CommitLimit", F::CommitLimit, false},
    {"SReclaimable", F::PoolPaged, false},
    {"SUnreclaim", F::PoolNonpaged, false},
    {"KernelStack", F::KernelResident, true},
    {"PageTables", F::KernelResident, true},
    {"SecPageTables", F::KernelResident, true},
    {"Percpu", F::KernelResident, true},
    {"VmallocUsed", F::KernelResident, true},
};

const Key *wantedKey(QByteArrayView name)
{
    for (const Key &key : Keys) {
        if (key.name == name)
            return &key;
    }
    return nullptr;
}

/// "   24684092 kB" in bytes.
Counter bytesFromKilobytes(const char *at, const char *end)
{
    qint64 kilobytes = 0;
    qint64 bytes = 0;
    skipBlanks(at, end);
    if (!takeNumber(at, end, kilobytes) || qMulOverflow(kilobytes, qint64(1024), &bytes))
        return {};
    skipBlanks(at, end);
    return QByteArrayView(at, end - at).trimmed() == "kB" ? Counter(bytes) : Counter();
}

} // namespace

Result<Done> readMeminfo(QByteArrayView text, const QString &file, SystemReading &system)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    bool anyKnown = false;
    qint64 parts = 0;
    for (qsizetype line = 1; at != end; ++line) {
        const auto *newline = static_cast<const char *>(std::memchr(at, '\n', static_cast<size_t>(end - at)));
        const char *const lineEnd = newline == nullptr ? end : newline;
        const QByteArrayView row(at, lineEnd - at);
        at = newline == nullptr ? end : newline + 1;

        const qsizetype colon = row.indexOf(':');
        const Key *const key = colon > 0 ? wantedKey(row.first(colon)) : nullptr;
        if (key == nullptr)
            continue;
        const Counter bytes = bytesFromKilobytes(row.data() + colon + 1, lineEnd);
        if (!bytes.isKnown() || (key->isPart && qAddOverflow(parts, bytes.value(), &parts))) {
            return Error{ErrorKind::BadInput,
                u"memory counters are damaged: \"%1\" is not a number of kB"_s.arg(
                    QLatin1StringView(key->name)),
                u"%1, line %2"_s.arg(file).arg(line),
                u"the samples before this one are kept; if it stays so, look at that line and report it"_s};
        }
        anyKnown = true;
        if (!key->isPart)
            system[key->field] = bytes;
    }
    if (!anyKnown) {
        return Error{ErrorKind::BadInput, u"this is not meminfo: no line such as \"MemTotal: 16384 kB\""_s,
            file, u"give a whole copy of /proc/meminfo"_s};
    }
    qint64 resident = 0;
    if (const Counter nonpaged = system[F::PoolNonpaged];
        nonpaged.isKnown() && !qAddOverflow(nonpaged.value(), parts, &resident))
        system[F::KernelResident] = resident;
    return Done{};
}

} // namespace poolscope
