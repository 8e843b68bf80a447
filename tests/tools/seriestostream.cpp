// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Turns a recorded series of kernel texts into the stream format:
//     seriestostream SLABINFO MEMINFO VMSTAT SYSFS_SLAB_DIRECTORY SYSTEM > OUT
// Each of the three files holds whole texts of the kernel file of that name, one after another, each after a
// line "=== NANOSECONDS SINCE 1970". The directory is /sys/kernel/slab of the machine, or a copy of it.
// SYSTEM is what the header says of the machine.

#include "model/formats/meminfo.h"
#include "model/formats/slabinfo.h"
#include "model/formats/stream.h"
#include "model/formats/vmstat.h"
#include "model/sources/slabcatalogue.h"

#include <QFile>

#include <cstdio>

using namespace poolscope;
using namespace Qt::Literals::StringLiterals;

namespace {

struct Text
{
    WallTime wall;
    QByteArray text;
};

QList<Text> textsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QList<Text> texts;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        if (line.startsWith("=== "))
            texts += {WallTime(std::chrono::nanoseconds(line.sliced(4).trimmed().toLongLong())), {}};
        else if (!texts.isEmpty())
            texts.last().text += line;
    }
    return texts;
}

template <typename T>
T valueOf(Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().text()));
    return std::move(result).value();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6)
        qFatal("usage: seriestostream SLABINFO MEMINFO VMSTAT SYSFS_SLAB_DIRECTORY SYSTEM");
    const QList<Text> slabinfo = textsOf(QString::fromLocal8Bit(argv[1]));
    const QList<Text> meminfo = textsOf(QString::fromLocal8Bit(argv[2]));
    const QList<Text> vmstat = textsOf(QString::fromLocal8Bit(argv[3]));
    if (slabinfo.isEmpty() || meminfo.size() < slabinfo.size() || vmstat.size() < slabinfo.size())
        qFatal("the three files do not hold the same samples");

    auto origin = std::make_shared<Origin>();
    origin->host = u"demo"_s;
    origin->bootId = u"demo"_s;
    origin->system = QString::fromLocal8Bit(argv[5]);
    SlabCatalogue catalogue{std::filesystem::path(argv[4])};
    SlabinfoParser parser;
    StreamWriter writer;
    Counter peak;
    for (qsizetype i = 0; i < slabinfo.size(); ++i) {
        Sample sample;
        sample.wall = slabinfo[i].wall;
        sample.monotonic = slabinfo[i].wall - slabinfo[0].wall;
        sample.origin = origin;
        SlabinfoRows rows = valueOf(parser.parse(slabinfo[i].text, u"slabinfo"_s));
        sample.tags = catalogue.describe(rows.tags);
        sample.readings = std::move(rows.readings);
        static_cast<void>(valueOf(readMeminfo(meminfo[i].text, u"meminfo"_s, sample.system)));
        static_cast<void>(valueOf(readVmstat(vmstat[i].text, u"vmstat"_s, sample.system)));
        peak = std::max(peak.valueOr(0), sample.system[SystemField::Commit].valueOr(0));
        sample.system[SystemField::CommitPeak] = peak;
        sample.system[SystemField::Untagged] = untaggedBytes(sample);
        QByteArray out;
        writer.write(sample, out);
        std::fwrite(out.constData(), 1, static_cast<size_t>(out.size()), stdout);
    }
    return std::fflush(stdout) == 0 ? 0 : 1;
}
