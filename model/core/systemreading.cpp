// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/systemreading.h"

namespace poolscope {

namespace {

using F = SystemField;

// Sources of the Linux counterparts: Documentation/filesystems/proc.rst, sections meminfo and vmstat.
constexpr SystemFieldInfo Fields[] = {
    {F::MemTotal, "mem_total", u"Memory", u"Physical memory", u"MemTotal of /proc/meminfo",
        u"physical pages × page size", true},
    {F::MemAvailable, "mem_available", u"Avail", u"Available memory: can be had without swapping",
        u"MemAvailable of /proc/meminfo", u"zeroed, free and standby pages", true},
    {F::PageFaults, "page_faults", u"PageFlts", u"Page faults, soft and hard", u"pgfault of /proc/vmstat",
        u"page faults since boot", false},
    {F::KernelResident, "kernel_resident", u"InRam Krnl", u"Kernel memory resident in RAM",
        u"SUnreclaim + KernelStack + PageTables + SecPageTables + Percpu + VmallocUsed of /proc/meminfo "
        u"(nearest)",
        u"resident kernel and driver code", true},
    {F::PagedResident, "paged_resident", u"InRam P", u"Resident part of the paged pool", u"",
        u"resident paged pool pages", true},
    {F::Commit, "commit", u"Commit", u"Committed memory", u"Committed_AS of /proc/meminfo",
        u"committed pages", true},
    {F::CommitLimit, "commit_limit", u"Limit", u"Commit limit",
        u"CommitLimit of /proc/meminfo (enforced only with vm.overcommit_memory=2)", u"commit limit", true},
    {F::CommitPeak, "commit_peak", u"Peak", u"Highest commit",
        u"highest Committed_AS since PoolScope watches (the kernel keeps none)", u"highest commit since boot",
        true},
    {F::PoolNonpaged, "pool_nonpaged", u"Pool N", u"Nonpaged pool", u"SUnreclaim of /proc/meminfo",
        u"nonpaged pool pages", true},
    {F::PoolPaged, "pool_paged", u"Pool P", u"Paged pool", u"SReclaimable of /proc/meminfo",
        u"paged pool pages", true},
    {F::Untagged, "untagged", u"Not in tag table", u"Pool memory that no tag accounts for",
        u"SUnreclaim + SReclaimable minus the bytes of all caches: free slots in slabs, kmalloc above 8 KiB",
        u"pool totals minus the bytes of all tags", true},
};
static_assert(std::size(Fields) == static_cast<size_t>(SystemField::Count));

} // namespace

std::span<const SystemFieldInfo> systemFields()
{
    return Fields;
}

const SystemFieldInfo &systemFieldInfo(SystemField field)
{
    return Fields[static_cast<size_t>(field)];
}

std::optional<SystemField> systemFieldFromKey(QByteArrayView key)
{
    for (const SystemFieldInfo &info : Fields) {
        if (info.key == key)
            return info.field;
    }
    return std::nullopt;
}

SystemReading change(const SystemReading &now, const SystemReading &before, int counterBits)
{
    SystemReading change;
    for (const SystemFieldInfo &info : systemFields()) {
        const int bits = info.field == SystemField::PageFaults ? counterBits : 64;
        change[info.field] = wrappingDifference(now[info.field], before[info.field], bits);
    }
    return change;
}

} // namespace poolscope
