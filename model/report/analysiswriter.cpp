// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/analysiswriter.h"

#include "model/analysis/findingtext.h"
#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"

#include <algorithm>
#include <array>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

double secondsBetween(WallTime from, WallTime to)
{
    return std::chrono::duration<double>(to - from).count();
}

class Json
{
public:
    Json(const AnalysisReport &report, JsonStyle style)
        : m_report(report)
        , m_json(style)
    {
    }

    QByteArray write();

private:
    void number(QByteArrayView key, double value)
    {
        m_json.key(key);
        m_json.number(value); // null where it is not finite
    }
    void number(QByteArrayView key, Counter value)
    {
        m_json.key(key);
        m_json.number(value);
    }
    void number(QByteArrayView key, std::optional<double> value)
    {
        number(key, value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    void instant(QByteArrayView key, std::optional<WallTime> time)
    {
        number(key, time ? std::optional(secondsBetween(m_report.first, *time)) : std::nullopt);
    }
    void ascii(QByteArrayView key, QByteArrayView word)
    {
        m_json.key(key);
        m_json.ascii(word);
    }
    void writeFinding(const Finding &finding, qint64 rank);
    void writeExhaustion(const Finding &finding);

    const AnalysisReport &m_report;
    JsonWriter m_json;
};

QByteArray Json::write()
{
    m_json.beginObject();
    ascii("schema", "poolscope.analysis/1");
    m_json.key("input");
    m_json.text(m_report.input);
    number("samples", Counter(static_cast<qint64>(m_report.samples)));
    number("duration_s", secondsBetween(m_report.first, m_report.last));
    m_json.key("findings");
    m_json.beginArray();
    qint64 rank = 0;
    for (const Finding &finding : m_report.findings)
        writeFinding(finding, ++rank);
    m_json.endArray();
    m_json.endObject();
    return m_json.take();
}

void Json::writeFinding(const Finding &finding, qint64 rank)
{
    const TagEntry &entry = (*m_report.tags)[finding.id];
    m_json.beginObject(JsonWriter::Layout::OneLine);
    number("rank", Counter(rank));
    ascii("tag", escapedTagBytes(entry.tag.bytes));
    ascii("type", poolTypeWord(entry.tag.type));
    ascii("verdict", verdictWord(finding.verdict));
    number("confidence", finding.confidence);
    number("rate_bytes_per_hour", finding.bytesPerHour);
    number("rate_low", finding.bytesPerHourLow);
    number("rate_high", finding.bytesPerHourHigh);
    number("outstanding_per_hour", finding.outstandingPerHour);
    number("bytes_first", finding.bytesFirst);
    number("bytes_last", finding.bytesLast);
    instant("first_flagged_s", finding.firstFlagged);
    instant("flagged_since_s", finding.flaggedSince);
    number("freed_fraction", finding.freedFraction);
    number("group", finding.group ? Counter(*finding.group) : Counter());
    m_json.key("reason");
    m_json.text(reasonText(finding));
    number("outstanding_per_hour_low", finding.outstandingPerHourLow);
    number("outstanding_per_hour_high", finding.outstandingPerHourHigh);
    number("judged_over_s", finding.judgedOver.count());
    writeExhaustion(finding);
    m_json.key("driver");
    m_json.textOrNull(QString::fromUtf8(entry.driver));
    m_json.endObject();
}

void Json::writeExhaustion(const Finding &finding)
{
    const auto exhaustion = timeToExhaustion(finding, m_report.system);
    const auto part = [&](double Exhaustion::*member) {
        return exhaustion ? std::optional((*exhaustion).*member) : std::nullopt;
    };
    number("exhausted_in_hours", part(&Exhaustion::hours));
    number("exhausted_in_hours_low", part(&Exhaustion::hoursLow));
    number("exhausted_in_hours_high", exhaustion ? exhaustion->hoursHigh : std::nullopt);
}

QString nameOf(const AnalysisReport &report, const Finding &finding)
{
    const Tag &tag = (*report.tags)[finding.id].tag;
    const QString type = poolTypeTitle(tag.type, report.kind);
    const QString name = escapedTag(tag.bytes);
    return type.isEmpty() ? name : QString(name + u" ("_s + type + u')');
}

QString companions(const AnalysisReport &report, const Finding &finding)
{
    QStringList names;
    for (const Finding &other : report.findings) {
        if (finding.group && other.group == finding.group && other.id != finding.id)
            names += escapedTag((*report.tags)[other.id].tag.bytes);
    }
    constexpr qsizetype MostNamed = 12;
    if (names.size() > MostNamed)
        names = names.first(MostNamed) + QStringList{u"%1 more"_s.arg(names.size() - MostNamed)};
    return names.join(u", ");
}

QString paragraph(const AnalysisReport &report, const Finding &finding)
{
    QString text = nameOf(report, finding) + u": "_s + verdictText(finding) + u" (confidence "_s
        + QString::number(finding.confidence, 'f', 2) + u")\n    "_s + reasonText(finding) + u'\n';
    if (const auto exhaustion = timeToExhaustion(finding, report.system))
        text += u"    If it goes on, "_s + exhaustionText(*exhaustion) + u".\n"_s;
    if (const QString others = companions(report, finding); !others.isEmpty())
        text += u"    Grows in step with "_s + others
            + (finding.verdict == Verdict::Leak ? u": one leak, several tags.\n"_s : u".\n"_s);
    return text;
}

QString section(const AnalysisReport &report, Verdict verdict, const QString &title, size_t limit)
{
    QString text;
    size_t count = 0;
    for (const Finding &finding : report.findings) {
        if (finding.verdict == verdict && (++count <= limit || limit == 0))
            text += paragraph(report, finding);
    }
    if (count == 0)
        return {};
    const QString more = limit != 0 && count > limit ? u"(%1 more)\n"_s.arg(count - limit) : QString();
    return title.arg(count) + u"\n\n"_s + text + more + u'\n';
}

} // namespace

QByteArray analysisToJson(const AnalysisReport &report, JsonStyle style)
{
    return Json(report, style).write();
}

QByteArray analysisToText(const AnalysisReport &report, size_t limit)
{
    const auto steady = std::ranges::count(report.findings, Verdict::Steady, &Finding::verdict);
    const auto leaks = std::ranges::count(report.findings, Verdict::Leak, &Finding::verdict);
    QString text = u"%1: %2 samples in %3, %4 tags\n\n"_s.arg(report.input)
                       .arg(report.samples)
                       .arg(elapsedText(report.last - report.first))
                       .arg(report.findings.size());
    if (leaks == 0)
        text += u"No tag is called a leak.\n\n"_s;
    text += section(report, Verdict::Leak, u"LEAK: %1"_s, limit);
    text += section(report, Verdict::Suspect, u"SUSPECT: %1"_s, limit);
    text += u"Steady: %1\n"_s.arg(steady);
    return text.toUtf8();
}

} // namespace poolscope
