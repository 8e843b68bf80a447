// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/formats/systeminfobuffer.h"

#include <QtEndian>

namespace poolscope {

namespace {

// SYSTEM_BASIC_INFORMATION
constexpr size_t PageSizeAt = 0x08;
constexpr size_t PhysicalPagesAt = 0x0C;

constexpr qint64 LargestPageSize = 16LL * 1024 * 1024; // no processor of Windows has larger base pages

// SYSTEM_PERFORMANCE_INFORMATION, each a ULONG
constexpr size_t AvailablePagesAt = 0x2C;
constexpr size_t CommittedPagesAt = 0x30;
constexpr size_t CommitLimitAt = 0x34;
constexpr size_t PeakCommitmentAt = 0x38;
constexpr size_t PageFaultCountAt = 0x3C;
constexpr size_t PagedPoolPagesAt = 0x70;
constexpr size_t NonPagedPoolPagesAt = 0x74;
constexpr size_t ResidentSystemCodePageAt = 0x8C;
constexpr size_t ResidentPagedPoolPageAt = 0xA8;
constexpr size_t ResidentSystemDriverPageAt = 0xAC;

Counter ulongAt(std::span<const std::byte> answer, size_t offset)
{
    if (answer.size() < offset + sizeof(quint32))
        return {};
    return Counter(qFromLittleEndian<quint32>(answer.data() + offset));
}

Counter sum(Counter a, Counter b)
{
    return a.isKnown() && b.isKnown() ? Counter(a.value() + b.value()) : Counter();
}

} // namespace

SystemReading systemReadingFromKernel(
    std::span<const std::byte> basic, std::span<const std::byte> performance)
{
    const qint64 pageSize = ulongAt(basic, PageSizeAt).valueOr(0);
    const bool plausible = pageSize > 0 && pageSize <= LargestPageSize;
    const auto bytes = [=](Counter pages) {
        return pages.isKnown() && plausible ? Counter(pages.value() * pageSize) : Counter();
    };
    const auto pagesAt = [&](size_t offset) { return bytes(ulongAt(performance, offset)); };

    SystemReading system;
    system[SystemField::MemTotal] = bytes(ulongAt(basic, PhysicalPagesAt));
    system[SystemField::MemAvailable] = pagesAt(AvailablePagesAt);
    system[SystemField::PageFaults] = ulongAt(performance, PageFaultCountAt);
    system[SystemField::KernelResident] =
        sum(pagesAt(ResidentSystemCodePageAt), pagesAt(ResidentSystemDriverPageAt));
    system[SystemField::PagedResident] = pagesAt(ResidentPagedPoolPageAt);
    system[SystemField::Commit] = pagesAt(CommittedPagesAt);
    system[SystemField::CommitLimit] = pagesAt(CommitLimitAt);
    system[SystemField::CommitPeak] = pagesAt(PeakCommitmentAt);
    system[SystemField::PoolNonpaged] = pagesAt(NonPagedPoolPagesAt);
    system[SystemField::PoolPaged] = pagesAt(PagedPoolPagesAt);
    return system;
}

} // namespace poolscope
