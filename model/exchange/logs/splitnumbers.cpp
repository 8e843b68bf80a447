// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/exchange/logs/splitnumbers.h"

#include <algorithm>

namespace poolscope {

namespace {

constexpr qsizetype Group = 3; ///< digits between two separators
constexpr qsizetype MostGroups = 6; ///< 18 digits fit 64 bits

/// Tries the ways to put the pieces together, from the left.
class Search
{
public:
    Search(const QByteArrayList &pieces, qsizetype count, std::span<const CountColumns> pools)
        : m_pieces(pieces)
        , m_count(count)
        , m_pools(pools)
    {
    }

    [[nodiscard]] std::optional<QByteArrayList> only()
    {
        tryFrom(0);
        return m_solutions == 1 && m_steps < MostSteps ? std::optional(m_solution) : std::nullopt;
    }

private:
    static constexpr int MostSteps = 20'000; ///< no row that a program wrote comes near

    void tryFrom(qsizetype at);
    [[nodiscard]] bool mayFollow(qsizetype at) const { return m_pieces[at].size() == Group; }
    [[nodiscard]] bool agrees() const;

    const QByteArrayList &m_pieces;
    qsizetype m_count;
    std::span<const CountColumns> m_pools;
    QByteArrayList m_numbers;
    QByteArrayList m_solution;
    int m_solutions = 0;
    int m_steps = 0;
};

/// Whether the number added last does not contradict those before it.
bool Search::agrees() const
{
    const qsizetype last = m_numbers.size() - 1;
    return std::ranges::all_of(m_pools, [&](const CountColumns &pool) {
        if (std::ranges::max(pool) != last)
            return true;
        const auto word = [&](size_t i) { return static_cast<quint32>(m_numbers[pool[i]].toULongLong()); };
        return word(0) - word(1) == word(2);
    });
}

void Search::tryFrom(qsizetype at)
{
    if (++m_steps >= MostSteps || m_solutions > 1)
        return;
    const qsizetype wanted = m_count - m_numbers.size();
    const qsizetype left = m_pieces.size() - at;
    if (wanted == 0) {
        if (left == 0 && ++m_solutions == 1)
            m_solution = m_numbers;
        return;
    }
    QByteArray number;
    for (qsizetype length = 1; length <= MostGroups && left - length >= wanted - 1; ++length) {
        const qsizetype piece = at + length - 1;
        const bool goesOn = length > 1;
        if (goesOn && (!mayFollow(piece) || m_pieces[at].size() > Group || m_pieces[at].startsWith('0')))
            return;
        number += m_pieces[piece];
        if (number.size() > 1 && number.startsWith('0'))
            return;
        m_numbers.push_back(number);
        if (agrees())
            tryFrom(at + length);
        m_numbers.pop_back();
    }
}

} // namespace

std::optional<QByteArrayList> numbersFromPieces(
    const QByteArrayList &pieces, qsizetype count, std::span<const CountColumns> pools)
{
    return Search(pieces, count, pools).only();
}

} // namespace poolscope
