// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/screen/topscreen.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace poolscope {

/// Turns the bytes that a terminal sends into keys: ASCII, and the CSI and SS3 sequences of xterm, the
/// Linux console and rxvt. What it does not know is Kind::Other, once per key. Pure, no terminal needed.
class KeyDecoder
{
public:
    /// `bytes` may end anywhere within a key.
    [[nodiscard]] std::vector<TerminalKey> feed(QByteArrayView bytes);
    /// True when a key is incomplete: more bytes follow at once, or it was the Escape key.
    [[nodiscard]] bool isPending() const { return !m_pending.isEmpty(); }
    /// Nothing followed: what is pending is a key by itself.
    [[nodiscard]] std::vector<TerminalKey> flush();

private:
    /// Takes one key from the front; 0 when more bytes are needed.
    [[nodiscard]] static qsizetype take(QByteArrayView bytes, TerminalKey &key);

    QByteArray m_pending;
};

} // namespace poolscope
