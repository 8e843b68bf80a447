// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/samplearchive.h"

#include <QDir>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

Result<Done> SampleArchive::changeMark(const Mark &, MarkChange)
{
    return Error{ErrorKind::WriteFailed, u"only recordings have a place for marks"_s,
        QDir::toNativeSeparators(info().path), u"import the log into a recording"_s};
}

} // namespace poolscope
