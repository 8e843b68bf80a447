// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <windows.h>

// When a thread ends, GCC for Windows frees its thread_locals by one thread-specific key and calls their
// destructors by another. Keys are served in the order in which they were made, and the first thread_local of
// a program makes the one that frees first: destructors then run on freed memory. Qt has such a thread_local
// for each thread that matches a regular expression, and QDir's name filters and the search for plugins are
// some. What followed were threads that died in the middle of their end, with winpthreads' lock on all keys
// held, and programs that therefore never ended. So each program makes the other key before it does anything.
namespace {

void nothing(void *) { }

/// Looked up, because mingw-w64 has a function of this name, too, and the linker may prefer that one.
bool makeKeyOfDestructors()
{
    using AtThreadEnd = int (*)(void (*destructor)(void *), void *object, void *library);
    const HMODULE runtime = ::GetModuleHandleW(L"libstdc++-6.dll");
    if (runtime == nullptr)
        return false;
    const FARPROC address = ::GetProcAddress(runtime, "__cxa_thread_atexit");
    const auto atThreadEnd = reinterpret_cast<AtThreadEnd>(reinterpret_cast<void *>(address));
    return atThreadEnd != nullptr && atThreadEnd(nothing, nullptr, nullptr) == 0;
}

[[maybe_unused]] const bool keyIsMade = makeKeyOfDestructors();

} // namespace
