// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/report/reporthtml.h"

#include "model/analysis/exhaustion.h"
#include "model/analysis/findingtext.h"
#include "model/core/duration.h"
#include "model/core/numberformat.h"
#include "model/core/tagtext.h"
#include "model/knowledge/nextsteps.h"
#include "model/report/svgchart.h"

#include <algorithm>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr size_t MostFindings = 30;
constexpr size_t MostCompared = 30;

const QString Style = uR"(
:root { color-scheme: light dark; --ink: #1a1a1a; --dim: #5f5f5f; --paper: #ffffff; --soft: #f2f4f7; --rule: #d5d9de;
  --leak: #b3261e; --suspect: #8a5300; --line: #0067b8; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --dim: #a8a8a8; --paper: #1b1c1e; --soft: #26282b;
  --rule: #45484d; --leak: #ff8a80; --suspect: #f0b429; --line: #6cb8ff; } }
body { margin: 2rem auto; padding: 0 1.2rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .3rem; } p { margin: .4rem 0; } .dim { color: var(--dim); }
.leak { color: var(--leak); font-weight: 600; } .suspect { color: var(--suspect); font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); vertical-align: top; }
th.n, td.n { text-align: right; white-space: nowrap; } .scroll { overflow-x: auto; }
code, pre { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .92em; }
pre { background: var(--soft); padding: .5rem .7rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0; }
svg.chart { width: 100%; height: auto; margin: .4rem 0; } .grid { stroke: var(--rule); stroke-width: 1; }
.mark { stroke: var(--dim); stroke-width: 1; stroke-dasharray: 4 3; }
.line { fill: none; stroke: var(--line); stroke-width: 1.6; } .axis { fill: var(--dim); font-size: 11px; }
details { margin: .5rem 0; } summary { cursor: pointer; }
@media print { :root { --ink: #000; --dim: #333; --paper: #fff; --soft: #f4f4f4; --rule: #bbb; --leak: #8c1d18;
  --suspect: #6b4000; --line: #00417a; } body { margin: 0; max-width: none; font-size: 10.5pt; }
  h3, svg, pre, tr { break-inside: avoid; } h2, h3, h3 + p, h3 + p + p { break-after: avoid; } }
)"_s;

QString escaped(const QString &text)
{
    // XML knows no control characters but these three.
    QString clean = text;
    clean.removeIf([](QChar c) { return c < u' ' && c != u'\t' && c != u'\n' && c != u'\r'; });
    return clean.toHtmlEscaped();
}

/// What TagEntry::driver holds.
QString ownerTitle(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Pool:
        return u"driver"_s;
    case SourceKind::Slab:
        return u"merged with"_s;
    case SourceKind::Site:
        return u"module"_s;
    }
    return {};
}

