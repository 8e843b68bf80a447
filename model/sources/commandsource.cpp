// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/sources/commandsource.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::chrono::milliseconds Grace{500};
constexpr qsizetype KeptErrors = 4096;
constexpr qsizetype ShownErrorLines = 3;

} // namespace

CommandSource::CommandSource(const QString &command, QObject *parent)
    : Source(parent)
    , m_command(command.trimmed())
    , m_graceTimer(this)
{
    m_graceTimer.setSingleShot(true);
    m_graceTimer.setInterval(Grace);
    connect(&m_graceTimer, &QTimer::timeout, this, &CommandSource::endLeaving);
}

CommandSource::~CommandSource()
{
    CommandSource::close();
    const QDeadlineTimer deadline(Grace);
    for (std::unique_ptr<QProcess> &process : m_leaving) {
        process->disconnect(this);
        if (process->state() == QProcess::NotRunning
            || process->waitForFinished(static_cast<int>(deadline.remainingTime() / 2)))
            continue;
        process->kill();
        // Whoever may not end the program (it runs as root, through sudo) must not wait for it either, as
        // QProcess would when deleted.
        if (!process->waitForFinished(static_cast<int>(deadline.remainingTime())))
            static_cast<void>(process.release());
    }
}

Result<std::unique_ptr<Source>> CommandSource::create(const QString &command)
{
    if (QProcess::splitCommand(command).isEmpty()) {
        return Error{ErrorKind::Usage, u"no program is named"_s, u"command:"_s,
            u"write command:PROGRAM ARGS, for example command:ssh HOST poolscope-cli stream"_s};
    }
    return std::unique_ptr<Source>(std::make_unique<CommandSource>(command));
}

QString CommandSource::uri() const
{
    return u"command:"_s + m_command;
}

QString CommandSource::title() const
{
    return uri();
}

Result<Done> CommandSource::open()
{
    close();
    QStringList words = QProcess::splitCommand(m_command);
    if (words.isEmpty())
        return cannotStart();
    const QString program = words.takeFirst();
    // Looked for first: QProcess tells only later, and not why.
    if (QStandardPaths::findExecutable(program).isEmpty())
        return cannotStart();

    m_reader.emplace(uri());
    m_errors.clear();
    m_anySample = false;
    m_process = std::make_unique<QProcess>();
    m_process->setProgram(program);
    m_process->setArguments(words);
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &CommandSource::readOutput);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &CommandSource::readErrors);
    connect(m_process.get(), &QProcess::errorOccurred, this, &CommandSource::onError);
    connect(m_process.get(), &QProcess::finished, this, &CommandSource::onFinished);
    m_process->start(QIODevice::ReadOnly);
    return Done{};
}

void CommandSource::close()
{
    m_reader.reset();
    if (m_process)
        dismiss(std::move(m_process));
}

Result<SamplePtr> CommandSource::read()
{
    return Error{ErrorKind::Usage, u"a command delivers its samples by itself"_s, uri(), {}};
}

void CommandSource::readOutput()
{
    if (!m_reader)
        return;
    m_reader->feed(m_process->readAllStandardOutput());
    // Whoever gets a sample may close the source.
    while (m_reader) {
        const std::optional<Result<SamplePtr>> next = m_reader->next();
        if (!next)
            return;
        if (!*next) {
            fail(next->error());
            return;
        }
        m_anySample = true;
        emit sampleArrived(next->value());
    }
}

void CommandSource::readErrors()
{
    m_errors += m_process->readAllStandardError();
    if (m_errors.size() > KeptErrors)
        m_errors = m_errors.last(KeptErrors);
}

void CommandSource::onError(QProcess::ProcessError error)
{
    // What else can go wrong ends the program, and is told by its end.
    if (error == QProcess::FailedToStart)
        fail(cannotStart());
}

void CommandSource::onFinished(int exitCode, QProcess::ExitStatus status)
{
    const QProcess *const process = m_process.get();
    readErrors();
    readOutput();
    // Whoever got the last samples may have closed the source, or opened it anew.
    if (!m_reader || m_process.get() != process)
        return;
    const std::optional<Error> missing = m_reader->finish();
    const bool leftInOrder = status == QProcess::NormalExit && exitCode == 0;
    if (leftInOrder && m_anySample && !missing) {
        m_reader.reset();
        emit ended();
        return;
    }
    Error error{ErrorKind::SourceUnavailable, u"the program has ended"_s, uri(), {}};
    if (status == QProcess::CrashExit)
        error.what = u"the program was killed or has crashed"_s;
    else if (exitCode != 0)
        error.what = u"the program has ended with exit code %1"_s.arg(exitCode);
    else if (missing)
        error.what += u": "_s + missing->what;
    const QString said = lastErrorLines();
    error.whatToDo =
        said.isEmpty() ? u"it said nothing; try the command in a terminal"_s : u"it said: %1"_s.arg(said);
    fail(error);
}

void CommandSource::fail(const Error &error)
{
    m_reader.reset();
    emit failed(error);
}

QString CommandSource::lastErrorLines() const
{
    QStringList lines = QString::fromLocal8Bit(m_errors).split(u'\n', Qt::SkipEmptyParts);
    for (QString &line : lines)
        line = line.trimmed();
    lines.removeAll(QString());
    return lines.sliced(std::max<qsizetype>(0, lines.size() - ShownErrorLines)).join(u" / "_s);
}

Error CommandSource::cannotStart() const
{
    const QString program = QProcess::splitCommand(m_command).value(0);
    const QFileInfo file(program);
    const QString what = program.contains(u'/') && file.exists()
        ? u"cannot start \"%1\": it is no program that you may run"_s
        : u"cannot start \"%1\": there is no such program"_s;
    return {ErrorKind::SourceUnavailable, what.arg(program), uri(),
        u"check its name and path; words are split at blanks, and no shell is used (for one write: "
        u"command:sh -c \"…\")"_s};
}

void CommandSource::dismiss(std::unique_ptr<QProcess> process)
{
    // This may be called from a signal of the process: it is deleted later, yet owned until then, because no
    // event loop may run any more.
    process->disconnect(this);
    connect(process.get(), &QProcess::finished, this, &CommandSource::forgetEnded, Qt::QueuedConnection);
    process->terminate();
    m_leaving.push_back(std::move(process));
    m_graceTimer.start();
}

void CommandSource::endLeaving()
{
    for (const std::unique_ptr<QProcess> &process : m_leaving)
        process->kill();
    forgetEnded();
}

void CommandSource::forgetEnded()
{
    std::erase_if(m_leaving,
        [](const std::unique_ptr<QProcess> &process) { return process->state() == QProcess::NotRunning; });
}

} // namespace poolscope
