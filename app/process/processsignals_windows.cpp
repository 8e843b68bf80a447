// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/process/processsignals.h"

#include <QMetaObject>

#include <atomic>
#include <mutex>

#include <windows.h>

namespace poolscope {

namespace {

// The console calls its handler on a thread of its own, without any context.
std::mutex g_mutex;
ProcessSignals *g_instance = nullptr;
std::atomic<bool> g_stopWanted = false;

BOOL WINAPI handleConsole(DWORD)
{
    g_stopWanted = true;
    const std::lock_guard lock(g_mutex);
    if (!g_instance)
        return FALSE;
    QMetaObject::invokeMethod(g_instance, &ProcessSignals::stopWanted, Qt::QueuedConnection);
    return TRUE;
}

} // namespace

class ProcessSignals::Private
{
};

ProcessSignals::ProcessSignals(Output)
    : d(std::make_unique<Private>())
{
    g_stopWanted = false;
    {
        const std::lock_guard lock(g_mutex);
        g_instance = this;
    }
    ::SetConsoleCtrlHandler(handleConsole, TRUE);
}

ProcessSignals::~ProcessSignals()
{
    ::SetConsoleCtrlHandler(handleConsole, FALSE);
    const std::lock_guard lock(g_mutex);
    g_instance = nullptr;
}

void ProcessSignals::watchReader() { } // a console program is told by its next write

void ProcessSignals::watchTerminal() { } // a console has no such signals

void ProcessSignals::suspend() { }

void ProcessSignals::outliveFileLimits() { }

bool ProcessSignals::wasAskedToStop()
{
    return g_stopWanted;
}

} // namespace poolscope
