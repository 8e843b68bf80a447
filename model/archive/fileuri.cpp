// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/fileuri.h"

#include <QFileInfo>
#include <QUrl>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr QStringView Scheme = u"file:";

/// "x:" with more than one letter; one letter is a drive.
bool hasScheme(const QString &uri)
{
    const qsizetype colon = uri.indexOf(u':');
    if (colon < 2)
        return false;
    for (const QChar c : QStringView(uri).first(colon)) {
        if (!(c >= u'a' && c <= u'z') && c != u'-' && c != u'+')
            return false;
    }
    return true;
}

} // namespace

bool isFileUri(const QString &uri)
{
    if (uri.startsWith(Scheme) || (!uri.isEmpty() && QFileInfo::exists(uri)))
        return true;
    // A bare word is rather the name of a source without its colon.
    const bool looksLikePath = uri.contains(u'/') || uri.contains(u'\\') || uri.contains(u'.');
    return looksLikePath && !hasScheme(uri);
}

Result<FileUri> fileUriFrom(const QString &uri)
{
    constexpr QStringView Option = u"?speed=";
    const auto pathOf = [](const QString &text) {
        if (!text.startsWith(Scheme))
            return text;
        // "file:///home/…" is how a desktop writes it.
        return text.startsWith(u"file://") ? QUrl(text).toLocalFile() : text.sliced(Scheme.size());
    };
    FileUri file{pathOf(uri), {}};
    const qsizetype at = uri.lastIndexOf(Option);
    if (uri.startsWith(Scheme) && at >= 0 && !QFileInfo::exists(uri.sliced(Scheme.size()))) {
        bool ok = false;
        const double speed = QStringView(uri).sliced(at + Option.size()).toDouble(&ok);
        if (!ok || !(speed >= FileUri::SlowestSpeed) || speed > FileUri::FastestSpeed) {
            return Error{ErrorKind::Usage, u"not a speed from 0.1 to 100000"_s, uri,
                u"write file:PATH?speed=60 for sixty recorded seconds a second"_s};
        }
        file = {pathOf(uri.first(at)), speed};
    }
    if (file.path.isEmpty())
        return Error{ErrorKind::Usage, u"no file named"_s, uri, u"write file:PATH"_s};
    return file;
}

} // namespace poolscope
