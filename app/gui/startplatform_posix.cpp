// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/gui/startplatform.h"

#include <cstdio>

namespace poolscope {

QStringList commandLineArguments(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

void tell(const QString &text, Tone tone)
{
    std::fputs(text.toLocal8Bit().constData(), tone == Tone::Answer ? stdout : stderr);
}

} // namespace poolscope
