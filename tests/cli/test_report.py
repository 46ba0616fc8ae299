# SPDX-License-Identifier: GPL-3.0-or-later
"""`runs report`, `plot`, `csv`, `compare`, `--report`, `--plot-size`: files of a kept run, against its document."""
import base64
import csv
import html.parser
import io
import json
import re
import sqlite3
import struct
import unittest
import xml.etree.ElementTree

import support
from support import HAS_QT, CliTest

QUICK = ("--epochs", "1", "--batch-size", "16", "--threads", "1", "--copies", "3", "--rotation-range", "60",
         "--parallel-fits", "1")
VOID = {"meta", "img", "source", "br", "hr", "link", "input"}


class Page(html.parser.HTMLParser):
    """A report, read by another hand: balanced elements, texts, pictures."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.problems, self.texts, self.pictures, self.elements = [], [], [], [], []
        self.feed(text)
        self.close()
        if self.open:
            self.problems.append(f"never closed: {self.open}")
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        for name, value in attributes:
            if name in ("src", "srcset", "href"):
                self.pictures.append(value)
            if name.startswith("on"):
                self.problems.append(f"{tag} has {name}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes another element")

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)


def png_size(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", data[16:24])


class Report(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data", train=64, test=60)

    def repeat(self, *arguments, repeats=2):
        return self.document("repeat", "--data", self.data, *QUICK, "--repeats", repeats, *arguments)

    def page(self, name):
        text = (self.folder / name).read_text("utf-8")
        self.assertTrue(text.startswith("<!DOCTYPE html>"))
        page = Page(text)
        self.assertEqual(page.problems, [])
        for picture in page.pictures:
            self.assertRegex(picture, r"^data:image/(png|svg\+xml);base64,")
        self.assertNotIn("script", page.elements)
        self.assertNotRegex(text, r"url\(|@import")
        return page

    def thumbnails(self, page):
        return [base64.b64decode(picture.split(",", 1)[1]) for picture in page.pictures if "image/png" in picture]

    def charts(self, page):
        return [base64.b64decode(picture.split(",", 1)[1]) for picture in page.pictures if "svg" in picture]

    def refused(self, *arguments, words=()):
        before = self.files()
        result = self.run_cli(*arguments, expect=2)
        self.assertEqual(result.out, "")
        self.assertNotIn("unexpected failure", result.err)
        for word in words:
            self.assertIn(word, result.err)
        self.assertEqual(self.files(), before)

    def changed(self, document):
        """{(outcome, image): in how many repeats}, counted here."""
        counts = {}
        for repeat in document["repeats"]:
            for image, label, before, after in repeat["details"]["changed"]:
                outcome = "fixed" if after == label else "broken" if before == label else None
                if outcome:
                    counts[outcome, image] = counts.get((outcome, image), 0) + 1
        return counts


class Reports(Report):
    def test_of_a_kept_run(self):
        document = self.repeat()
        self.run_cli("runs", "rename", 1, "<b>turned</b> & more")
        self.run_cli("runs", "note", 1, "see \"section\" <3>")
        self.run_cli("runs", "tag", 1, "a<b", "paper")
        self.run_cli("runs", "report", 1, "new/folder/r.html")
        page = self.page("new/folder/r.html")
        for text in ("<b>turned</b> & more", "see \"section\" <3>", "a<b, paper", document["verdict"],
                     document["data"]["fingerprint"], "2 repeats are too few for the rank test",
                     *(str(repeat["seed"]) for repeat in document["repeats"])):
            self.assertIn(text, page.text)
        settings = json.loads(re.search(r"Settings as JSON\s*(\{.*?\})\s*Where this comes from", page.text, re.S)[1])
        self.assertEqual(settings, document["settings"])
        changed = self.changed(document)
        shown = sum(min(24, sum(outcome == kind for kind, _ in changed)) for outcome in ("fixed", "broken"))
        self.assertGreater(shown, 0)
        self.assertEqual(len(self.thumbnails(page)), shown)
        for picture in self.thumbnails(page):
            self.assertEqual(png_size(picture), (60, 60))  # 12 × 12, five times
        if HAS_QT:
            self.assertEqual(len(self.charts(page)), 2 * 6)  # light and dark
            for chart in self.charts(page):
                self.assertEqual(xml.etree.ElementTree.fromstring(chart).tag, "{http://www.w3.org/2000/svg}svg")
        else:
            self.assertIn("There are no charts", page.text)
        # The same again: the same bytes.
        first = (self.folder / "new/folder/r.html").read_bytes()
        self.run_cli("runs", "report", "last", "again.html")
        self.assertEqual((self.folder / "again.html").read_bytes(), first)

    def test_pictures_and_where_they_are(self):
        self.repeat()
        self.run_cli("runs", "report", 1, "plain.html", "--no-images")
        page = self.page("plain.html")
        self.assertEqual(self.thumbnails(page), [])
        self.assertNotIn("no pictures", page.text)
        self.assertIn("True class", page.text)  # the lines stay
        moved = self.folder / "moved"
        self.data.rename(moved)
        result = self.run_cli("runs", "report", 1, "gone.html")
        self.assertIn("no pictures of the images", result.err)
        page = self.page("gone.html")
        self.assertEqual(self.thumbnails(page), [])
        self.assertIn("There are no pictures of the images", page.text)
        self.run_cli("runs", "report", 1, "moved.html", "--data", moved)
        self.assertGreater(len(self.thumbnails(self.page("moved.html"))), 0)
        other = support.write_idx(self.folder / "other", train=64, test=60, images_of=support.noise)
        self.run_cli("runs", "report", 1, "other.html", "--data", other)
        page = self.page("other.html")
        self.assertEqual(self.thumbnails(page), [])
        self.assertIn("not the ones that this run was made on", page.text)

    def test_with_the_run_itself(self):
        document = self.repeat("--report", "r.html", "--no-history")
        page = self.page("r.html")
        self.assertIn(document["verdict"], page.text)
        self.assertGreater(len(self.thumbnails(page)), 0)
        document = self.repeat("--report", "kept.html", "--exact-early-exit")
        page = self.page("kept.html")
        self.assertIn("Which images they were is not known", page.text)
        self.assertIn("Started", page.text)  # of the history
        self.run_cli("repeat", "--data", self.data, *QUICK, "--save-project", "p.augury", "--repeats", "1")
        self.run_cli("run", "p.augury", "--report", "project.html")
        self.assertIn("One repeat cannot tell", self.page("project.html").text)

    def test_of_a_training_and_an_evaluation(self):
        self.run_cli("train", "--data", self.data, "--epochs", "2", "--batch-size", "16", "--threads", "1",
                     "--out", "m.safetensors", "--report", "train.html")
        page = self.page("train.html")
        self.assertIn("Every epoch", page.text)
        evaluated = self.document("evaluate", "--model", "m.safetensors", "--data", self.data, "--threads", "1",
                                  "--curve", "--copies", "4", "--rotation-range", "60", "--report", "e.html")
        page = self.page("e.html")
        self.assertIn(evaluated["verdict"], page.text)
        self.assertIn("Number of copies", page.text)
        for run in (1, 2):
            self.run_cli("runs", "report", run, "again.html")
            self.page("again.html")

    def test_an_unfinished_run(self):
        self.repeat(repeats=3)
        connection = sqlite3.connect(self.folder / "share/augury/runs.sqlite")
        connection.execute("DELETE FROM repeats WHERE repeat > 0")
        connection.execute("UPDATE runs SET status = 'running', finished = '', claim = 1234, done = 1")
        connection.commit()
        connection.close()
        self.run_cli("runs", "report", 1, "r.html")
        self.assertIn("1 of 3 repeats are finished", self.page("r.html").text)

    def test_refusals(self):
        quick = ("repeat", "--data", self.data, *QUICK)
        self.refused(*quick, "--report", "r.pdf", words=["--report", ".html"])
        self.refused(*quick, "--report", self.data / "train-images-idx3-ubyte" / "r.html", words=["--report"])
        self.repeat()
        self.refused("runs", "report", 1, "r.txt", words=["FILE", ".html"])
        self.refused("runs", "report", 7, "r.html", words=["no run 7"])
        self.refused("runs", "report", "first", "r.html", words=["first"])
        self.refused("runs", "csv", 1, "t.txt", words=[".csv"])
        self.refused("runs", "csv", 1, "t.csv", "--table", "tables", words=["tables", "confusion"])

    def test_resumed_with_a_report(self):
        whole = self.repeat(repeats=3)
        connection = sqlite3.connect(self.folder / "share/augury/runs.sqlite")
        connection.execute("DELETE FROM repeats WHERE repeat = 1")
        connection.execute("UPDATE runs SET status = 'running', finished = '', claim = 1234, done = 2")
        connection.commit()
        connection.close()
        self.run_cli("repeat", "--resume", "1", "--report", "r.html", "--plot-scale", "1")
        self.assertIn(whole["verdict"], self.page("r.html").text)


class Tables(Report):
    def rows(self, table, run=1):
        self.run_cli("runs", "csv", run, "t.csv", "--table", table)
        return list(csv.DictReader(io.StringIO((self.folder / "t.csv").read_text("utf-8"), newline="")))

    def test_every_table_against_the_document(self):
        document = self.repeat()
        self.run_cli("repeat", "--resume", "1", "--csv", "none.csv", expect=2)  # complete
        rows = self.rows("repeats")
        for row, repeat in zip(rows, document["repeats"], strict=True):
            self.assertEqual(float(row["lift"]), repeat["lift"])
            self.assertEqual(int(row["seed"]), repeat["seed"])
        details = [repeat["details"] for repeat in document["repeats"]]
        for row in self.rows("confusion"):
            i, j = int(row["label"]), int(row["predicted"])
            for side in ("baseline", "tta"):
                self.assertEqual(int(row[f"{side}_images"]), sum(d[side]["confusion"][i][j] for d in details))
            self.assertEqual(row["label_name"], document["data"]["classes"][i])
        images = sum(repeat["images"] for repeat in document["repeats"])
        classes = self.rows("classes")
        self.assertEqual(sum(int(row["images"]) for row in classes), images)
        self.assertEqual(sum(int(row["tta_correct"]) for row in classes),
                         sum(repeat["tta"]["correct"] for repeat in document["repeats"]))
        curve = self.rows("curve")
        self.assertEqual([int(row["copies"]) for row in curve], [0, 1, 2, 3])
        for row, *points in zip(curve[1:], *(d["curve"]["points"] for d in details), strict=True):
            self.assertEqual(int(row["fixed"]), sum(point["fixed"] for point in points))
            self.assertAlmostEqual(float(row["accuracy"]), support.mean([point["accuracy"] for point in points]))
        changed = self.changed(document)
        often = {(row["outcome"], int(row["image"])): int(row["repeats"]) for row in self.rows("often")}
        self.assertEqual(often, changed)
        self.assertEqual(len(self.rows("changed")), sum(len(d["changed"]) for d in details))
        self.assertEqual(len(self.rows("epochs")), 2)

    def test_what_a_run_does_not_have(self):
        self.repeat("--exact-early-exit")
        self.refused("runs", "csv", 1, "t.csv", "--table", "confusion", words=["confusion", "early exit"])
        self.assertEqual(len(self.rows("repeats")), 2)


class Comparing(Report):
    def test_holm_over_the_runs(self):
        documents = [self.repeat(), self.repeat("--vote", "majority"), self.repeat("--exact-early-exit", repeats=1)]
        compared = self.document("runs", "compare", 3, 1, 2)
        self.assertEqual([run["id"] for run in compared["runs"]], [3, 1, 2])
        alone, *both = compared["runs"]
        self.assertIsNone(alone["lift"]["p_value"])
        self.assertIsNone(alone["lift"]["p_holm"])
        ps = []
        for run, document in zip(both, documents):
            summary = document["summary"]
            for field in ("baseline", "tta"):
                self.assertEqual(run[field], summary[field])
            for field in ("mean", "std", "ci95"):
                self.assertEqual(run["lift"][field], summary["lift"][field])
            self.assertEqual(run["lift"]["p_value"], summary["lift"]["p_value"])
            ps.append(summary["lift"]["p_value"])
        order = sorted(range(2), key=lambda i: ps[i])
        least, largest = 0.0, {}
        for place, i in enumerate(order):  # Holm 1979
            least = max(least, min(1.0, (2 - place) * ps[i]))
            largest[i] = least
        for i, run in enumerate(both):
            self.assertAlmostEqual(run["lift"]["p_holm"], largest[i], places=12)
        self.assertEqual(len(compared["cautions"]), 3)
        text = self.run_cli("runs", "compare", 1, "2").out
        self.assertIn("p (Holm)", text)
        self.assertEqual(text.count("too few for the rank test"), 2)
        self.assertIn("2 runs", text)

    def test_other_images_are_told(self):
        self.repeat()
        other = support.write_idx(self.folder / "other", train=64, test=60, images_of=support.noise)
        self.document("repeat", "--data", other, *QUICK, "--repeats", "2")
        self.assertIn("not made on the same test images", self.run_cli("runs", "compare", 1, 2).out)

    def test_refusals(self):
        self.repeat()
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--out", "m.safetensors")
        self.refused("runs", "compare", 1, words=["two runs"])
        self.refused("runs", "compare", 1, 1, words=["twice"])
        self.refused("runs", "compare", 1, 2, words=["Run 2", "train"])
        self.refused("runs", "compare", 1, 9, words=["no run 9"])


class Plots(Report):
    def test_without_qt(self):
        if HAS_QT:
            self.skipTest("this build draws")
        self.repeat()
        self.refused("runs", "plot", 1, "r.svg", words=["Qt"])

    @unittest.skipUnless(HAS_QT, "needs a build with Qt")
    def test_every_chart(self):
        self.repeat()
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            self.environment.pop(name, None)
        pictures = set()
        for chart in ("repeats", "boxes", "lift", "curve", "confusion", "ledger"):
            self.run_cli("runs", "plot", 1, f"{chart}.svg", "--chart", chart)
            root = xml.etree.ElementTree.parse(self.folder / f"{chart}.svg").getroot()
            self.assertEqual(root.get("viewBox"), "0 0 1200 750")
            pictures.add((self.folder / f"{chart}.svg").read_bytes())
        self.assertEqual(len(pictures), 6)
        self.run_cli("runs", "plot", 1, "first.pdf")
        self.assertEqual((self.folder / "first.pdf").read_bytes()[:5], b"%PDF-")
        self.refused("runs", "plot", 1, "x.svg", "--chart", "learning", words=["learning", "repeats"])
        self.refused("runs", "plot", 1, "x.svg", "--chart", "pie", words=["pie", "confusion"])
        self.refused("runs", "plot", 1, "x.gif", words=[".png"])

    @unittest.skipUnless(HAS_QT, "needs a build with Qt")
    def test_sizes(self):
        self.repeat("--plot", "usual.png")
        self.assertEqual(png_size((self.folder / "usual.png").read_bytes()), (2400, 1500))
        for size, scale, pixels in (("640x400", "1", (640, 400)), ("1000x500", "3", (3000, 1500)),
                                    ("800x600", "1.5", (1200, 900))):
            self.run_cli("runs", "plot", 1, "s.png", "--plot-size", size, "--plot-scale", scale)
            self.assertEqual(png_size((self.folder / "s.png").read_bytes()), pixels)
        self.repeat("--plot", "own.svg", "--plot-size", "900x700", "--no-history")
        root = xml.etree.ElementTree.parse(self.folder / "own.svg").getroot()
        self.assertEqual(root.get("viewBox"), "0 0 900 700")
        for wrong in ("900", "900x", "x900", "1x1", "900x700x3", "99999x900", "-900x700", "9e2x700"):
            self.refused("runs", "plot", 1, "s.svg", f"--plot-size={wrong}", words=["--plot-size"])
        for wrong in ("0.5", "5", "nan", "two"):
            self.refused("runs", "plot", 1, "s.svg", "--plot-scale", wrong, words=["--plot-scale"])


if __name__ == "__main__":
    unittest.main()
