// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/poolsource.h"

#include "model/core/duration.h"
#include "model/formats/systeminfobuffer.h"
#include "model/sources/platformsource.h"

#include <QSysInfo>
#include <QtEndian>
#include <QtNumeric>

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 SystemBasicInformation = 0;
constexpr quint32 SystemPerformanceInformation = 2;
constexpr quint32 SystemTimeOfDayInformation = 3;

constexpr size_t FirstCapacity = size_t(256) * 1024; // about 6,500 tags; a busy Windows 11 has 4,300
constexpr size_t Slack = size_t(64) * 1024; // the table may grow again before the next try
constexpr size_t LargestCapacity = size_t(64) * 1024 * 1024; // over a million tags: no kernel means that
constexpr int MostTries = 16;

Error notWindows()
{
    return {ErrorKind::SourceUnavailable, u"there are no pool tags on this machine"_s, u"pool:"_s,
        u"only Windows has them; read a Windows machine with command:, or this one with slab:"_s};
}

Error notOpen()
{
    return {ErrorKind::SourceUnavailable, u"the pool tag table is not open"_s, u"pool:"_s, {}};
}

/// What the size of the buffer of a fixed class must be. Class 0 is refused at any other size.
size_t basicInformationSize(PoolTagFormat::Word word)
{
    return word == PoolTagFormat::Word::Bits64 ? 64 : 44;
}

} // namespace

Error poolQueryError(quint32 status, PoolTagFormat::Class infoClass)
{
    const QString where = u"NtQuerySystemInformation class %1, NTSTATUS 0x%2"_s.arg(
        QString::number(static_cast<int>(infoClass)),
        QString::number(status, 16).toUpper().rightJustified(8, u'0'));
    const auto error = [&where](const QString &what, const QString &whatToDo) {
        return Error{ErrorKind::SourceUnavailable, what, where, whatToDo};
    };
    switch (status) {
    case ntstatus::NotImplemented:
        return error(u"pool tagging is switched off in this Windows"_s,
            u"run \"gflags /r +ptg\" as administrator and restart Windows"_s);
    case ntstatus::InvalidInfoClass:
        return error(u"this Windows does not offer pool tags"_s,
            u"Wine and some emulators have none: run PoolScope on Windows itself, or open a log or demo:"_s);
    case ntstatus::AccessDenied:
    case ntstatus::PrivilegeNotHeld:
        return error(u"Windows denies this program access to the pool tags"_s,
            u"start it outside of the sandbox or container that it runs in; administrator rights are not "
            u"needed elsewhere"_s);
    case ntstatus::NoMemory:
    case ntstatus::InsufficientResources:
        return error(u"Windows has not enough memory to answer"_s,
            u"close programs; if the kernel's pool is used up, only a restart frees it"_s);
    case ntstatus::InfoLengthMismatch:
        return error(u"the pool tag table grows faster than it can be read"_s, u"try again"_s);
    case ntstatus::EntryPointNotFound:
        return error(u"this Windows lacks the call that reads pool tags"_s,
            u"run PoolScope on Windows 10 or newer, or open a log or demo:"_s);
    default:
        return error(u"Windows refused to read the pool tags"_s,
            u"try again; \"certutil -error\" with the code says what it means"_s);
    }
}

Result<std::unique_ptr<Source>> createPoolSource(const QString &rest)
{
    if (!rest.isEmpty()) {
        return Error{ErrorKind::Usage, u"pool: takes nothing after the colon"_s, u"pool:"_s + rest,
            u"write pool: for this machine's pool tags"_s};
    }
    return std::unique_ptr<Source>(std::make_unique<PoolSource>(machineKernelQuery()));
}

PoolSource::PoolSource(std::unique_ptr<KernelQuery> kernel, QObject *parent)
    : Source(parent)
    , m_kernel(std::move(kernel))
{
}

PoolSource::~PoolSource() = default;

QString PoolSource::uri() const
{
    return u"pool:"_s;
}

QString PoolSource::title() const
{
    return u"pool: this machine"_s;
}

Result<Done> PoolSource::open()
{
    if (!m_kernel)
        return notWindows();
    // Whatever stands in the way of the newer class (it is unknown before Windows 11 26H1), the older one
    // decides. The choice holds until the next open(), so that counters keep their width.
    for (const auto infoClass : {PoolTagFormat::Class::PoolTag2, PoolTagFormat::Class::PoolTag}) {
        const quint32 status = queryTable(infoClass).status;
        if (status == ntstatus::Success) {
            const PoolTagFormat format{infoClass, m_kernel->word()};
            if (m_parser.format() != format)
                m_parser = PoolTagParser(format);
            makeOrigin();
            m_open = true;
            return Done{};
        }
        if (infoClass == PoolTagFormat::Class::PoolTag)
            return poolQueryError(status, infoClass);
    }
    return notOpen();
}

void PoolSource::close()
{
    m_open = false;
    m_buffer.reset();
    m_capacity = 0;
}

