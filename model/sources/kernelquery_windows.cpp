// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/kernelquery.h"

#include <algorithm>
#include <limits>

#include <windows.h>

namespace poolscope {

namespace {

using NtQuerySystemInformation = LONG(NTAPI *)(ULONG infoClass, void *buffer, ULONG size, ULONG *length);

/// No import library of every tool chain has the function, so it is looked up.
NtQuerySystemInformation findQuery()
{
    const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    if (ntdll == nullptr)
        return nullptr;
    const FARPROC address = GetProcAddress(ntdll, "NtQuerySystemInformation");
    // Through a plain pointer: FARPROC has no parameters, and compilers warn of the direct cast.
    return reinterpret_cast<NtQuerySystemInformation>(reinterpret_cast<void *>(address));
}

class MachineKernelQuery : public KernelQuery
{
public:
    Answer query(quint32 infoClass, std::span<std::byte> buffer) override
    {
        if (m_query == nullptr)
            return {ntstatus::EntryPointNotFound, 0};
        constexpr size_t Most = std::numeric_limits<ULONG>::max();
        ULONG length = 0;
        const LONG status =
            m_query(infoClass, buffer.data(), static_cast<ULONG>(std::min(buffer.size(), Most)), &length);
        return {static_cast<quint32>(status), static_cast<quint32>(length)};
    }

    PoolTagFormat::Word word() const override
    {
        return sizeof(SIZE_T) == 8 ? PoolTagFormat::Word::Bits64 : PoolTagFormat::Word::Bits32;
    }

private:
    NtQuerySystemInformation m_query = findQuery();
};

} // namespace

std::unique_ptr<KernelQuery> machineKernelQuery()
{
    return std::make_unique<MachineKernelQuery>();
}

} // namespace poolscope
