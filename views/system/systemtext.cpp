// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/system/systemtext.h"

#include "model/core/numberformat.h"

#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString originText(const SystemFieldInfo &info, SourceKind kind)
{
    const bool onWindows = kind == SourceKind::Pool;
    const QString from = (onWindows ? info.onWindows : info.onLinux).toString();
    const QString platform = onWindows ? u"Windows"_s : u"Linux"_s;
    if (from.isEmpty())
        return u"%1 has no counterpart of this figure."_s.arg(platform);
    return u"On %1: %2"_s.arg(platform, from.toHtmlEscaped());
}

QString exactText(const SystemFieldInfo &info, Counter value)
{
    if (!value.isKnown())
        return u"unknown"_s;
    if (!info.isBytes)
        return groupedText(value);
    return u"%1 (%2 bytes)"_s.arg(scaledBytesText(value), groupedText(value));
}

} // namespace

QString systemValueText(SystemField field, Counter value)
{
    return systemFieldInfo(field).isBytes ? scaledBytesText(value) : groupedText(value);
}

QString perSecondText(std::optional<double> perSecond)
{
    if (!perSecond)
        return unknownText();
    return signedGroupedText(Counter(std::llround(*perSecond))) + u"/s"_s;
}

QString systemToolTip(SystemField field, Counter value, Counter change, SourceKind kind)
{
    const SystemFieldInfo &info = systemFieldInfo(field);
    QString text = u"<b>%1</b> · %2<br>%3"_s.arg(info.title, info.fullName, exactText(info, value));
    if (change.isKnown())
        text += u", %1 since the last sample"_s.arg(signedGroupedText(change));
    return text + u"<br>"_s + originText(info, kind);
}

} // namespace poolscope
