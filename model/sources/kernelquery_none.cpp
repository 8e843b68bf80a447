// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/kernelquery.h"

namespace poolscope {

std::unique_ptr<KernelQuery> machineKernelQuery()
{
    return nullptr;
}

} // namespace poolscope
