// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QByteArray>

// QRegularExpression's just-in-time compiler gives each thread that matches a stack of its own, in a
// thread_local with a destructor. GCC for Windows frees the memory of a thread's thread_locals before it runs
// their destructors: this one frees whatever stands there by then, with winpthreads' lock on all keys held.
// Seen are programs that never end, because an exception left that lock locked. Worker threads match without
// knowing: QDir's name filters and the search for plugins are regular expressions. Without the compiler there
// is no such stack. In every program, before main(), because Qt asks only once.
namespace {

[[maybe_unused]] const bool withoutJit = qEnvironmentVariableIsSet("QT_ENABLE_REGEXP_JIT")
    || qputenv("QT_ENABLE_REGEXP_JIT", QByteArrayLiteral("0"));

} // namespace
