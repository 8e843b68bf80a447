// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/standardoutput.h"

#include "app/cli/report.h"
#include "app/cli/terminal.h"
#include "app/process/processsignals.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

StandardOutput::StandardOutput()
{
    Terminal::prepareOutput();
    std::setvbuf(stdout, nullptr, _IONBF, 0);
}

bool StandardOutput::write(QByteArrayView bytes)
{
    while (m_state == State::Open && !bytes.isEmpty()) {
        errno = 0;
        const size_t written = std::fwrite(bytes.data(), 1, static_cast<size_t>(bytes.size()), stdout);
        const int error = errno;
        bytes = bytes.sliced(static_cast<qsizetype>(written));
        if (bytes.isEmpty())
            break;
        std::clearerr(stdout);
        if (error == EINTR && !ProcessSignals::wasAskedToStop())
            continue;
        // EIO: the terminal was closed.
        if (error == EINTR || error == EPIPE || error == EIO) {
            m_state = State::ReaderGone;
        } else {
            m_state = State::Failed;
            m_errorNumber = error;
        }
    }
    return m_state == State::Open;
}

int StandardOutput::finish() const
{
    if (m_state != State::Failed)
        return 0;
    const QString why = QString::fromLocal8Bit(std::strerror(m_errorNumber));
    return report({ErrorKind::WriteFailed, u"cannot write (%1)"_s.arg(why), u"standard output"_s,
        u"make room, or send the output somewhere else"_s});
}

} // namespace poolscope
