# SPDX-License-Identifier: GPL-3.0-or-later
# Link this to every target of ours: warnings, and the sanitizers when asked for.
add_library(augury_options INTERFACE)
target_include_directories(augury_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(augury_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
    -Wconversion $<$<BOOL:${AUGURY_WERROR}>:-Werror>)
if(AUGURY_NATIVE)
    target_compile_options(augury_options INTERFACE -march=native)
endif()
foreach(sanitizer IN LISTS AUGURY_SANITIZE)
    target_compile_options(augury_options INTERFACE -fsanitize=${sanitizer} -fno-omit-frame-pointer)
    target_link_options(augury_options INTERFACE -fsanitize=${sanitizer})
endforeach()
