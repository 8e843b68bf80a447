// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/sampling/frame.h"

#include <QRegularExpression>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace poolscope {

enum class TypeFilter : quint8
{
    All,
    Nonpaged,
    Paged,
};

/// What is wrong with a filter expression, and where.
struct FilterError
{
    qsizetype position = 0; ///< index of the first character of what is wrong
    QString text; ///< one sentence without the position

    friend bool operator==(const FilterError &, const FilterError &) = default;
};

/// Which tags the table shows. An expression is a list of terms separated by blanks; a tag is shown when it
/// meets all of them:
///
///     pipe          text: part of the tag or of the driver, in any case of letters
///     kmalloc-*     with * or ?: a wildcard over the whole tag, in any case of letters
///     "Ntfs"        in quotes: exactly this tag; \" stands for a quote
///     pipe|sock     any of these (text, wildcards and quotes)
///     /^ext4_/      regular expression anywhere in the tag or driver, in any case of letters
///     bytes>1M      a number; also diff, rate (bytes per hour), allocs, frees, per_alloc with > >= < <= and
///                   K, M, G, T in binary steps
///     !term         not
///
/// Text is compared with what the screen shows: unprintable bytes as \xNN. An unknown number meets no
/// comparison. Value type.
class TagFilter
{
public:
    TagFilter() = default;

    /// A filter from an expression. With an error the filter lets everything through.
    struct Parsed;
    [[nodiscard]] static Parsed fromExpression(const QString &expression);

    void setTypes(TypeFilter types) { m_types = types; }
    [[nodiscard]] TypeFilter types() const { return m_types; }
    /// Only tags with a known rate above 0.
    void setGrowingOnly(bool on) { m_growingOnly = on; }
    [[nodiscard]] bool isGrowingOnly() const { return m_growingOnly; }

    /// The part that cannot change while the tag lives: text and pool type.
    [[nodiscard]] bool matchesTag(const TagEntry &entry) const;
    /// The part that depends on numbers.
    [[nodiscard]] bool matchesValues(const FrameRow &row) const;
    [[nodiscard]] bool dependsOnValues() const { return m_growingOnly || !m_comparisons.empty(); }
    /// True when it lets everything through.
    [[nodiscard]] bool isEmpty() const;

    /// `expression` with the tag added to what it shows, or excluded from it.
    [[nodiscard]] static QString including(const QString &expression, const Tag &tag);
    [[nodiscard]] static QString excluding(const QString &expression, const Tag &tag);

private:
    friend class TagFilterParser;

    /// Part of the tag or driver.
    struct Text
    {
        QString part;
    };
    /// Exactly this tag.
    struct Exact
    {
        QString tag;
    };
    /// Over the whole tag.
    struct Wildcard
    {
        QRegularExpression pattern;
    };
    /// Anywhere in the tag or driver.
    struct Pattern
    {
        QRegularExpression pattern;
    };
    using Alternative = std::variant<Text, Exact, Wildcard, Pattern>;
    struct NameTerm
    {
        std::vector<Alternative> anyOf;
        bool isNegated = false;
    };

    enum class Operator : quint8
    {
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
    };
    struct Comparison
    {
        Counter (*value)(const FrameRow &row) = nullptr;
        Operator op = Operator::Greater;
        double limit = 0;
        bool isNegated = false;
    };

    [[nodiscard]] static bool matches(
        const Alternative &alternative, const QString &tag, const QString &driver);

    std::vector<NameTerm> m_names;
    std::vector<Comparison> m_comparisons;
    TypeFilter m_types = TypeFilter::All;
    bool m_growingOnly = false;
};

struct TagFilter::Parsed
{
    TagFilter filter;
    std::optional<FilterError> error;
};

} // namespace poolscope
