// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/recordingimport.h"

#include "model/exchange/samplecompletion.h"
#include "model/formats/linetext.h"
#include "model/recording/recordingwriter.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// So much waits in memory before it goes to the file.
constexpr qint64 MostWaiting = 8LL * 1024 * 1024;
constexpr int SamplesBetweenFlushes = 600;

Error inputError(const QString &what, const QString &where, const QString &whatToDo)
{
    return {ErrorKind::BadInput, what, where, whatToDo};
}

/// An input that is open and whose format is known.
struct OpenInput
{
    QFile file;
    const ImportFormat *format = nullptr;
    std::unique_ptr<SampleReader> reader; ///< after `file`: it reads from it

    explicit OpenInput(const QString &path)
        : file(path)
    {
    }
};

Result<std::unique_ptr<OpenInput>> openInput(
    const QString &path, const ImportFormat *format, std::optional<WallTime> start)
{
    const QString shown = QDir::toNativeSeparators(path);
    auto input = std::make_unique<OpenInput>(path);
    if (QFileInfo(path).isDir())
        return inputError(u"this is a folder, not a file"_s, shown, u"name the files in it"_s);
    if (!input->file.open(QIODevice::ReadOnly)) {
        return inputError(u"cannot read the file (%1)"_s.arg(input->file.errorString()), shown,
            u"check the name and that you may read it"_s);
    }
    if (input->file.peek(1).isEmpty())
        return inputError(u"the file is empty"_s, shown, u"leave it out"_s);
    if (input->file.peek(15) == "SQLite format 3") {
        return inputError(u"this is a recording already, or another SQLite database"_s, shown,
            u"use it as it is, or export it first"_s);
    }
    input->format = format ? format : recognisedFormat(input->file);
    if (!input->format)
        return unknownFormat(input->file, shown);
    input->reader = input->format->create(input->file, shown);
    input->reader->setStart(start);
    return input;
}

TimeSurvey surveyOf(const QString &path, const ImportFormat *format, std::optional<WallTime> start)
{
    const auto input = openInput(path, format, start);
    TimeSurvey survey;
    while (input) {
        const auto read = input.value()->reader->next();
        if (!read || !read.value())
            break;
        survey.add(*read.value());
    }
    return survey;
}

/// When the first sample of an input was taken; nullopt when only the plan can tell.
Result<std::optional<WallTime>> firstTime(const QString &path, const ImportPlan &plan)
{
    const auto input = openInput(path, plan.format, plan.start);
    if (!input)
        return input.error();
    const auto read = input.value()->reader->next();
    if (!read)
        return read.error();
    if (read.value() && read.value()->timeBase == TimeBase::Own)
        return std::optional(read.value()->sample->wall);
    return plan.start ? std::optional<WallTime>() : std::optional(changeTime(path));
}

/// The inputs, earliest first where their times are known; logs are named as people please.
Result<std::vector<qsizetype>> orderOf(const ImportPlan &plan)
{
    std::vector<std::pair<WallTime, qsizetype>> byTime;
    bool known = true;
    for (qsizetype i = 0; i < plan.inputs.size(); ++i) {
        const auto time = firstTime(plan.inputs[i], plan);
        if (!time)
            return time.error();
        known = known && time.value();
        byTime.emplace_back(time.value().value_or(WallTime{}), i);
    }
    if (known)
        std::ranges::stable_sort(byTime, {}, &std::pair<WallTime, qsizetype>::first);
    std::vector<qsizetype> order;
    order.reserve(byTime.size());
    for (const auto &[time, input] : byTime)
        order.push_back(input);
    return order;
}

/// Takes the samples of all inputs into one recording.
class Import
{
public:
    Import(const ImportPlan &plan, RecordingWriter &writer, const Progress &progress)
        : m_plan(plan)
        , m_writer(writer)
        , m_progress(progress)
        , m_completion(QFileInfo(plan.inputs.first()).fileName(), plan.start, plan.interval)
    {
        for (const QString &input : plan.inputs)
            m_bytes += QFileInfo(input).size();
    }

    [[nodiscard]] Result<ImportReport> run();

private:
    [[nodiscard]] Result<ImportedInput> readInput(const QString &path);
    [[nodiscard]] Result<Done> take(const ReadSample &read);
    [[nodiscard]] bool goesOn(const QFile &file);

    const ImportPlan &m_plan;
    RecordingWriter &m_writer;
    const Progress &m_progress;
    qint64 m_bytesBefore = 0; ///< of the inputs that are done
    qint64 m_bytes = 0; ///< of all
    bool m_stopped = false;
    SampleCompletion m_completion;
    int m_unflushed = 0;
};

bool Import::goesOn(const QFile &file)
{
    const double done =
        static_cast<double>(m_bytesBefore + file.pos()) / static_cast<double>(std::max<qint64>(m_bytes, 1));
    m_stopped = m_stopped || (m_progress && !m_progress(std::min(done, 1.0)));
    return !m_stopped;
}

