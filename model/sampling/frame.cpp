// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sampling/frame.h"

#include <utility>

namespace poolscope {

void setFindings(Frame &frame, FindingsPtr findings)
{
    frame.findings = std::move(findings);
    for (size_t id = 0; id < frame.rows.size(); ++id) {
        const auto tag = static_cast<TagId>(id);
        const Finding *finding = frame.findings ? frame.findings->of(tag) : nullptr;
        frame.rows[id].suspicion = finding ? frame.findings->suspicion(tag) : Counter();
        frame.rows[id].verdict = finding ? finding->verdict : Verdict::Steady;
    }
}

} // namespace poolscope
