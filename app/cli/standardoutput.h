// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

namespace poolscope {

/// Writes to stdout at once and unbuffered, so that a reader gets whole blocks and a full disk is noticed.
/// Main thread.
class StandardOutput
{
public:
    StandardOutput();

    /// True while it makes sense to write more: not after an error, nor when the reader has gone or the
    /// program was asked to stop while it waited for the reader.
    bool write(QByteArrayView bytes);

    /// 0, also when the reader has gone: `| head` is no error. 5 after a failed write, which it reports.
    [[nodiscard]] int finish() const;

private:
    enum class State : quint8
    {
        Open,
        ReaderGone,
        Failed,
    };
    State m_state = State::Open;
    int m_errorNumber = 0; ///< of Failed
};

} // namespace poolscope
