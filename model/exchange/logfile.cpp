// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logfile.h"

#include "model/exchange/samplecompletion.h"
#include "model/formats/linetext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

Error inputError(const QString &what, const QString &where, const QString &whatToDo)
{
    return {ErrorKind::BadInput, what, where, whatToDo};
}

/// The first of the lines, in brackets; `count` is of all.
QString firstLines(const std::vector<SkippedLine> &lines, qint64 count)
{
    constexpr qsizetype MostNamed = 3;
    QStringList named;
    for (const SkippedLine &line : lines) {
        if (named.size() == MostNamed)
            break;
        named += u"line %1: %2"_s.arg(QString::number(line.line), line.why);
    }
    if (count > MostNamed)
        named += u"and so on"_s;
    return u" ("_s + named.join(u"; "_s) + u')';
}

QString skippedRemark(const SampleReader &reader)
{
    const qint64 count = reader.skippedCount();
    const QString what = count == 1 ? u"one line was left out"_s : u"%1 lines were left out"_s.arg(count);
    return what + firstLines(reader.skipped(), count);
}

QString doubtRemark(const SampleReader &reader)
{
    const qint64 count = reader.doubtCount();
    const QString what = count == 1 ? u"one line is in doubt"_s : u"%1 lines are in doubt"_s.arg(count);
    return what + firstLines(reader.doubts(), count);
}

QStringList linesText(const std::vector<SkippedLine> &lines, qint64 count, const QString &what)
{
    QStringList text;
    for (const SkippedLine &line : lines)
        text += u"line %1 %2: %3"_s.arg(QString::number(line.line), what, line.why);
    if (const qint64 more = count - std::ssize(lines); more > 0)
        text += u"and %1 more %2"_s.arg(QString::number(more), what);
    return text;
}

} // namespace

Result<LogFile> readLogFile(
    const QString &path, const ImportFormat &format, const LogTimes &times, const Progress &goesOn)
{
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return inputError(u"cannot read the file (%1)"_s.arg(file.errorString()), shown,
            u"check the name and that you may read it"_s);
    }
    const auto reader = format.create(file, shown);
    reader->setStart(times.start);
    LogFile log;
    const auto size = static_cast<double>(std::max<qint64>(1, file.size()));
    for (;;) {
        if (goesOn && !goesOn(static_cast<double>(file.pos()) / size))
            return inputError(u"stopped before the end"_s, shown, u"open it again"_s);
        auto read = reader->next();
        if (!read)
            return read.error();
        if (!read.value())
            break;
        log.samples.push_back(*std::move(read).value());
    }
    if (log.samples.empty()) {
        if (reader->skipped().empty())
            return inputError(u"the file holds no sample"_s, shown, u"use one that holds a whole table"_s);
        const SkippedLine &first = reader->skipped().front();
        return inputError(
            first.why, fileAndLine(shown, first.line), u"nothing in the file can be read: correct it"_s);
    }
    const std::chrono::nanoseconds interval = times.interval.value_or(DefaultLogInterval);
    SampleCompletion completion(QFileInfo(path).fileName(), times.start, interval);
    TimeSurvey survey;
    for (const ReadSample &read : log.samples)
        survey.add(read);
    completion.beginFile(path, [&survey] { return survey; });
    for (ReadSample &read : log.samples)
        completion.complete(read);
    const auto hasBase = [&log](TimeBase base) {
        return std::ranges::any_of(
            log.samples, [base](const ReadSample &read) { return read.timeBase == base; });
    };
    log.hasOwnTimes = !hasBase(TimeBase::Unknown) && !hasBase(TimeBase::SinceStart);
    if (hasBase(TimeBase::Unknown) && hasBase(TimeBase::Own)) {
        log.remarks += u"the log does not say when some of its samples were taken: times between those of "
                       u"their neighbours are assumed"_s;
    } else if (hasBase(TimeBase::Unknown) && log.samples.size() > 1 && !times.interval) {
        log.remarks += u"the log does not say when its samples were taken: 30 min between them are assumed, "
                       u"and rates are true only if they were"_s;
    } else if (!log.hasOwnTimes && !times.start) {
        log.remarks += u"the log does not say when it was made: the time of its last change is assumed"_s;
    }
    if (reader->skippedCount() > 0)
        log.remarks += skippedRemark(*reader);
    if (reader->doubtCount() > 0)
        log.remarks += doubtRemark(*reader);
    log.lines = linesText(reader->skipped(), reader->skippedCount(), u"left out"_s)
        + linesText(reader->doubts(), reader->doubtCount(), u"in doubt"_s);
    return log;
}

} // namespace poolscope
