// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/progressline.h"

#include "app/cli/terminal.h"
#include "model/core/tagtext.h"

#include <algorithm>
#include <cstdio>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qint64 FirstAfter = 500; // ms: what is done sooner needs no progress
constexpr qint64 Every = 100; // ms

void put(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

ProgressLine::ProgressLine(const QString &what)
    : m_what(what)
    , m_isTerminal(Terminal::errorIsTerminal())
    , m_nextAt(FirstAfter)
{
    m_since.start();
}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::show(double done)
{
    if (!m_isTerminal || m_since.elapsed() < m_nextAt)
        return;
    m_nextAt = m_since.elapsed() + Every;
    showText(u"%1 %2 %"_s.arg(m_what).arg(static_cast<int>(done * 100)));
}

void ProgressLine::showText(const QString &text)
{
    if (!m_isTerminal)
        return;
    // Blanks instead of escape sequences: not every console knows those.
    const QString line = printable(text);
    put(u'\r' + line + QString(std::max<qsizetype>(m_width - line.size(), 0), u' '));
    m_width = line.size();
}

void ProgressLine::clear()
{
    if (m_width > 0)
        put(u'\r' + QString(m_width, u' ') + u'\r');
    m_width = 0;
}

} // namespace poolscope
