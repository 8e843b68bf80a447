// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/recording/recordingreader.h"
#include "model/recording/recordingwriter.h"

#include <QDebug>

#include <memory>

namespace poolscope::test {

/// Null where it is refused; the reason goes to the test's output.
[[nodiscard]] inline std::unique_ptr<RecordingWriter> writerFor(
    const QString &path, const RotationLimits &limits = {})
{
    Result<std::unique_ptr<RecordingWriter>> opened = RecordingWriter::open(path, limits);
    if (!opened)
        qWarning() << opened.error().text();
    return opened ? std::move(opened).value() : nullptr;
}

[[nodiscard]] inline std::unique_ptr<RecordingReader> readerFor(const QString &path)
{
    Result<std::unique_ptr<RecordingReader>> opened = RecordingReader::open(path);
    if (!opened)
        qWarning() << opened.error().text();
    return opened ? std::move(opened).value() : nullptr;
}

[[nodiscard]] inline bool ok(const Result<Done> &result)
{
    if (!result)
        qWarning() << result.error().text();
    return result.ok();
}

/// How often a long test repeats: the number in the environment variable, else `usual`.
[[nodiscard]] inline int repetitions(const char *variable, int usual)
{
    bool isSet = false;
    const int wanted = qEnvironmentVariableIntValue(variable, &isSet);
    return isSet ? wanted : usual;
}

/// Who asks for more repetitions has the time: Qt Test's limit of five minutes is lifted. Before qExec().
inline void allowLongRuns(const char *variable)
{
    if (qEnvironmentVariableIsSet(variable))
        qputenv("QTEST_FUNCTION_TIMEOUT", QByteArray::number(24 * 3600 * 1000));
}

} // namespace poolscope::test
