#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. Prints every breach in the source tree named by the first argument; exits 1 if there is one.

- The arrow of dependency runs upward only: core <- ui/session <- ui/… <- app.
- core includes no Qt.
- Qt Charts stays in ui/charts/, also behind headers: nobody else reaches a header of ours that includes it.
- LibTorch stays in core/model/ and core/train/, behind headers that none other reaches: a public header of core
  includes nothing heavier than <torch/types.h>.
"""
import pathlib
import posixpath
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*(?:include|import)\s*([<"])([^>"]+)[>"]')
QT = re.compile(r"^(Qt[A-Z]\w*/|Q[A-Z]\w*$|Qt$|q[a-z]+\.h$)")
CHARTS = re.compile(
    r"^(QtCharts(/|$)|QtCharts(Depends|Version)$|"
    r"Q(Polar)?Chart(View|Global)?$|Q(HXY|VXY|XY)\w*$|"
    r"Q\w*ModelMapper$|"
    r"Q(Abstract|Abstract\w*|Area|\w*Bar|BoxPlot|Candlestick|Line|Pie|Scatter|Spline|XY)Series$|"
    r"Q(Abstract|BarCategory|Category|Color|DateTime|LogValue|Value)Axis$|"
    r"Q(Area|Bar|BoxPlot|Candlestick|Pie|XY)?LegendMarker$|QLegend$|"
    r"Q(Bar|Box|Candlestick)Set$|QPieSlice$|q\w*(chart|series|axis)\w*\.h$)")
TORCH = re.compile(r"^(torch|ATen|c10|caffe2)/")
LIGHT_TORCH = {"torch/types.h"}
TORCH_ROOMS = ("core/model/", "core/train/", "tests/core/model/", "tests/core/train/", "tests/bench/")

# A folder, and the folders of ours that its files may include. The longest match counts.
ALLOWED = {
    "core/": ("core/",),
    "ui/session/": ("core/", "ui/session/"),
    "ui/": ("core/", "ui/"),
    "app/cli/": ("core/", "ui/charts/", "ui/widgets/contact_sheet.h", "app/cli/"),
    "app/": ("core/", "ui/", "app/"),
}


def includes_of(path):
    """[(line number, is quoted, name)]"""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            found.append((number, match.group(1) == '"', match.group(2)))
    return found


def breaches(root):
    root = pathlib.Path(root)
    files = {}
    for folder in ("core", "ui", "app", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".hpp", ".cpp", ".cc"):
                files[path.relative_to(root).as_posix()] = includes_of(path)
    problems = []

    def ours(name, includer):
        """The file of ours that an include means, if it is one."""
        if name in files:
            return name
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(includer), name))
        return beside if beside in files else None

    def reaches(start, pattern, light=frozenset()):
        """The chain of headers from `start` to an include that matches, or None."""
        seen, queue = {start}, [[start]]
        while queue:
            chain = queue.pop(0)
            for _, _, name in files[chain[-1]]:
                if pattern.match(name) and name not in light:
                    return chain + [name]
                target = ours(name, chain[-1])
                if target and target not in seen:
                    seen.add(target)
                    queue.append(chain + [target])
        return None

    for name, includes in files.items():
        room = max((folder for folder in ALLOWED if name.startswith(folder)), key=len, default=None)
        for number, _, included in includes:
            where = f"{name}:{number}"
            if room == "core/" and QT.match(included):
                problems.append(f"{where}: core includes Qt ({included})")
            target = ours(included, name)
            if room and target and not target.startswith(ALLOWED[room]):
                problems.append(f"{where}: {room} may not include {target}")
        if not name.startswith(("ui/charts/", "tests/")):
            chain = reaches(name, CHARTS)
            if chain:
                problems.append(f"{name}: reaches Qt Charts, which only ui/charts/ may: {' -> '.join(chain)}")
        if not name.startswith(TORCH_ROOMS):
            chain = reaches(name, TORCH, LIGHT_TORCH)
            if chain:
                problems.append(f"{name}: reaches LibTorch, which stays in core/model and core/train: "
                                f"{' -> '.join(chain)}")
    for path in sorted((root / "core").rglob("CMakeLists.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\bQt\d?::|find_package\(Qt", line):
                problems.append(f"{path.relative_to(root)}:{number}: core links Qt")
    if not files:
        problems.append(f"{root}: no source files here")
    return problems


def main():
    problems = breaches(sys.argv[1])
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