Result<SamplePtr> PoolSource::read()
{
    if (!m_open)
        return notOpen();
    const MonotonicTime started = monotonicNow();
    const Answer answer = queryTable(m_parser.format().infoClass);
    if (answer.status != ntstatus::Success)
        return poolQueryError(answer.status, m_parser.format().infoClass);
    auto sample = std::make_shared<Sample>();
    sample->wall = wallTimeNow();
    sample->monotonic = monotonicNow();
    Result<PoolTagTable> table = m_parser.parse(answer.bytes);
    if (!table)
        return table.error();
    PoolTagTable rows = std::move(table).value();
    sample->origin = m_origin;
    sample->tags = std::move(rows.tags);
    sample->readings = std::move(rows.readings);
    sample->system = systemReading();
    sample->system[SystemField::Untagged] = untaggedBytes(*sample);
    sample->readCost = monotonicNow() - started;
    return SamplePtr(std::move(sample));
}

/// The whole table, however often it grows between two tries.
PoolSource::Answer PoolSource::queryTable(PoolTagFormat::Class infoClass)
{
    if (m_capacity == 0)
        growBuffer(0);
    for (int tries = 0; tries < MostTries; ++tries) {
        const auto answer =
            m_kernel->query(static_cast<quint32>(infoClass), std::span(m_buffer.get(), m_capacity));
        if (answer.status != ntstatus::InfoLengthMismatch) {
            const size_t length = std::min<size_t>(answer.length, m_capacity);
            return {answer.status, std::span<const std::byte>(m_buffer.get(), length)};
        }
        if (!growBuffer(answer.length))
            break;
    }
    return {ntstatus::InfoLengthMismatch, {}};
}

bool PoolSource::growBuffer(quint32 needed)
{
    const size_t wanted = std::max({needed + Slack, 2 * m_capacity, FirstCapacity});
    if (wanted > LargestCapacity)
        return false;
    m_buffer = std::make_unique_for_overwrite<std::byte[]>(wanted);
    m_capacity = wanted;
    return true;
}

SystemReading PoolSource::systemReading()
{
    const auto ask = [this](quint32 infoClass, std::span<std::byte> buffer) {
        const auto answer = m_kernel->query(infoClass, buffer);
        const size_t length = std::min<size_t>(answer.length, buffer.size());
        return std::span<const std::byte>(buffer.data(), answer.status == ntstatus::Success ? length : 0);
    };
    std::array<std::byte, 64> basic{};
    std::array<std::byte, 1024> performance{}; // 312 to 376 bytes so far, depending on the version
    SystemReading system = systemReadingFromKernel(
        ask(SystemBasicInformation, std::span(basic).first(basicInformationSize(m_kernel->word()))),
        ask(SystemPerformanceInformation, performance));
    // Continued beyond 32 bits by its steps, so that it stays right beside 64-bit counters.
    const Counter faults = system[SystemField::PageFaults];
    if (faults.isKnown() && m_pageFaults.isKnown()) {
        const auto step = static_cast<quint32>(faults.value()) - static_cast<quint32>(m_pageFaults.value());
        system[SystemField::PageFaults] = Counter(m_pageFaults.value() + step);
    }
    m_pageFaults = system[SystemField::PageFaults];
    return system;
}

/// The boot time, which every program of one boot reads alike. SYSTEM_TIMEOFDAY_INFORMATION: BootTime at 0,
/// in 100 ns since 1601; BootTimeBias at 0x20, by how much setting the clock has moved it since. Rounded,
/// because clocks are not that exact.
QString PoolSource::bootId()
{
    constexpr qint64 TicksPerSecond = 10'000'000;
    constexpr qint64 Grain = 10 * TicksPerSecond;
    constexpr qint64 SecondsFrom1601To1970 = 11'644'473'600;
    std::array<std::byte, 48> buffer{};
    const auto answer = m_kernel->query(SystemTimeOfDayInformation, buffer);
    if (answer.status != ntstatus::Success || answer.length < sizeof(qint64))
        return {};
    const auto bootTime = qFromLittleEndian<qint64>(buffer.data());
    const auto bias = answer.length >= 0x28 ? qFromLittleEndian<qint64>(buffer.data() + 0x20) : 0;
    qint64 ticks = 0;
    if (qSubOverflow(bootTime, bias, &ticks))
        return {};
    const qint64 rounded = ticks / Grain * Grain + (ticks % Grain >= Grain / 2 ? Grain : 0);
    const qint64 sinceEpoch = rounded / TicksPerSecond - SecondsFrom1601To1970;
    // A clock before 1970 or after 2200 tells nothing about when this machine was started.
    constexpr qint64 Latest = 7'258'118'400;
    if (sinceEpoch < 0 || sinceEpoch > Latest)
        return {};
    return isoUtc(WallTime(std::chrono::seconds(sinceEpoch)), 0);
}

void PoolSource::makeOrigin()
{
    Origin origin;
    origin.uri = uri();
    origin.kind = SourceKind::Pool;
    origin.host = QSysInfo::machineHostName();
    origin.bootId = bootId();
    origin.system = u"%1, kernel %2, %3"_s.arg(
        QSysInfo::prettyProductName(), QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture());
    origin.counterBits = m_parser.format().counterBits();
    if (!m_origin || *m_origin != origin)
        m_origin = std::make_shared<const Origin>(std::move(origin));
}

} // namespace poolscope
