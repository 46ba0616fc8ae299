# SPDX-License-Identifier: GPL-3.0-or-later
# Every outside library, in one place. CONTRIBUTING.md says which Debian package brings which.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(Torch REQUIRED)
find_package(OpenCV REQUIRED COMPONENTS core imgproc imgcodecs)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost REQUIRED) # Boost.Math is headers alone
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

# LibTorch's own target carries warnings-prone headers and, in some builds, a CXX ABI flag.
add_library(augury_torch INTERFACE)
target_include_directories(augury_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(augury_torch INTERFACE ${TORCH_LIBRARIES} OpenMP::OpenMP_CXX)
separate_arguments(augury_torch_flags NATIVE_COMMAND "${TORCH_CXX_FLAGS}")
target_compile_options(augury_torch INTERFACE ${augury_torch_flags})

if(AUGURY_GUI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Charts Svg)
endif()
if(AUGURY_TESTS)
    find_package(Qt6 6.4 QUIET COMPONENTS Test)
endif()
