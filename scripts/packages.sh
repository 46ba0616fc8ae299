# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What Augury needs, on Debian 12 and newer, with the reason. The one place where packages are named;
# sourced by scripts/setup.sh. Each line: for | packages | why.
#   for: run   to build and start the programs     test  to run the tests as well
#        12    only where Debian's version is 12
augury_packages() {
    cat <<'LIST'
run  | g++ cmake ninja-build                | the compiler and the build
run  | ccache                               | makes a second build short
run  | libtorch-dev                         | LibTorch: the network and its training
run  | libopenblas0-pthread                 | a fast BLAS for LibTorch (the reference one is many times slower)
run  | libopencv-dev                        | OpenCV: reads images and warps copies
run  | nlohmann-json3-dev libcli11-dev libfmt-dev | JSON, command line, text
run  | librandom123-dev libboost-dev        | random numbers by counter; statistical distributions
run  | libsqlitecpp-dev zlib1g-dev          | the history of runs; .gz data files
run  | qt6-base-dev qt6-charts-dev qt6-svg-dev | the window and its charts
12   | libqt6opengl6-dev                    | Qt Charts asks for it on Debian 12
run  | fonts-dejavu-core                    | letters for the charts
run  | dataset-fashion-mnist                | the default data set
test | python3                              | drives the command line's tests
LIST
}
