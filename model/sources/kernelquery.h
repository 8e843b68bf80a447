// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/formats/pooltagparser.h"

#include <QtGlobal>

#include <cstddef>
#include <memory>
#include <span>

namespace poolscope {

/// NTSTATUS values that NtQuerySystemInformation is known to answer with.
namespace ntstatus {
inline constexpr quint32 Success = 0;
inline constexpr quint32 NotImplemented = 0xC0000002; ///< pool tagging is off
inline constexpr quint32 InvalidInfoClass = 0xC0000003; ///< this kernel does not know the class
inline constexpr quint32 InfoLengthMismatch = 0xC0000004; ///< the buffer is too small, or not exact
inline constexpr quint32 NoMemory = 0xC0000017;
inline constexpr quint32 AccessDenied = 0xC0000022;
inline constexpr quint32 PrivilegeNotHeld = 0xC0000061;
inline constexpr quint32 EntryPointNotFound = 0xC0000139;
inline constexpr quint32 InsufficientResources = 0xC000009A;
} // namespace ntstatus

/// The one call into the Windows kernel, so that everything around it is plain C++ that runs anywhere.
class KernelQuery
{
public:
    struct Answer
    {
        quint32 status = ntstatus::NotImplemented; ///< NTSTATUS
        quint32 length = 0; ///< bytes written; after InfoLengthMismatch the bytes needed, or 0
    };

    KernelQuery() = default;
    virtual ~KernelQuery() = default;
    Q_DISABLE_COPY_MOVE(KernelQuery)

    /// NtQuerySystemInformation: fills `buffer` with information class `infoClass`.
    [[nodiscard]] virtual Answer query(quint32 infoClass, std::span<std::byte> buffer) = 0;
    /// Size of SIZE_T in the answers.
    [[nodiscard]] virtual PoolTagFormat::Word word() const = 0;
};

/// The kernel of this machine; null where that is not Windows.
[[nodiscard]] std::unique_ptr<KernelQuery> machineKernelQuery();

} // namespace poolscope
