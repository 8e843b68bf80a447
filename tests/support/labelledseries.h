// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/analysisrun.h"

#include <QDir>
#include <QFile>
#include <QString>

#include <vector>

namespace poolscope::test {

/// Simulated kernel memory whose leaks are known, from tests/data/labelled. Each file is qCompress()ed text:
///   times D D …            milliseconds, each after the one before
///   tests START STOP …     milliseconds after the first sample; only where tests ran
///   tag NAME TYPE leak|steady
///   D D …                  outstanding, each sample's change; "-" where the tag is absent
///   D D …                  bytes, likewise
struct LabelledSeries
{
    std::vector<SamplePtr> samples;
    std::vector<TestInstant> tests;
    std::vector<bool> leaks; ///< by place in the tag list
    std::shared_ptr<const TagList> tags; ///< every tag of the series

    /// No samples where the file is missing or damaged.
    [[nodiscard]] static LabelledSeries read(const QString &name)
    {
        QFile file(QStringLiteral(POOLSCOPE_TEST_DATA "/labelled/") + name);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return fromText(qUncompress(file.readAll()).split('\n'));
    }
    [[nodiscard]] static QStringList names()
    {
        return QDir(QStringLiteral(POOLSCOPE_TEST_DATA "/labelled")).entryList({QStringLiteral("*.qz")});
    }

private:
    using Numbers = std::vector<std::optional<qint64>>;

    /// Running sums.
    [[nodiscard]] static Numbers sums(const QByteArray &line)
    {
        Numbers out;
        qint64 sum = 0;
        for (const QByteArray &word : line.split(' '))
            out.push_back(word == "-" ? std::nullopt : std::optional(sum += word.toLongLong()));
        return out;
    }
    [[nodiscard]] static WallTime at(qint64 ms)
    {
        return WallTime(std::chrono::seconds(1'795'370'400) + std::chrono::milliseconds(ms));
    }
    [[nodiscard]] static LabelledSeries fromText(const QList<QByteArray> &lines)
    {
        LabelledSeries series;
        Numbers times;
        auto tags = std::make_shared<TagList>();
        std::vector<std::pair<Numbers, Numbers>> courses;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const QList<QByteArray> words = lines[i].split(' ');
            if (words[0] == "times") {
                times = sums(lines[i].sliced(6));
            } else if (words[0] == "tests") {
                for (qsizetype w = 1; w < words.size(); ++w)
                    series.tests.push_back({at(words[w].toLongLong()), w % 2 == 1});
            } else if (words[0] == "tag" && i + 2 < lines.size()) {
                tags->push_back({{words[1], words[2] == "Paged" ? PoolType::Paged : PoolType::Nonpaged}, {}});
                series.leaks.push_back(words[3] == "leak");
                courses.emplace_back(sums(lines[i + 1]), sums(lines[i + 2]));
                i += 2;
            }
        }
        series.tags = std::move(tags);
        series.take(times, courses);
        return series;
    }
    void take(const Numbers &times, const std::vector<std::pair<Numbers, Numbers>> &courses)
    {
        auto origin = std::make_shared<Origin>();
        origin->uri = QStringLiteral("pool:");
        origin->kind = SourceKind::Pool;
        for (size_t i = 0; i < times.size(); ++i) {
            auto sample = std::make_shared<Sample>();
            auto present = std::make_shared<TagList>();
            for (size_t tag = 0; tag < courses.size(); ++tag) {
                const auto &[outstanding, bytes] = courses[tag];
                if (!bytes.at(i))
                    continue;
                present->push_back((*tags)[tag]);
                sample->readings.push_back({{}, {}, Counter(*outstanding.at(i)), Counter(*bytes[i])});
            }
            sample->wall = at(*times[i]);
            sample->monotonic = std::chrono::milliseconds(*times[i] + 1000);
            sample->origin = origin;
            sample->tags = std::move(present);
            samples.push_back(std::move(sample));
        }
    }
};

} // namespace poolscope::test
