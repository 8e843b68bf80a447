# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later

# poolscope_windows_program(TARGET "What it is")
# Gives a program what Windows expects of one: version resource, icon and manifest. Does nothing elsewhere.
function(poolscope_windows_program target description)
    if(NOT WIN32)
        return()
    endif()
    set(folder ${PROJECT_SOURCE_DIR}/packaging/windows)
    set(program_name ${target})
    set(program_description "${description}")
    set(program_icon ${folder}/poolscope.ico)
    set(program_manifest ${CMAKE_CURRENT_BINARY_DIR}/${target}.manifest)
    configure_file(${folder}/program.manifest.in ${program_manifest} @ONLY)
    if(MSVC)
        # The linker merges it with its own one; a second manifest in the resources would be an error.
        target_sources(${target} PRIVATE ${program_manifest})
        set(manifest_resource)
    else()
        set(manifest_resource "1 24 \"${program_manifest}\"")
    endif()
    configure_file(${folder}/program.rc.in ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc @ONLY)
    target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc)
endfunction()
if(WIN32)
    enable_language(RC)
endif()
