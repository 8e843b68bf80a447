// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QJsonObject>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>

#include <memory>

QT_BEGIN_NAMESPACE
class QProcess;
class QTemporaryDir;
QT_END_NAMESPACE

namespace poolscope::testing {

/// What a run of poolscope-cli left behind.
struct CliResult
{
    int exitCode = -1; ///< -1: it did not end by itself
    QByteArray out;
    QByteArray err;

    [[nodiscard]] QJsonObject json() const; ///< empty when `out` is not one object
};

/// For QVERIFY2().
[[nodiscard]] inline const char *shown(const QByteArray &text)
{
    return text.constData();
}

[[nodiscard]] QString cliPath();
/// Runs poolscope-cli to its end.
[[nodiscard]] CliResult runCli(const QStringList &arguments);
/// Runs any program to its end.
[[nodiscard]] CliResult runProgram(const QString &program, const QStringList &arguments);
/// Starts poolscope-cli and does not wait.
[[nodiscard]] std::unique_ptr<QProcess> startCli(const QStringList &arguments);

/// True when this user may read the kernel's slab counters.
[[nodiscard]] bool canReadSlabinfo();
/// Active objects and bytes per cache, read here and now without any code of ours; rows of one name added up.
struct CacheCounts
{
    qint64 active = 0;
    qint64 bytes = 0;
    friend bool operator==(const CacheCounts &, const CacheCounts &) = default;
};
[[nodiscard]] QMap<QByteArray, CacheCounts> readSlabinfo();

/// How what a command told of the kernel's caches agrees with the kernel.
struct Agreement
{
    qsizetype agreed = 0; ///< caches that stood still around the command and were told right
    QByteArrayList disagreed; ///< caches that stood still but were told wrong every time
};
/// Reads the kernel before and after `ask`. A cache may leave its count and come back between the two on a
/// busy machine, so a disagreement counts only if it stays so over several rounds.
[[nodiscard]] Agreement agreementWithKernel(const std::function<QMap<QByteArray, CacheCounts>()> &ask);

/// A directory that slab:/DIR reads, with caches that a test chooses.
class SlabDirectory
{
public:
    SlabDirectory();
    ~SlabDirectory();

    [[nodiscard]] QString path() const;
    [[nodiscard]] QString uri() const;
    /// Replaces slabinfo as a whole, as far as a reader can tell.
    void setSlabinfo(const QByteArray &text);
    /// name, active objects, object size; all else made up to fit.
    void setCaches(const QList<std::tuple<QByteArray, int, int>> &caches);

private:
    std::unique_ptr<QTemporaryDir> m_directory;
};

} // namespace poolscope::testing
