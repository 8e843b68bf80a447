// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/e2e/clirunner.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QSaveFile>
#include <QSet>
#include <QTemporaryDir>

namespace poolscope::testing {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int Patience = 30'000; // ms; only a hanging program takes so long

} // namespace

QJsonObject CliResult::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QString cliPath()
{
    return QStringLiteral(POOLSCOPE_CLI);
}

CliResult runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    CliResult result;
    if (process.waitForFinished(Patience) && process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    else
        process.kill();
    result.out = process.readAllStandardOutput();
    result.err = process.readAllStandardError();
    return result;
}

CliResult runCli(const QStringList &arguments)
{
    return runProgram(cliPath(), arguments);
}

std::unique_ptr<QProcess> startCli(const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setStandardInputFile(QProcess::nullDevice());
    process->start(cliPath(), arguments);
    return process;
}

bool canReadSlabinfo()
{
    QFile file(u"/proc/slabinfo"_s);
    return file.open(QIODevice::ReadOnly);
}

QMap<QByteArray, CacheCounts> readSlabinfo()
{
    QMap<QByteArray, CacheCounts> caches;
    QFile file(u"/proc/slabinfo"_s);
    if (!file.open(QIODevice::ReadOnly))
        return caches;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const qsizetype colon = line.indexOf(" : tunables");
        if (colon < 0 || line.startsWith('#'))
            continue;
        const QByteArrayList words = line.first(colon).simplified().split(' ');
        const qsizetype first = words.size() - 5;
        CacheCounts &counts = caches[words.first(first).join(' ')];
        counts.active += words[first].toLongLong();
        counts.bytes += words[first].toLongLong() * words[first + 2].toLongLong();
    }
    return caches;
}

SlabDirectory::SlabDirectory()
    : m_directory(std::make_unique<QTemporaryDir>())
{
    QDir(path()).mkpath(u"proc"_s);
}

SlabDirectory::~SlabDirectory() = default;

QString SlabDirectory::path() const
{
    return m_directory->path();
}

QString SlabDirectory::uri() const
{
    return u"slab:"_s + path();
}

void SlabDirectory::setSlabinfo(const QByteArray &text)
{
    QSaveFile file(path() + u"/proc/slabinfo"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        qFatal("cannot write the test's slabinfo");
}

void SlabDirectory::setCaches(const QList<std::tuple<QByteArray, int, int>> &caches)
{
    QByteArray text =
        "slabinfo - version: 2.1\n"
        "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables "
        "<limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>\n";
    for (const auto &[name, active, size] : caches) {
        const QByteArray count = QByteArray::number(active);
        text += name + ' ' + count + ' ' + count + ' ' + QByteArray::number(size)
            + " 16 1 : tunables 0 0 0 : slabdata 1 1 0\n";
    }
    setSlabinfo(text);
}

Agreement agreementWithKernel(const std::function<QMap<QByteArray, CacheCounts>()> &ask)
{
    constexpr int Rounds = 8;
    QSet<QByteArray> right;
    QSet<QByteArray> wrong;
    for (int round = 0; round < Rounds && (round == 0 || !wrong.isEmpty()); ++round) {
        const auto before = readSlabinfo();
        const auto told = ask();
        const auto after = readSlabinfo();
        for (auto cache = before.cbegin(); cache != before.cend(); ++cache) {
            if (!after.contains(cache.key()) || after[cache.key()] != cache.value())
                continue;
            if (told.contains(cache.key()) && told[cache.key()] == cache.value())
                right.insert(cache.key());
            else
                wrong.insert(cache.key());
        }
        wrong.subtract(right);
    }
    return {right.size(), QByteArrayList(wrong.cbegin(), wrong.cend())};
}

} // namespace poolscope::testing
