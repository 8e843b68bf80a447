# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced after ../common.sh by build and test: where things are.

windows_dir=$build_dir/windows
tree_dir=$windows_dir/cmake
dist_dir=$windows_dir/dist
qt_archive=$root_dir/../shared/windows/qt6-windows-x64.tar.zst
# The compiler's own DLLs.
runtime_dirs=(/usr/lib/gcc/x86_64-w64-mingw32/12-posix /usr/x86_64-w64-mingw32/lib)

windows_build_packages=(g++-mingw-w64-x86-64-posix mingw-w64-x86-64-dev cmake ninja-build ccache zstd
    qt6-base-dev qt6-base-dev-tools nsis)
windows_test_packages=(wine wine64 xvfb xauth xdotool xclip imagemagick make python3 fonts-dejavu-core)
