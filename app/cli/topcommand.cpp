// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/commandline.h"
#include "app/cli/report.h"
#include "app/cli/samplefeed.h"
#include "app/cli/standardoutput.h"
#include "app/cli/terminal.h"
#include "app/cli/topinteractive.h"
#include "model/core/tagtext.h"
#include "model/formats/samplejson.h"
#include "model/sampling/session.h"
#include "model/screen/toptable.h"

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QString sortWords()
{
    QStringList words;
    for (const TopKeyInfo &info : topKeys())
        words += info.word.toString();
    return words.join(u", "_s);
}

QList<QCommandLineOption> options()
{
    return {
        intervalOption(),
        QCommandLineOption(u"sort"_s,
            sortWords()
                + u"; or PoolMon's letter: b a f d t m. Default bytes. Largest first, names from a to z."_s,
            u"KEY"_s),
        QCommandLineOption(u"change"_s, u"Sorts by the change since the last sample, as PoolMon's ( does."_s),
        QCommandLineOption(u"type"_s,
            u"nonpaged, paged or both. On Linux nonpaged stands for unreclaimable slab caches, paged for "
            u"reclaimable ones. Default both."_s,
            u"TYPE"_s),
        QCommandLineOption(u"include"_s,
            u"Only tags that match: * is anything, ? one character, case matters. May be given several "
            u"times."_s,
            u"GLOB"_s),
        QCommandLineOption(
            u"exclude"_s, u"Leaves out tags that match. May be given several times."_s, u"GLOB"_s),
        QCommandLineOption(u"limit"_s, u"At most N rows."_s, u"N"_s),
        QCommandLineOption(u"totals"_s, u"Totals at the bottom, and what no tag accounts for."_s),
        QCommandLineOption(u"once"_s, u"Prints one sample and ends."_s),
        samplesOption(),
        QCommandLineOption(u"json"_s,
            u"JSON instead of text: one object, or one a line with --samples. Without either, one object."_s),
    };
}

QList<QByteArray> globsFrom(const CommandLine &line, QStringView option)
{
    QList<QByteArray> globs;
    for (const QString &text : line.values(option)) {
        // Tags are shown with their odd bytes as \xNN, and so they may be typed.
        const QByteArray bytes = text.toUtf8();
        globs += unescapedTag(bytes).value_or(bytes);
    }
    return globs;
}

Result<std::optional<PoolType>> typeFrom(const CommandLine &line)
{
    const QString word = line.value(u"type");
    if (word.isEmpty() || word == u"both")
        return std::optional<PoolType>();
    const auto type = poolTypeFromWord(word.toUtf8());
    if (type && *type != PoolType::None)
        return type;
    return line.usage(u"unknown pool type"_s, u"--type "_s + word, u"give nonpaged, paged or both"_s);
}

Result<TopQuery> queryFrom(const CommandLine &line)
{
    TopQuery query;
    if (line.isSet(u"sort")) {
        const QString word = line.value(u"sort");
        const auto key = topKeyFromText(word);
        if (!key)
            return line.usage(u"cannot sort by this"_s, u"--sort "_s + word, u"give one of "_s + sortWords());
        query.sort = *key;
    }
    query.byChange = line.isSet(u"change");
    const auto type = typeFrom(line);
    if (!type)
        return type.error();
    query.type = type.value();
    query.include = globsFrom(line, u"include");
    query.exclude = globsFrom(line, u"exclude");
    const auto limit = countFrom(line, u"limit");
    if (!limit)
        return limit.error();
    query.limit = limit.value();
    return query;
}

/// How many samples to print; nullopt: until stopped.
Result<std::optional<qint64>> samplesFrom(const CommandLine &line)
{
    auto samples = countFrom(line, u"samples");
    if (!samples)
        return samples;
    if (line.isSet(u"once") && samples.value().value_or(1) != 1) {
        return line.usage(u"one sample or several"_s, u"--once --samples "_s + line.value(u"samples"),
            u"leave one of the two options out"_s);
    }
    const bool isOne = line.isSet(u"once") || (line.isSet(u"json") && !samples.value());
    return isOne ? std::optional<qint64>(1) : samples.value();
}