QString dateText(WallTime time)
{
    return toDateTime(time).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

class Page
{
public:
    explicit Page(const Report &report)
        : m_report(report)
        , m_analysis(report.analysis)
    {
    }

    QByteArray write()
    {
        const QString title = escaped(m_report.title);
        m_out =
            u"<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
            u"<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>"_s
            + title + u"</title>\n<style>"_s + Style + u"</style>\n</head>\n<body>\n<h1>"_s + title
            + u"</h1>\n"_s;
        m_out += u"<p class=\"dim\">Made by PoolScope on %1.</p>\n"_s.arg(dateText(m_report.made));
        writeSummary();
        writeMachine();
        writeFindings();
        writeRanking();
        writeComparison();
        writeMethod();
        m_out += u"</body>\n</html>\n"_s;
        return m_out.toUtf8();
    }

private:
    [[nodiscard]] const TagEntry &entry(const Finding &finding) const
    {
        return (*m_analysis.tags)[finding.id];
    }
    [[nodiscard]] QString name(const TagEntry &of) const
    {
        return u"<code>"_s + escaped(escapedTag(of.tag.bytes)) + u"</code>"_s;
    }
    [[nodiscard]] QString type(const Tag &tag) const
    {
        return escaped(poolTypeTitle(tag.type, m_analysis.kind));
    }
    [[nodiscard]] qsizetype countOf(Verdict verdict) const
    {
        return std::ranges::count(m_analysis.findings, verdict, &Finding::verdict);
    }

    void row(const QString &title, const QString &value)
    {
        if (!value.isEmpty())
            m_out += u"<tr><th scope=\"row\">%1</th><td>%2</td></tr>\n"_s.arg(escaped(title), escaped(value));
    }

    void writeSummary()
    {
        const qsizetype leaks = countOf(Verdict::Leak);
        const qsizetype suspects = countOf(Verdict::Suspect);
        m_out += leaks == 0 ? u"<p><strong>No tag is called a leak.</strong>"_s
                            : u"<p><strong class=\"leak\">%1 called a leak.</strong>"_s.arg(
                                leaks == 1 ? u"1 tag is"_s : u"%1 tags are"_s.arg(leaks));
        m_out += u" %1 worth watching, %2 steady.</p>\n"_s
                     .arg(suspects == 1 ? u"1 is"_s : u"%1 are"_s.arg(suspects))
                     .arg(countOf(Verdict::Steady));
    }

    void writeMachine()
    {
        const HostFacts &host = m_report.host;
        const Origin &origin = *m_report.origin;
        m_out += u"<h2>Machine and samples</h2>\n<div class=\"scroll\"><table>\n"_s;
        row(u"Host"_s, host.host.isEmpty() ? origin.host : host.host);
        row(u"System"_s, host.os.isEmpty() ? origin.system : host.os);
        row(u"Kernel"_s, host.kernel);
        row(u"Build"_s, host.build);
        row(u"Boot"_s, host.bootId.isEmpty() ? origin.bootId : host.bootId);
        const Counter ram = m_analysis.system[SystemField::MemTotal];
        row(u"Memory"_s, ram.isKnown() ? scaledBytesText(ram) : QString());
        const Counter available = m_analysis.system[SystemField::MemAvailable];
        row(u"Available at the end"_s, available.isKnown() ? scaledBytesText(available) : QString());
        if (host.uptimeSeconds.isKnown())
            row(u"Up since boot"_s,
                elapsedText(std::chrono::seconds(host.uptimeSeconds.value())) + u" at "_s
                    + dateText(host.wall));
        row(u"File"_s, m_analysis.input);
        row(u"Samples"_s,
            groupedText(Counter(static_cast<qint64>(m_analysis.samples))) + u", "_s
                + dateText(m_analysis.first) + u" to "_s + dateText(m_analysis.last) + u" ("_s
                + elapsedText(m_analysis.last - m_analysis.first) + u")"_s);
        row(u"Tags"_s, groupedText(Counter(std::ssize(*m_analysis.tags))));
        row(u"Not readable or assumed"_s, m_report.damage.join(u"; "_s));
        m_out += u"</table></div>\n"_s;
        writeMarks();
    }

    void writeMarks()
    {
        if (m_report.marks.empty())
            return;
        m_out += u"<details><summary>%1 marks</summary>\n<table>\n"_s.arg(m_report.marks.size());
        for (const Mark &mark : m_report.marks)
            row(dateText(mark.wall),
                mark.text.isEmpty() ? QString::fromLatin1(markKindWord(mark.kind)) : mark.text);
        m_out += u"</table></details>\n"_s;
    }

    void writeFindings()
    {
        m_out += u"<h2>Findings</h2>\n"_s;
        size_t written = 0;
        for (const Finding &finding : m_analysis.findings) {
            if (finding.verdict == Verdict::Steady || written++ == MostFindings)
                break;
            writeFinding(finding);
        }
        if (written == 0)
            m_out += u"<p>Nothing grew in a way that speaks for a leak.</p>\n"_s;
    }

    void writeFinding(const Finding &finding)
    {
        const TagEntry &of = entry(finding);
        const QString word = QString::fromLatin1(verdictWord(finding.verdict));
        m_out += u"<h3>%1 %2 <span class=\"%3\">%4</span></h3>\n"_s.arg(
            name(of), type(of.tag), word, escaped(verdictText(finding)));
        m_out += u"<p>%1</p>\n"_s.arg(escaped(reasonText(finding)));
        QStringList facts{u"confidence %1"_s.arg(finding.confidence, 0, 'f', 2)};
        if (finding.flaggedSince)
            facts += u"called a leak since "_s + dateText(*finding.flaggedSince);
        if (finding.freedFraction)
            facts += u"given back after the test: %1 %"_s.arg(std::lround(*finding.freedFraction * 100));
        if (const auto end = timeToExhaustion(finding, m_analysis.system))
            facts += u"if it goes on, "_s + exhaustionText(*end);
        if (!of.driver.isEmpty())
            facts += ownerTitle(m_analysis.kind) + u": "_s + driverText(of.driver);
        m_out += u"<p class=\"dim\">%1.</p>\n"_s.arg(escaped(facts.join(u"; "_s)));
        writeGroup(finding);
        const auto chart = std::ranges::find(m_report.charts, finding.id, &ReportChart::id);
        if (chart != m_report.charts.end()) {
            m_out += svgChart(
                chart->points, m_report.marks, u"Bytes held by %1 over time"_s.arg(escapedTag(of.tag.bytes)));
        }
        // Open for the first one, so that a printed page has them; the rest would bury the findings.
        writeSteps(of, finding.id == m_analysis.findings.front().id);
    }

    void writeGroup(const Finding &finding)
    {
        QStringList others;
        for (const Finding &other : m_analysis.findings) {
            if (finding.group && other.group == finding.group && other.id != finding.id)
                others += name(entry(other));
        }
        constexpr qsizetype MostNamed = 12;
        if (others.size() > MostNamed) {
            const QString more = u"%1 more"_s.arg(others.size() - MostNamed);
            others = others.first(MostNamed) + QStringList{more};
        }
        if (!others.isEmpty())
            m_out += u"<p>Grows in step with %1%2.</p>\n"_s.arg(others.join(u", "_s),
                finding.verdict == Verdict::Leak ? u": one leak, several tags"_s : QString());
    }

    void writeSteps(const TagEntry &of, bool isOpen)
    {
        m_out += isOpen ? u"<details open=\"open\"><summary>Next steps</summary>\n"_s
                        : u"<details><summary>Next steps</summary>\n"_s;
        for (const NextStep &step : nextSteps(of, m_analysis.kind)) {
            m_out += u"<p>%1 <span class=\"dim\">(%2)</span></p><pre>%3</pre><p class=\"dim\">%4</p>\n"_s.arg(
                escaped(step.title), escaped(step.place), escaped(step.command), escaped(step.note));
        }
        m_out += u"</details>\n"_s;
    }

    void writeRanking()
    {
        m_out +=
            u"<h2>All tags by suspicion</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th "
            u"scope=\"col\">Tag</th><th scope=\"col\">Type</th><th scope=\"col\">Verdict</th><th "
            u"class=\"n\" scope=\"col\">Rate</th><th class=\"n\" scope=\"col\">First</th><th class=\"n\" "
            u"scope=\"col\">Last</th></tr></thead>\n<tbody>\n"_s;
        size_t written = 0;
        for (const Finding &finding : m_analysis.findings) {
            if (written++ == MostFindings)
                break;
            const QString word = QString::fromLatin1(verdictWord(finding.verdict));
            m_out += u"<tr><td>%1</td><td>%2</td><td class=\"%3\">%3</td><td class=\"n\">%4</td><td "
                     u"class=\"n\">%5</td><td class=\"n\">%6</td></tr>\n"_s.arg(name(entry(finding)),
                         type(entry(finding).tag), word, escaped(rateText(finding.bytesPerHour)),
                         escaped(scaledBytesText(finding.bytesFirst)),
                         escaped(scaledBytesText(finding.bytesLast)));
        }
        m_out += u"</tbody></table></div>\n"_s;
        writeLeftOut(m_analysis.findings.size(), MostFindings);
    }

    void writeLeftOut(size_t all, size_t shown)
    {
        if (all > shown)
            m_out += u"<p class=\"dim\">%1 more are not listed.</p>\n"_s.arg(all - shown);
    }

    void writeComparison()
    {
        const Comparison &comparison = m_report.comparison;
        if (comparison.columns.empty())
            return;
        m_out += u"<h2>First and last sample</h2>\n<p class=\"dim\">%1 apart; sorted by change.</p>\n"_s.arg(
            elapsedText(comparison.elapsed));
        m_out += u"<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Tag</th><th "
                 u"scope=\"col\">Type</th><th class=\"n\" scope=\"col\">First</th><th class=\"n\" "
                 u"scope=\"col\">Last</th><th class=\"n\" scope=\"col\">Change</th><th class=\"n\" "
                 u"scope=\"col\">Objects</th></tr></thead>\n<tbody>\n"_s;
        size_t written = 0;
        for (const ComparisonRow &compared : comparison.rows) {
            const bool grew = compared.bytesChange.isKnown() && compared.bytesChange.value() > 0;
            if (!grew || written++ == MostCompared)
                break;
            m_out += u"<tr><td>%1</td><td>%2</td><td class=\"n\">%3</td><td class=\"n\">%4</td><td "
                     u"class=\"n\">%5</td><td class=\"n\">%6</td></tr>\n"_s.arg(
                         name({compared.tag, compared.driver}), type(compared.tag),
                         escaped(scaledBytesText(compared.bytes.front())),
                         escaped(scaledBytesText(compared.bytes.back())),
                         escaped(signedScaledBytesText(compared.bytesChange)),
                         escaped(signedGroupedText(compared.outstandingChange)));
        }
        m_out += u"</tbody></table></div>\n"_s;
    }

    void writeMethod()
    {
        m_out +=
            u"<h2>How to read this</h2>\n<p>A <em>leak</em> grew steadily over many samples, does not slow "
            u"down and gave nothing back; a <em>suspect</em> grows, but not clearly or not long enough; "
            u"<em>steady</em> means that nothing speaks for a leak. The rate is of the floor that is never "
            u"given back, with the interval that holds the true rate nine times of ten. The confidence "
            u"tells how often tags judged like this one were leaks. A cache that fills in a straight line "
            u"looks like a leak until it is full; whoever holds an object may be another than who owns its "
            u"tag.</p>\n"_s;
    }

    const Report &m_report;
    const AnalysisReport &m_analysis;
    QString m_out;
};

} // namespace

QByteArray reportToHtml(const Report &report)
{
    return Page(report).write();
}

} // namespace poolscope
