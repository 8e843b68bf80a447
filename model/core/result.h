// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

#include <utility>
#include <variant>

namespace poolscope {

/// Each kind is one exit code of the command line.
enum class ErrorKind
{
    Usage, ///< exit 2
    SourceUnavailable, ///< exit 3
    BadInput, ///< exit 4: unreadable or damaged
    WriteFailed, ///< exit 5
};

/// What went wrong, in the user's words: shown as "what: where: what to do".
struct Error
{
    ErrorKind kind = ErrorKind::BadInput;
    QString what; ///< e.g. "cannot read slab counters"
    QString where; ///< e.g. "/proc/slabinfo, line 17"; may be empty
    QString whatToDo; ///< e.g. "run as root or authorise the probe"; may be empty
    /// ISO 8601 times of which the user has to choose one before it goes on. Mostly none.
    QStringList choices = {};

    [[nodiscard]] QString text() const
    {
        QString out = what;
        for (const QString &part : {where, whatToDo}) {
            if (!part.isEmpty())
                out += QStringLiteral(": ") + part;
        }
        return out;
    }

    friend bool operator==(const Error &, const Error &) = default;
};

[[nodiscard]] constexpr int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Usage:
        return 2;
    case ErrorKind::SourceUnavailable:
        return 3;
    case ErrorKind::BadInput:
        return 4;
    case ErrorKind::WriteFailed:
        return 5;
    }
    return 2;
}

/// A value or the error that stood in its way.
template <typename T>
class [[nodiscard]] Result
{
public:
    explicit(false) Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    explicit(false) Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// For work that gives no value.
struct Done
{
};

} // namespace poolscope
