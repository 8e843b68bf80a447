// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/sourcefactory.h"

#include "model/knowledge/tagnamewatch.h"
#include "model/sources/commandsource.h"
#include "model/sources/demosource.h"
#include "model/sources/drivernamingsource.h"
#include "model/sources/filesource.h"
#include "model/sources/platformsource.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

using Make = Result<std::unique_ptr<Source>> (*)(const QString &rest);

struct Scheme
{
    QStringView prefix;
    Make make;
};
constexpr Scheme Schemes[] = {
    {u"slab:", createSlabSource},
    {u"pool:", createPoolSource},
    {u"command:", CommandSource::create},
    {u"demo:", DemoSource::create},
};

QString knownUris()
{
    return u"slab: (the slab caches of this Linux machine), slab:/DIR (a copy of its /proc), "
           u"pool: (the pool tags of this Windows machine), "
           u"command:PROGRAM ARGS (any program that writes the stream format), FILE (a recording, or a log "
           u"that PoolScope saved) "
           u"and demo: (a recorded leak)"_s;
}

Error notASource(const QString &uri)
{
    // Planned, and named in the documentation: say so rather than that they mean nothing.
    for (const QStringView later : {u"sites:", u"prometheus:"}) {
        if (uri.startsWith(later)) {
            return {ErrorKind::Usage, u"this version does not read %1 yet"_s.arg(later), uri,
                u"it reads "_s + knownUris()};
        }
    }
    return {ErrorKind::Usage, u"not a source"_s, uri, u"known are "_s + knownUris()};
}

SourceAvailability probe(const QString &uri, const QString &description)
{
    SourceAvailability found{uri, description, false, {}};
    Result<std::unique_ptr<Source>> made = createSource(uri);
    if (!made) {
        found.reason = made.error().text();
        return found;
    }
    const std::unique_ptr<Source> source = std::move(made).value();
    if (const Result<Done> opened = source->open(); !opened) {
        found.reason = opened.error().text();
        return found;
    }
    if (source->delivery() == Source::Delivery::Pull) {
        if (const Result<SamplePtr> sample = source->read(); !sample) {
            found.reason = sample.error().text();
            return found;
        }
    }
    source->close();
    found.available = true;
    return found;
}

} // namespace

QString defaultSourceUri()
{
    return liveSourceUri();
}

Result<std::unique_ptr<Source>> createSource(const QString &uri)
{
    for (const Scheme &scheme : Schemes) {
        if (uri.startsWith(scheme.prefix))
            return scheme.make(uri.sliced(scheme.prefix.size()));
    }
    if (isFileUri(uri))
        return FileSource::create(uri);
    return notASource(uri);
}

Result<std::unique_ptr<Source>> createNamedSource(const QString &uri)
{
    Result<std::unique_ptr<Source>> made = createSource(uri);
    if (!made || isFileUri(uri)) // archives name theirs themselves
        return made;
    auto newLookup = [watch = std::make_shared<TagNameWatch>()]() -> std::optional<DriverLookup> {
        const std::shared_ptr<const TagNames> names = watch->changed();
        if (!names)
            return std::nullopt;
        return [names](QByteArrayView tag) { return names->driverOf(tag); };
    };
    return std::unique_ptr<Source>(
        std::make_unique<DriverNamingSource>(std::move(made).value(), std::move(newLookup)));
}

std::vector<SourceAvailability> probeSources()
{
    return {
        probe(u"slab:"_s, u"slab caches of this machine's kernel; slab:/DIR reads a copy of its files"_s),
        probe(u"pool:"_s, u"pool tags of this Windows machine"_s),
        probe(u"demo:"_s, u"a recorded leak of pipes, replayed; demo:?speed=10 for ten times as fast"_s),
        // Always there; whether it works is up to the program.
        {u"command:PROGRAM ARGS"_s,
            u"any program that writes the stream format, for example command:ssh HOST poolscope-cli stream "
            u"or "
            u"command:sudo poolscope-cli stream"_s,
            true, {}},
    };
}

} // namespace poolscope