Result<Done> Import::take(const ReadSample &read)
{
    m_writer.append(read.sample, read.afterGap);
    if (read.kept) {
        Snapshot snapshot = *read.kept;
        snapshot.sample = read.sample;
        m_writer.putSnapshot(snapshot);
        m_writer.addMark({read.sample->wall, MarkKind::Snapshot, snapshot.label});
    }
    if (++m_unflushed < SamplesBetweenFlushes && m_writer.waitingBytes() < MostWaiting)
        return Done{};
    m_unflushed = 0;
    return m_writer.flush();
}

Result<ImportedInput> Import::readInput(const QString &path)
{
    auto opened = openInput(path, m_plan.format, m_plan.start);
    if (!opened)
        return opened.error();
    const auto input = std::move(opened).value();
    ImportedInput report;
    report.file = path;
    report.format = input->format->word.toByteArray();
    m_completion.beginFile(path, [&] { return surveyOf(path, m_plan.format, m_plan.start); });
    while (goesOn(input->file)) {
        auto read = input->reader->next();
        if (!read)
            return read.error();
        if (!read.value())
            break;
        ReadSample sample = *std::move(read).value();
        const bool isTold =
            sample.timeBase == TimeBase::Own || sample.timeBase == TimeBase::WithoutYear || m_plan.start;
        report.timesAssumed = report.timesAssumed || !isTold;
        m_completion.complete(sample);
        ++report.samples;
        if (const Result<Done> taken = take(sample); !taken)
            return taken.error();
    }
    report.rows = input->reader->rows();
    report.skipped = input->reader->skipped();
    report.skippedCount = input->reader->skippedCount();
    report.doubts = input->reader->doubts();
    report.doubtCount = input->reader->doubtCount();
    m_bytesBefore += input->file.size();
    if (report.samples > 0 || m_stopped)
        return report;
    const QString shown = QDir::toNativeSeparators(path);
    if (report.skipped.empty())
        return inputError(u"the file holds no sample"_s, shown, u"leave it out"_s);
    const SkippedLine &first = report.skipped.front();
    return inputError(
        first.why, fileAndLine(shown, first.line), u"nothing in the file can be read: correct it"_s);
}

Result<ImportReport> Import::run()
{
    const auto order = orderOf(m_plan);
    if (!order)
        return order.error();
    ImportReport report;
    report.inputs.resize(order.value().size());
    for (const qsizetype number : order.value()) {
        auto read = readInput(m_plan.inputs[number]);
        if (!read)
            return read.error();
        report.inputs[static_cast<size_t>(number)] = std::move(read).value();
        if (m_stopped)
            break;
    }
    report.stopped = m_stopped;
    return report;
}

/// A name in the same folder, so that the file can be renamed to its own; gone when not used.
class TemporaryRecording
{
public:
    explicit TemporaryRecording(const QString &path)
        : m_path(path)
        , m_temporary(QFileInfo(path).absolutePath() + u"/."_s + QFileInfo(path).fileName() + u'.'
              + QUuid::createUuid().toString(QUuid::Id128).left(8) + u".part"_s)
    {
    }
    TemporaryRecording(const TemporaryRecording &) = delete;
    TemporaryRecording &operator=(const TemporaryRecording &) = delete;
    ~TemporaryRecording()
    {
        const QFileInfo info(m_temporary);
        const QDir folder = info.absoluteDir();
        for (const QString &name : folder.entryList({info.fileName() + u'*'}, QDir::Files | QDir::Hidden))
            QFile::remove(folder.filePath(name));
    }

    [[nodiscard]] const QString &path() const { return m_temporary; }
    [[nodiscard]] Result<Done> rename() const
    {
        QFile::remove(m_path); // empty: see importIntoRecording()
        QFile file(m_temporary);
        if (file.rename(m_path))
            return Done{};
        return Error{ErrorKind::WriteFailed, u"cannot rename the file (%1)"_s.arg(file.errorString()),
            QDir::toNativeSeparators(m_path), u"choose another name or folder"_s};
    }

private:
    QString m_path;
    QString m_temporary;
};

} // namespace

Result<ImportReport> importIntoRecording(
    const ImportPlan &plan, const QString &recording, const Progress &progress)
{
    if (QFileInfo(recording).size() > 0) {
        return Error{ErrorKind::Usage, u"the file exists already"_s, QDir::toNativeSeparators(recording),
            u"choose another name, or delete it first"_s};
    }
    const TemporaryRecording temporary(recording);
    auto opened = RecordingWriter::open(temporary.path());
    if (!opened)
        return opened.error();
    auto writer = std::move(opened).value();
    auto report = Import(plan, *writer, progress).run();
    if (!report || report.value().stopped)
        return report;
    if (const Result<Done> closed = writer->close(); !closed)
        return closed.error();
    writer.reset();
    if (const Result<Done> renamed = temporary.rename(); !renamed)
        return renamed.error();
    return report;
}

} // namespace poolscope
