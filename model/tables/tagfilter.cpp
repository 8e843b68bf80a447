// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/tables/tagfilter.h"

#include "model/core/tagtext.h"
#include "model/tables/tagcolumns.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

struct NumberField
{
    QStringView name;
    Counter (*value)(const FrameRow &row);
};

constexpr std::array<NumberField, 7> NumberFields = {{
    {u"bytes", [](const FrameRow &row) { return row.reading.bytes; }},
    {u"diff", [](const FrameRow &row) { return row.reading.outstanding; }},
    {u"outstanding", [](const FrameRow &row) { return row.reading.outstanding; }},
    {u"rate", bytesPerHour},
    {u"allocs", [](const FrameRow &row) { return row.reading.allocs; }},
    {u"frees", [](const FrameRow &row) { return row.reading.frees; }},
    {u"per_alloc", [](const FrameRow &row) { return row.reading.perAlloc(); }},
}};

/// "1M", "100K", "1.5G", "-200": binary steps.
std::optional<double> numberFromText(QStringView text)
{
    double factor = 1;
    if (!text.isEmpty()) {
        constexpr QStringView Steps = u"KMGT";
        const qsizetype step = Steps.indexOf(text.back().toUpper());
        if (step >= 0) {
            factor = std::pow(1024.0, static_cast<double>(step + 1));
            text.chop(1);
        }
    }
    bool ok = false;
    const double number = text.toDouble(&ok);
    if (!ok || !std::isfinite(number))
        return std::nullopt;
    return number * factor;
}

QString wildcardPattern(QStringView wildcard)
{
    QString pattern;
    for (const QChar c : wildcard) {
        if (c == u'*')
            pattern += u".*"_s;
        else if (c == u'?')
            pattern += u'.';
        else
            pattern += QRegularExpression::escape(QStringView(&c, 1));
    }
    return QRegularExpression::anchoredPattern(pattern);
}

QString quoted(const Tag &tag)
{
    QString text = escapedTag(tag.bytes);
    text.replace(u'"', u"\\\""_s);
    return u'"' + text + u'"';
}

} // namespace

/// Reads an expression from left to right.
class TagFilterParser
{
public:
    explicit TagFilterParser(const QString &expression)
        : m_text(expression)
    {
    }

    TagFilter::Parsed parse()
    {
        for (skipBlanks(); m_at < m_text.size() && !m_error; skipBlanks())
            parseTerm();
        if (m_error)
            return {{}, m_error};
        return {std::move(m_filter), {}};
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    void fail(qsizetype position, const QString &text)
    {
        if (!m_error)
            m_error = FilterError{position, text};
    }

    [[nodiscard]] bool atEndOfTerm() const { return m_at >= m_text.size() || m_text[m_at].isSpace(); }

    void parseTerm()
    {
        const qsizetype start = m_at;
        bool isNegated = false;
        while (!atEndOfTerm() && m_text[m_at] == u'!') {
            isNegated = !isNegated;
            ++m_at;
        }
        if (atEndOfTerm()) {
            fail(start, u"nothing follows the exclamation mark"_s);
            return;
        }
        if (parseComparison(isNegated))
            return;
        TagFilter::NameTerm term{{}, isNegated};
        parseAlternative(term);
        while (!m_error && m_at < m_text.size() && m_text[m_at] == u'|') {
            ++m_at;
            parseAlternative(term);
        }
        m_filter.m_names.push_back(std::move(term));
    }

    /// False when the term is not a comparison: then nothing was read.
    bool parseComparison(bool isNegated)
    {
        const QStringView rest = QStringView(m_text).mid(m_at);
        for (const NumberField &field : NumberFields) {
            if (!rest.startsWith(field.name, Qt::CaseInsensitive))
                continue;
            const QStringView tail = rest.mid(field.name.size());
            if (tail.isEmpty() || (tail[0] != u'<' && tail[0] != u'>'))
                continue;
            const bool orEqual = tail.size() > 1 && tail[1] == u'=';
            TagFilter::Comparison comparison{.value = field.value, .isNegated = isNegated};
            if (tail[0] == u'<')
                comparison.op = orEqual ? TagFilter::Operator::LessOrEqual : TagFilter::Operator::Less;
            else
                comparison.op = orEqual ? TagFilter::Operator::GreaterOrEqual : TagFilter::Operator::Greater;
            m_at += field.name.size() + (orEqual ? 2 : 1);
            const qsizetype numberAt = m_at;
            while (!atEndOfTerm())
                ++m_at;
            const QStringView number = QStringView(m_text).mid(numberAt, m_at - numberAt);
            if (const auto limit = numberFromText(number)) {
                comparison.limit = *limit;
                m_filter.m_comparisons.push_back(comparison);
            } else {
                fail(numberAt, u"a number is expected here, such as 1000, 100K or 1.5M"_s);
            }
            return true;
        }
        return false;
    }

    void parseAlternative(TagFilter::NameTerm &term)
    {
        if (atEndOfTerm() || m_text[m_at] == u'|')
            fail(m_at, u"a name is expected beside the bar"_s);
        else if (m_text[m_at] == u'/')
            parsePattern(term);
        else if (m_text[m_at] == u'"')
            parseQuoted(term);
        else
            parseWord(term);
    }

    void parsePattern(TagFilter::NameTerm &term)
    {
        const qsizetype start = m_at++;
        QString pattern;
        while (m_at < m_text.size() && m_text[m_at] != u'/') {
            const bool isEscape = m_text[m_at] == u'\\' && m_at + 1 < m_text.size();
            if (isEscape && m_text[m_at + 1] == u'/')
                ++m_at;
            else if (isEscape)
                pattern += m_text[m_at++];
            pattern += m_text[m_at++];
        }
        if (m_at >= m_text.size()) {
            fail(start, u"the regular expression has no closing slash"_s);
            return;
        }
        ++m_at;
        QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption);
        if (!expression.isValid()) {
            fail(start + 1 + std::max<qsizetype>(expression.patternErrorOffset(), 0),
                u"invalid regular expression: "_s + expression.errorString());
            return;
        }
        expression.optimize();
        term.anyOf.emplace_back(TagFilter::Pattern{std::move(expression)});
    }

