// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/slabsource.h"

#include "model/core/duration.h"
#include "model/formats/meminfo.h"
#include "model/formats/vmstat.h"
#include "model/sources/platformsource.h"

#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#include <cerrno>
#include <cstring>
#include <ctime>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What this thread has used of the processor: waiting for one is no cost of the reading.
std::chrono::nanoseconds threadCpuTime()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::shared_ptr<const Origin> liveOrigin(const QString &uri)
{
    auto origin = std::make_shared<Origin>();
    origin->uri = uri;
    origin->host = QSysInfo::machineHostName();
    origin->bootId = QString::fromLatin1(QSysInfo::bootUniqueId());
    origin->system = u"%1, kernel %2"_s.arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion());
    return origin;
}

} // namespace

SlabSource::SlabSource(const QString &directory, QObject *parent)
    : Source(parent)
    , m_directory(directory)
    , m_catalogue(std::filesystem::path(directory.toStdString() + "/sys/kernel/slab"))
{
}

QString SlabSource::uri() const
{
    return u"slab:"_s + m_directory;
}

QString SlabSource::title() const
{
    return isLive() ? u"slab: this machine"_s : u"slab: copy in %1"_s.arg(m_directory);
}

Result<Done> SlabSource::open()
{
    close();
    if (Result<Done> opened = openFiles(); !opened)
        return opened;
    if (isLive()) {
        m_origin = liveOrigin(uri());
    } else {
        auto origin = std::make_shared<Origin>();
        origin->uri = uri();
        m_origin = std::move(origin);
    }
    m_catalogue.clear();
    return Done{};
}

void SlabSource::close()
{
    m_slabinfo.close();
    m_meminfo.close();
    m_vmstat.close();
}

Result<SamplePtr> SlabSource::read()
{
    // A copy may be replaced by a newer one under the same name.
    if (!m_origin || !m_slabinfo.isOpen() || !isLive()) {
        if (Result<Done> opened = m_origin ? openFiles() : open(); !opened)
            return opened.error();
    }
    const auto costBefore = threadCpuTime();
    auto sample = std::make_shared<Sample>();
    sample->wall = wallTimeNow();
    sample->monotonic = monotonicNow();
    sample->origin = m_origin;

    const Result<QByteArrayView> text = m_slabinfo.read();
    if (!text)
        return text.error();
    Result<SlabinfoRows> rows = m_parser.parse(text.value(), m_slabinfo.path());
    if (!rows)
        return rows.error();
    SlabinfoRows taken = std::move(rows).value();
    sample->tags = m_catalogue.describe(taken.tags);
    sample->readings = std::move(taken.readings);

    if (Result<Done> system = readSystem(sample->system); !system)
        return system.error();
    sample->system[SystemField::Untagged] = untaggedBytes(*sample);
    sample->readCost = threadCpuTime() - costBefore;
    return SamplePtr(std::move(sample));
}

QString SlabSource::filePath(const QString &name) const
{
    if (isLive())
        return u"/proc/"_s + name;
    const QString flat = m_directory + u'/' + name;
    const QString nested = m_directory + u"/proc/"_s + name;
    return QFileInfo::exists(flat) && !QFileInfo::exists(nested) ? flat : nested;
}

Result<Done> SlabSource::openFiles()
{
    if (const int code = m_slabinfo.open(filePath(u"slabinfo"_s)); code != 0)
        return cannotOpen(code);
    // These only feed the system reading: what cannot be opened stays unknown.
    static_cast<void>(m_meminfo.open(filePath(u"meminfo"_s)));
    static_cast<void>(m_vmstat.open(filePath(u"vmstat"_s)));
    return Done{};
}

Result<Done> SlabSource::readSystem(SystemReading &system)
{
    struct Part
    {
        KernelFile &file;
        Result<Done> (*parse)(QByteArrayView, const QString &, SystemReading &);
    };
    for (const Part &part : {Part{m_meminfo, readMeminfo}, Part{m_vmstat, readVmstat}}) {
        if (!part.file.isOpen())
            continue;
        const Result<QByteArrayView> text = part.file.read();
        if (!text)
            return text.error();
        if (Result<Done> parsed = part.parse(text.value(), part.file.path(), system); !parsed)
            return parsed;
    }
    const Counter commit = system[SystemField::Commit];
    if (commit.isKnown() && (!m_commitPeak.isKnown() || commit.value() > m_commitPeak.value()))
        m_commitPeak = commit;
    system[SystemField::CommitPeak] = m_commitPeak;
    return Done{};
}

Error SlabSource::cannotOpen(int code) const
{
    Error error{ErrorKind::SourceUnavailable,
        u"cannot read slab counters: %1"_s.arg(QString::fromLocal8Bit(std::strerror(code))),
        m_slabinfo.path(), {}};
    if (!isLive()) {
        error.whatToDo = u"give a directory that holds a copy of slabinfo or proc/slabinfo, "
                         u"readable by you"_s;
    } else if (code == EACCES || code == EPERM) {
        error.whatToDo = u"only root may read it: run as root, or let sudo do the reading: "
                         u"poolscope 'command:sudo poolscope-cli stream'; "
                         u"the recorded leak needs no rights: poolscope demo:"_s;
    } else {
        error.whatToDo = u"this kernel or container does not offer slab counters; look at another machine "
                         u"(command:ssh HOST poolscope-cli stream) or at the recorded leak (demo:)"_s;
    }
    return error;
}

Result<std::unique_ptr<Source>> createSlabSource(const QString &directory)
{
    return std::unique_ptr<Source>(std::make_unique<SlabSource>(directory));
}

QString liveSourceUri()
{
    return u"slab:"_s;
}

} // namespace poolscope
