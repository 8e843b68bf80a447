// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/core/wildcard.h"

namespace poolscope {

bool matchesWildcard(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    // Where to resume when the text after the last star turns out not to fit: one byte further on.
    qsizetype afterStar = -1;
    qsizetype starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            afterStar = ++p;
            starText = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (afterStar >= 0) {
            p = afterStar;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool tagMatchesWildcard(QByteArrayView pattern, QByteArrayView tag)
{
    if (matchesWildcard(pattern, tag))
        return true;
    qsizetype length = tag.size();
    while (length > 0 && tag[length - 1] == ' ')
        --length;
    return length < tag.size() && matchesWildcard(pattern, tag.first(length));
}

} // namespace poolscope
