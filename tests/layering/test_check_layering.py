#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The layering check can fail: each rule is broken in a small tree of its own."""
import pathlib
import tempfile
import unittest

from check_layering import CHARTS, breaches

CLEAN = {
    "core/data/dataset.h": "#include <vector>\n",
    "core/model/cnn.h": "#include <torch/nn/module.h>\n",
    "core/model/cnn.cpp": '#include "core/model/cnn.h"\n#include <torch/torch.h>\n',
    "core/model/types.h": "#include <torch/types.h>\n",
    "core/experiment/repeats.cpp": '#include "core/model/types.h"\n',
    "ui/session/worker.h": '#include "core/data/dataset.h"\n#include <QObject>\n#include <QSet>\n',
    "ui/charts/plot.h": "#include <QLineSeries>\n#include <QtCharts/QChart>\n",
    "ui/charts/plot.cpp": '#include "ui/charts/plot.h"\n',
    "ui/charts/chart.h": "#include <QWidget>\n",
    "ui/widgets/bar.h": "#include <QWidget>\n",
    "ui/widgets/contact_sheet.h": "#include <QImage>\n",
    "ui/views/page.cpp": '#include "ui/charts/chart.h"\n#include <QTextCharFormat>\n#include <QXmlStreamReader>\n',
    "app/cli/main.cpp": '#include "core/data/dataset.h"\n#include "ui/widgets/contact_sheet.h"\n',
    "app/gui/main.cpp": '#include "ui/session/worker.h"\n',
    "core/CMakeLists.txt": "add_library(augury_core STATIC)\n",
}

BROKEN = {
    "core includes Qt": ("core/data/dataset.h", "#include <QString>\n"),
    "core includes Qt by module": ("core/data/dataset.h", "  #  include <QtCore/qglobal.h>\n"),
    "core includes a Qt C header": ("core/data/dataset.h", "#include <qstring.h>\n"),
    "core links Qt": ("core/CMakeLists.txt", "target_link_libraries(augury_core PUBLIC Qt6::Core)\n"),
    "core includes ui": ("core/data/dataset.h", '#include "ui/session/worker.h"\n'),
    "session includes a view's header": ("ui/session/worker.h", '#include "ui/charts/chart.h"\n'),
    "ui includes app": ("ui/views/page.cpp", '#include "app/cli/main.cpp"\n'),
    "the command line includes a widget": ("app/cli/main.cpp", '#include "ui/widgets/bar.h"\n'),
    "a view includes Qt Charts": ("ui/views/page.cpp", "#include <QChartView>\n"),
    "the session includes Qt Charts": ("ui/session/worker.h", "#include <QtCharts>\n"),
    "core includes Qt Charts": ("core/data/dataset.h", "#include <QtCharts/QLineSeries>\n"),
    "app includes Qt Charts": ("app/gui/main.cpp", "#include <QtCharts/QChart>\n"),
    "Qt Charts behind a header": ("ui/views/page.cpp", '#include "ui/charts/plot.h"\n'),
    "a public header includes torch": ("core/data/dataset.h", "#include <torch/torch.h>\n"),
    "a public header includes ATen": ("core/experiment/repeats.h", "#include <ATen/ATen.h>\n"),
    "torch behind a header": ("ui/views/page.cpp", '#include "core/model/cnn.h"\n'),
    "torch behind a header of model": ("core/experiment/repeats.cpp", '#include "../model/cnn.h"\n'),
}


def tree_of(folder, files):
    for name, text in files.items():
        path = pathlib.Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


class Layering(unittest.TestCase):
    def test_clean_tree_passes(self):
        with tempfile.TemporaryDirectory() as folder:
            tree_of(folder, CLEAN)
            self.assertEqual(breaches(folder), [])

    def test_each_breach_is_found(self):
        for what, (name, line) in BROKEN.items():
            with self.subTest(what), tempfile.TemporaryDirectory() as folder:
                tree_of(folder, CLEAN | {name: CLEAN.get(name, "") + line})
                found = breaches(folder)
                self.assertTrue(found, "nothing found")
                # A header's breach is also its includers'; the file itself must be among them.
                self.assertTrue(any(problem.startswith(name) for problem in found), found)

    def test_empty_tree_is_no_success(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(breaches(folder))

    def test_every_header_of_qt_charts_is_known(self):
        headers = [path.name for base in ("/usr/include/x86_64-linux-gnu/qt6", "/usr/include/aarch64-linux-gnu/qt6")
                   for path in pathlib.Path(base, "QtCharts").glob("Q*")]
        if not headers:
            self.skipTest("Qt Charts is not installed")
        self.assertEqual([name for name in headers if not CHARTS.match(name)], [])


if __name__ == "__main__":
    unittest.main()