    void parseQuoted(TagFilter::NameTerm &term)
    {
        const qsizetype start = m_at++;
        QString tag;
        while (m_at < m_text.size() && m_text[m_at] != u'"') {
            const bool isEscape = m_text[m_at] == u'\\' && m_at + 1 < m_text.size();
            if (isEscape && m_text[m_at + 1] == u'"')
                ++m_at;
            else if (isEscape)
                tag += m_text[m_at++];
            tag += m_text[m_at++];
        }
        if (m_at >= m_text.size()) {
            fail(start, u"the closing quote is missing"_s);
            return;
        }
        ++m_at;
        term.anyOf.emplace_back(TagFilter::Exact{std::move(tag)});
    }

    void parseWord(TagFilter::NameTerm &term)
    {
        const qsizetype start = m_at;
        while (!atEndOfTerm() && m_text[m_at] != u'|')
            ++m_at;
        const QString word = m_text.mid(start, m_at - start);
        if (word.contains(u'*') || word.contains(u'?')) {
            term.anyOf.emplace_back(TagFilter::Wildcard{
                QRegularExpression(wildcardPattern(word), QRegularExpression::CaseInsensitiveOption)});
        } else {
            term.anyOf.emplace_back(TagFilter::Text{word});
        }
    }

    const QString m_text;
    qsizetype m_at = 0;
    TagFilter m_filter;
    std::optional<FilterError> m_error;
};

TagFilter::Parsed TagFilter::fromExpression(const QString &expression)
{
    return TagFilterParser(expression).parse();
}

bool TagFilter::isEmpty() const
{
    return m_names.empty() && !dependsOnValues() && m_types == TypeFilter::All;
}

bool TagFilter::matches(const Alternative &alternative, const QString &tag, const QString &driver)
{
    if (const auto *text = std::get_if<Text>(&alternative))
        return tag.contains(text->part, Qt::CaseInsensitive)
            || driver.contains(text->part, Qt::CaseInsensitive);
    if (const auto *exact = std::get_if<Exact>(&alternative))
        return tag == exact->tag;
    if (const auto *wildcard = std::get_if<Wildcard>(&alternative))
        return wildcard->pattern.match(tag).hasMatch();
    const auto &pattern = std::get<Pattern>(alternative).pattern;
    return pattern.match(tag).hasMatch() || pattern.match(driver).hasMatch();
}

bool TagFilter::matchesTag(const TagEntry &entry) const
{
    if (m_types == TypeFilter::Nonpaged && entry.tag.type != PoolType::Nonpaged)
        return false;
    if (m_types == TypeFilter::Paged && entry.tag.type != PoolType::Paged)
        return false;
    if (m_names.empty())
        return true;
    const QString tag = escapedTag(entry.tag.bytes);
    const QString driver = driverText(entry.driver);
    return std::all_of(m_names.begin(), m_names.end(), [&](const NameTerm &term) {
        const bool any = std::any_of(term.anyOf.begin(), term.anyOf.end(),
            [&](const Alternative &alternative) { return matches(alternative, tag, driver); });
        return any != term.isNegated;
    });
}

bool TagFilter::matchesValues(const FrameRow &row) const
{
    // A NaN rate is not above 0.
    if (m_growingOnly && !(row.bytesPerHour > 0))
        return false;
    return std::all_of(m_comparisons.begin(), m_comparisons.end(), [&](const Comparison &comparison) {
        const Counter counter = comparison.value(row);
        if (!counter.isKnown())
            return false;
        const auto value = static_cast<double>(counter.value());
        bool meets = false;
        switch (comparison.op) {
        case Operator::Less:
            meets = value < comparison.limit;
            break;
        case Operator::LessOrEqual:
            meets = value <= comparison.limit;
            break;
        case Operator::Greater:
            meets = value > comparison.limit;
            break;
        case Operator::GreaterOrEqual:
            meets = value >= comparison.limit;
            break;
        }
        return meets != comparison.isNegated;
    });
}

QString TagFilter::including(const QString &expression, const Tag &tag)
{
    // Terms are joined by "and": a second tag extends the quoted term at the end, if there is one.
    const QRegularExpression lastExactTerm(uR"re((^|\s)"([^"\\]|\\.)*"(\|"([^"\\]|\\.)*")*$)re"_s);
    const QString trimmed = expression.trimmed();
    if (trimmed.isEmpty())
        return quoted(tag);
    return trimmed + (lastExactTerm.match(trimmed).hasMatch() ? u'|' : u' ') + quoted(tag);
}

QString TagFilter::excluding(const QString &expression, const Tag &tag)
{
    const QString trimmed = expression.trimmed();
    return (trimmed.isEmpty() ? QString() : trimmed + u' ') + u'!' + quoted(tag);
}

} // namespace poolscope
