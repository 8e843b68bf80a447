// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/knowledge/shellquote.h"

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

QString shellQuoted(const QString &text)
{
    const auto isSafe = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || QStringView(u"_-./:=,+@").contains(c);
    };
    if (!text.isEmpty() && std::ranges::all_of(text, isSafe))
        return text;
    QString quoted = text;
    quoted.replace(u'\'', u"'\\''"_s);
    return u'\'' + quoted + u'\'';
}

} // namespace poolscope
