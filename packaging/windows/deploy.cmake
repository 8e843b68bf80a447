# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Puts the DLLs and plugins that cross-built programs need next to them: windeployqt runs on Windows only,
# and CMake's own RUNTIME_DEPENDENCIES looks for DLL names in lower case. What is in none of the folders is
# Windows' own.
#   cmake -D DEST=DIR -D SEARCH="DIR;DIR" -D PLUGIN_DIR=DIR -D PLUGINS="platforms/qwindows;…" -P deploy.cmake

set(objdump x86_64-w64-mingw32-objdump)
set(strip x86_64-w64-mingw32-strip)

foreach(folder IN LISTS SEARCH)
    file(GLOB libraries "${folder}/*.dll")
    foreach(library IN LISTS libraries)
        get_filename_component(name "${library}" NAME)
        string(TOLOWER "${name}" key)
        if(NOT DEFINED found_${key})
            set(found_${key} "${library}")
        endif()
    endforeach()
endforeach()

file(GLOB to_look_at "${DEST}/*.exe")
foreach(plugin IN LISTS PLUGINS)
    set(file "${PLUGIN_DIR}/${plugin}.dll")
    if(NOT EXISTS "${file}")
        message(FATAL_ERROR "this Qt has no plugin ${file}")
    endif()
    get_filename_component(kind "${plugin}" DIRECTORY)
    file(COPY "${file}" DESTINATION "${DEST}/plugins/${kind}")
    list(APPEND to_look_at "${DEST}/plugins/${plugin}.dll")
endforeach()

while(to_look_at)
    list(POP_FRONT to_look_at file)
    execute_process(COMMAND ${strip} --strip-unneeded "${file}" COMMAND_ERROR_IS_FATAL ANY)
    execute_process(COMMAND ${objdump} -p "${file}" OUTPUT_VARIABLE headers COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "DLL Name: [^\r\n]+" imports "${headers}")
    foreach(import IN LISTS imports)
        string(REGEX REPLACE "^DLL Name: *" "" name "${import}")
        string(STRIP "${name}" name)
        string(TOLOWER "${name}" key)
        if(DEFINED found_${key})
            get_filename_component(name "${found_${key}}" NAME)
            if(NOT EXISTS "${DEST}/${name}")
                file(COPY "${found_${key}}" DESTINATION "${DEST}")
                list(APPEND to_look_at "${DEST}/${name}")
            endif()
        endif()
    endforeach()
endwhile()
file(WRITE "${DEST}/qt.conf" "[Paths]\nPlugins = plugins\n")
