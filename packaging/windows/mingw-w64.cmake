# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# CMake toolchain: Windows x86-64 programs from Debian's mingw-w64 with POSIX threads. Qt's own tools (moc,
# rcc, uic) are the host's, so the host's Qt must have the same version as the one in CMAKE_PREFIX_PATH.

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_VERSION 10.0)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

set(mingw_triple x86_64-w64-mingw32)
set(CMAKE_C_COMPILER /usr/bin/${mingw_triple}-gcc-posix)
set(CMAKE_CXX_COMPILER /usr/bin/${mingw_triple}-g++-posix)
set(CMAKE_RC_COMPILER /usr/bin/${mingw_triple}-windres)

# Compiler checks are projects of their own and must look in the same places.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CMAKE_PREFIX_PATH QT_HOST_PATH)

# Libraries and packages of the target only, programs of the host only.
set(CMAKE_FIND_ROOT_PATH /usr/${mingw_triple} ${CMAKE_PREFIX_PATH})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Debian keeps the packages of Qt's host tools where a cross build does not look by itself.
set(debian_qt /usr/lib/x86_64-linux-gnu/cmake)
if(NOT DEFINED QT_HOST_PATH AND EXISTS ${debian_qt}/Qt6HostInfo)
    set(QT_HOST_PATH /usr CACHE PATH "Qt of the build machine")
    set(QT_HOST_PATH_CMAKE_DIR ${debian_qt} CACHE PATH "CMake packages of Qt's host tools")
endif()
