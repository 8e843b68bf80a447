# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# CPack settings: the folder that the build script filled, as a portable archive and as an installer.
#   SOURCE=DIR DIST=DIR VERSION=1.2.3 cpack --config package.cmake -G ZIP
#   SOURCE=DIR DIST=DIR VERSION=1.2.3 KIND=-setup cpack --config package.cmake -G NSIS
# Through the environment: what -D sets comes only after this file was read.

set(CPACK_PACKAGE_NAME PoolScope)
set(CPACK_PACKAGE_VERSION $ENV{VERSION})
set(CPACK_PACKAGE_VENDOR "The PoolScope authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Finds kernel-mode memory leaks")
set(CPACK_PACKAGE_DESCRIPTION "Live pool tags, charts, snapshots and comparisons of the kernel's memory.")
set(CPACK_INSTALLED_DIRECTORIES "$ENV{DIST};.")
set(CPACK_PACKAGE_INSTALL_DIRECTORY PoolScope)
set(CPACK_PACKAGE_INSTALL_REGISTRY_KEY PoolScope)
set(CPACK_RESOURCE_FILE_LICENSE $ENV{SOURCE}/LICENSE)
set(CPACK_SYSTEM_NAME win64)
set(CPACK_TOPLEVEL_TAG win64)
set(CPACK_PACKAGE_FILE_NAME PoolScope-$ENV{VERSION}-windows-x64$ENV{KIND})

# A 64-bit installer for 64-bit programs.
set(CPACK_NSIS_DEFINES "Target amd64-unicode\nManifestDPIAware true")
set(CPACK_NSIS_INSTALL_ROOT "$PROGRAMFILES64")
set(CPACK_NSIS_PACKAGE_NAME PoolScope)
set(CPACK_NSIS_UNINSTALL_NAME Uninstall) # CPack's own default is not there without its CMake module
set(CPACK_NSIS_DISPLAY_NAME "PoolScope ${CPACK_PACKAGE_VERSION}")
set(CPACK_NSIS_MUI_ICON $ENV{SOURCE}/packaging/windows/poolscope.ico)
set(CPACK_NSIS_MUI_UNIICON $ENV{SOURCE}/packaging/windows/poolscope.ico)
set(CPACK_NSIS_INSTALLED_ICON_NAME poolscope.exe)
set(CPACK_NSIS_EXECUTABLES_DIRECTORY .)
set(CPACK_PACKAGE_EXECUTABLES "poolscope;PoolScope")
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_COMPRESSOR "/SOLID lzma")
# The uninstaller works from a copy of itself: its own file can go as soon as the first process has ended.
set(CPACK_NSIS_EXTRA_UNINSTALL_COMMANDS [[
  StrCpy $R9 0
  poolscope_try:
    Delete "$INSTDIR\Uninstall.exe"
    IfFileExists "$INSTDIR\Uninstall.exe" 0 poolscope_gone
    IntOp $R9 $R9 + 1
    IntCmp $R9 100 poolscope_gone
    Sleep 100
    Goto poolscope_try
  poolscope_gone:
]])