/// Prints samples one after the other, as text or JSON.
class TopPrinter
{
public:
    TopPrinter(const TopQuery &query, const CommandLine &line, const QString &sourceTitle)
        : m_query(query)
        , m_totals(line.isSet(u"totals"))
        , m_json(line.isSet(u"json"))
        , m_sourceTitle(sourceTitle)
    {
        if (Terminal::outputIsTerminal())
            m_style.width = Terminal::size().columns;
    }

    SampleFeed::Next print(const SamplePtr &sample, bool afterGap)
    {
        const FramePtr frame = m_session.add(sample, afterGap);
        if (!frame)
            return SampleFeed::Next::Ignore;
        const QByteArray bytes = m_json ? json(*frame) : text(*frame);
        return m_output.write(bytes) ? SampleFeed::Next::Continue : SampleFeed::Next::End;
    }

    [[nodiscard]] int finish() const { return m_output.finish(); }

private:
    [[nodiscard]] QByteArray json(const Frame &frame) const
    {
        return sampleToJson(*selectedSample(frame, answer(frame, m_query))) + '\n';
    }

    [[nodiscard]] QByteArray text(const Frame &frame)
    {
        const bool isFirst = frame.number == 1;
        m_style.changes = !isFirst;
        const QString text = topText(frame, m_query, m_totals, m_sourceTitle, m_style);
        return (isFirst ? QByteArray() : QByteArray("\n")) + text.toUtf8();
    }

    TopQuery m_query;
    bool m_totals;
    bool m_json;
    QString m_sourceTitle;
    TopTableStyle m_style;
    Session m_session;
    StandardOutput m_output;
};

int run(const CommandLine &line)
{
    const auto query = queryFrom(line);
    if (!query)
        return report(query.error());
    const auto samples = samplesFrom(line);
    if (!samples)
        return report(samples.error());
    const auto interval = intervalFrom(line);
    if (!interval)
        return report(interval.error());
    auto made = sourceFrom(line);
    if (!made)
        return report(made.error());
    std::unique_ptr<Source> source = std::move(made).value();

    if (!samples.value() && Terminal::isInteractive())
        return runInteractiveTop(std::move(source),
            {.query = query.value(), .totals = line.isSet(u"totals"), .interval = interval.value()});
    TopPrinter printer(query.value(), line, source->title());
    SampleFeed feed({interval.value(), samples.value()},
        [&](const SamplePtr &sample, bool afterGap) { return printer.print(sample, afterGap); });
    const int code = feed.run(std::move(source));
    const int written = printer.finish();
    return written != 0 ? written : code;
}

} // namespace

const Command &topCommand()
{
    static const Command command{
        .name = u"top",
        .synopsis = u"[URI] [options]",
        .summary = u"the live table in a terminal, with PoolMon's keys; or samples for scripts",
        .description =
            u"Shows the kernel's memory by tag, largest first, and what changed since the last sample. In a "
            u"terminal it fills the screen until q is pressed: b sorts by bytes, d by what is not yet freed, "
            u"( by the change, p picks the pool, e shows totals, ? explains all keys.\n\n"
            u"Into a pipe or file, or with --once, --samples or --json, it prints instead. The first sample "
            u"has "
            u"no changes yet. – means that the kernel does not say.",
        .examples = u"sudo poolscope-cli top\n"
                    u"sudo poolscope-cli top --once --limit 20 --totals\n"
                    u"sudo poolscope-cli top --include 'kmalloc-*' --sort diff\n"
                    u"sudo poolscope-cli top --samples 60 --interval 1m --json > hour.jsonl\n"
                    u"poolscope-cli top 'command:ssh HOST sudo poolscope-cli stream'",
        .mostArguments = 1,
        .options = options,
        .run = run,
    };
    return command;
}

} // namespace poolscope
