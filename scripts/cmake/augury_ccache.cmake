# SPDX-License-Identifier: GPL-3.0-or-later
# Uses ccache when it is installed. The sloppiness is what ccache asks for with precompiled headers;
# without the working directory in the hash, several build folders share their objects.
find_program(AUGURY_CCACHE ccache)
if(AUGURY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${AUGURY_CCACHE})
endif()
