// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/archive/fileuri.h"

#include "model/core/duration.h"

#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QStringView Scheme = u"file:";
constexpr QStringView SpeedKey = u"speed=";
constexpr QStringView StartKey = u"start=";
constexpr QStringView IntervalKey = u"interval=";

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

QString pathOf(const QString &text)
{
    if (!text.startsWith(Scheme))
        return text;
    // "file:///home/…" is how a desktop writes it.
    return text.startsWith(u"file://") ? QUrl(text).toLocalFile() : text.sliced(Scheme.size());
}

/// Behind the question mark that begins the options; -1: there are none. A name may hold one, too.
qsizetype optionsOf(const QString &uri)
{
    const qsizetype mark = uri.lastIndexOf(u'?');
    if (!uri.startsWith(Scheme) || mark < 0 || QFileInfo::exists(uri.sliced(Scheme.size())))
        return -1;
    const auto isOption = [](QStringView part) {
        return std::ranges::any_of(std::array{SpeedKey, StartKey, IntervalKey},
            [part](QStringView key) { return part.startsWith(key); });
    };
    return std::ranges::all_of(QStringView(uri).sliced(mark + 1).split(u'&'), isOption) ? mark + 1 : -1;
}

Error usage(const QString &what, const QString &uri, const QString &whatToDo)
{
    return {ErrorKind::Usage, what, uri, whatToDo};
}

Result<Done> takeOption(QStringView option, const QString &uri, FileUri &file)
{
    const QStringView value = option.sliced(option.indexOf(u'=') + 1);
    if (option.startsWith(SpeedKey)) {
        bool ok = false;
        const double speed = value.toDouble(&ok);
        if (!ok || !(speed >= FileUri::SlowestSpeed) || speed > FileUri::FastestSpeed) {
            return usage(u"not a speed from 0.1 to 100000"_s, uri,
                u"write file:PATH?speed=60 for sixty recorded seconds a second"_s);
        }
        file.speed = speed;
    } else if (option.startsWith(StartKey)) {
        file.times.start = logStartFromText(value);
        if (!file.times.start)
            return usage(u"not a time"_s, uri, u"write file:PATH?start=2026-11-22T18:25:04Z"_s);
    } else {
        file.times.interval = durationFromText(value);
        if (!file.times.interval || *file.times.interval <= 0ms)
            return usage(u"not a duration"_s, uri, u"write file:PATH?interval=30m"_s);
    }
    return Done();
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
    FileUri file;
    const qsizetype options = optionsOf(uri);
    if (options >= 0) {
        for (const QStringView option : QStringView(uri).sliced(options).split(u'&')) {
            if (const Result<Done> taken = takeOption(option, uri, file); !taken)
                return taken.error();
        }
    }
    file.path = pathOf(options < 0 ? uri : uri.first(options - 1));
    if (file.path.isEmpty())
        return usage(u"no file named"_s, uri, u"write file:PATH"_s);
    return file;
}

QString fileUriText(const FileUri &file)
{
    QStringList options;
    if (file.speed)
        options += SpeedKey + QString::number(*file.speed);
    if (file.times.start)
        options += StartKey + isoUtc(*file.times.start);
    if (file.times.interval)
        options += IntervalKey + durationText(*file.times.interval);
    const QString text = Scheme + file.path;
    return options.isEmpty() ? text : QString(text + u'?' + options.join(u'&'));
}

} // namespace poolscope
