// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/keydecoder.h"

#include <utility>

namespace poolscope {

namespace {

using Kind = TerminalKey::Kind;

constexpr char Esc = '\x1b';

Kind kindOfLetter(char letter)
{
    switch (letter) {
    case 'A':
        return Kind::Up;
    case 'B':
        return Kind::Down;
    case 'H':
        return Kind::Home;
    case 'F':
        return Kind::End;
    default:
        return Kind::Other;
    }
}

Kind kindOfNumber(QByteArrayView parameters)
{
    const QByteArrayView number = parameters.first(
        std::max<qsizetype>(0, parameters.indexOf(';') < 0 ? parameters.size() : parameters.indexOf(';')));
    if (number == "1" || number == "7")
        return Kind::Home;
    if (number == "4" || number == "8")
        return Kind::End;
    if (number == "5")
        return Kind::PageUp;
    if (number == "6")
        return Kind::PageDown;
    return Kind::Other;
}

/// ECMA-48, 5.4: parameters and intermediates 0x20..0x3F, then one final byte.
qsizetype takeCsi(QByteArrayView bytes, TerminalKey &key)
{
    constexpr qsizetype Start = 2;
    // The Linux console sends F1 to F5 as ESC [ [ A to E.
    if (bytes.size() > Start && bytes[Start] == '[') {
        key.kind = Kind::Other;
        return bytes.size() > Start + 1 ? Start + 2 : 0;
    }
    qsizetype end = Start;
    while (end < bytes.size() && bytes[end] >= 0x20 && bytes[end] <= 0x3F)
        ++end;
    if (end == bytes.size())
        return 0;
    key.kind = bytes[end] == '~' ? kindOfNumber(bytes.sliced(Start, end - Start)) : kindOfLetter(bytes[end]);
    return end + 1;
}

} // namespace

qsizetype KeyDecoder::take(QByteArrayView bytes, TerminalKey &key)
{
    key = {};
    if (bytes[0] != Esc) {
        const auto byte = static_cast<unsigned char>(bytes[0]);
        qsizetype length = 1;
        if (byte < 0x80) {
            key = {Kind::Character, byte};
        } else {
            while (length < bytes.size() && (static_cast<unsigned char>(bytes[length]) & 0xC0) == 0x80)
                ++length;
        }
        return length;
    }
    if (bytes.size() < 2)
        return 0;
    switch (bytes[1]) {
    case '[':
        return takeCsi(bytes, key);
    case 'O':
        if (bytes.size() < 3)
            return 0;
        key.kind = kindOfLetter(bytes[2]);
        return 3;
    case Esc:
        key.kind = Kind::Escape;
        return 1;
    default:
        return 2; // Alt and a key
    }
}

std::vector<TerminalKey> KeyDecoder::feed(QByteArrayView bytes)
{
    m_pending += bytes;
    std::vector<TerminalKey> keys;
    qsizetype at = 0;
    while (at < m_pending.size()) {
        TerminalKey key;
        const qsizetype length = take(QByteArrayView(m_pending).sliced(at), key);
        if (length == 0)
            break;
        keys.push_back(key);
        at += length;
    }
    m_pending.remove(0, at);
    return keys;
}

std::vector<TerminalKey> KeyDecoder::flush()
{
    const QByteArray rest = std::exchange(m_pending, {});
    if (rest.isEmpty())
        return {};
    // A sequence that broke off is no Escape: it must not quit.
    return {{rest.size() == 1 ? Kind::Escape : Kind::Other, 0}};
}

} // namespace poolscope
