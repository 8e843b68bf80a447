// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/analysis/finding.h"

namespace poolscope {

QByteArray verdictWord(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Steady:
        return "steady";
    case Verdict::Suspect:
        return "suspect";
    case Verdict::Leak:
        return "leak";
    }
    return {};
}

} // namespace poolscope
