# SPDX-License-Identifier: GPL-3.0-or-later
"""`tune`: every method, what it prints and writes, confirmation, and searches that are stopped or killed."""
import csv
import io
import json
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

import support
from support import CLI, CliTest

# What differs from run to run.
TIMES = {"seconds", "peak_memory_mb", "run", "passes"}


def timeless(value):
    if isinstance(value, dict):
        return {key: timeless(each) for key, each in value.items() if key not in TIMES}
    return [timeless(each) for each in value] if isinstance(value, list) else value


class Tune(CliTest):
    TEST, VALIDATION = 90, 60

    @classmethod
    def setUpClass(cls):
        shared = pathlib.Path(tempfile.mkdtemp(prefix="augury-cli-"))
        cls.addClassCleanup(shutil.rmtree, shared)
        cls.data, cls.model = support.train_once(
            shared, "--validation-fraction", "0.25", "--split-seed", "5", train=4 * cls.VALIDATION, test=cls.TEST)
        cls.bare = shared / "bare.safetensors"
        subprocess.run([CLI, "train", "--data", cls.data, "--epochs", "1", "--no-history", "--out", cls.bare],
                       check=True, capture_output=True, timeout=240)

    def setUp(self):
        super().setUp()
        self.subject = ("--model", self.model, "--data", self.data, "--threads", "1")

    def tune(self, method, *options, **keywords):
        return self.document("tune", method, *self.subject, *options, **keywords)

    def refused(self, *arguments):
        before = self.files()
        result = self.run_cli("tune", *arguments, expect=2)
        self.assertEqual(result.out, "")
        self.assertNotIn("unexpected failure", result.err)
        self.assertRegex(result.err, r"(?m)^augury-cli: .{20,}\n")
        self.assertEqual(self.files(), before, "something was left behind")
        return result.err

    def check(self, document, images=None):
        """What holds of every search."""
        images = images or self.VALIDATION
        self.assertFalse(document["stopped"])
        self.assertEqual(document["search"], {"images": images, "validation_images": self.VALIDATION,
                                              "test_images": self.TEST})
        for trial in document["trials"]:
            c = trial
            self.assertEqual(c["tta"]["correct"], c["baseline"]["correct"] + c["fixed"] - c["broken"])
            self.assertAlmostEqual(c["lift"], (c["fixed"] - c["broken"]) / c["images"])
            self.assertAlmostEqual(c["mcnemar_p"], support.mcnemar_exact(c["fixed"], c["broken"]))
            self.assertEqual(len(trial["place"]), len(document["trials"][0]["place"]))
        finished = [trial for trial in document["trials"] if trial["state"] == "finished"]
        best = max(finished, key=lambda t: (t["tta"]["correct"], -t["forward_passes"], -t["nll"]["sum"]))
        self.assertEqual(document["best"], best["index"])
        self.assertTrue(document["verdict"])
        return finished

    def test_copies(self):
        document = self.tune("copies", "--policies", "hflip,tutorial,gentle", "--copies", "6", "--csv", "table.csv")
        finished = self.check(document)
        self.assertEqual(document["configurations"], 2 + 6 + 6)  # hflip has two views
        self.assertEqual(document["tried"], 14)
        self.assertEqual(len(finished), 14)
        rows = list(csv.DictReader(io.StringIO((self.folder / "table.csv").read_text("utf-8"))))
        self.assertEqual([int(row["trial"]) for row in rows], list(range(1, 15)))
        for row, trial in zip(rows, document["trials"]):
            self.assertEqual(int(row["copies"]), trial["configuration"]["copies"])
            self.assertAlmostEqual(float(row["lift"]), trial["lift"])
            self.assertEqual(int(row["fixed"]), trial["fixed"])
        self.assertEqual({row["policy"] for row in rows}, {"hflip", "tutorial", "gentle"})

    def test_a_trial_is_what_a_project_of_it_measures(self):
        """The whole way: search, use, evaluate; and confirm says the same of the test images."""
        self.tune("sweep", "--policies", "tutorial,gentle", "--copies", "3,6", "--rules", "mean,majority",
                  "--no-halving", "--seed", "9", "--use-best", "best.augury")
        confirmed = self.document("tune", "confirm", "last", "--best")["confirmations"][0]
        evaluated = self.document("run", "best.augury", "--no-history")
        for field in ("images", "fixed", "broken", "lift", "forward_passes", "mcnemar_p"):
            self.assertEqual(confirmed["test"][field], evaluated[field], field)
        self.assertAlmostEqual(confirmed["nll"]["mean"], evaluated["tta"]["nll"])
        self.assertAlmostEqual(confirmed["baseline_nll"]["mean"], evaluated["baseline"]["nll"])

    def test_sweep(self):
        document = self.tune("sweep", "--field", "rotation_range=0,10", "--field", "shift_range=0..0.2/2", "--copies",
                             "1-3", "--rules", "mean,majority", "--originals", "none,included,0.25", "--no-halving")
        self.check(document)
        self.assertEqual(document["configurations"], 2 * 3 * 3 * 2 * 3)
        self.assertEqual(document["tune"]["fields"][1], {"field": "shift_range", "strengths": [0, 0.1, 0.2]})
        # 108 configurations, but no more than 5 drawn policies × 3 copies and the originals to predict.
        self.assertLessEqual(document["passes"], (5 * 3 + 1) * self.VALIDATION)
        votes = [trial["configuration"]["vote"] for trial in document["trials"]]
        self.assertEqual(sum(vote["include_original"] for vote in votes), 36)
        self.assertEqual(sum(vote["blend"] == 0.25 for vote in votes), 36)

    def test_sweep_with_halving(self):
        document = self.tune("sweep", "--policies", "none", "--field", "rotation_range=0..60/6", "--halving-start",
                             "50", "--copies", "4", "--rules", "mean", "--originals", "none")
        self.check(document)
        states = [trial["state"] for trial in document["trials"]]
        self.assertEqual(len(states), 7)
        for trial in document["trials"]:
            self.assertEqual(trial["state"] == "finished", trial["images"] == self.VALIDATION)

    def test_greedy(self):
        document = self.tune("greedy", "--pool", "flips,shifts", "--random", "3", "--random-policy", "gentle",
                             "--steps", "3", "--images", "45")
        self.check(document, images=45)
        self.assertEqual(len(document["trials"]), 3)
        scores = [trial["log_likelihood"] for trial in document["trials"]]
        for step, trial in enumerate(document["trials"]):
            self.assertEqual(len(trial["configuration"]["policy"]["views"]["list"]), step + 1)
            self.assertGreater(trial["temperature"], 0)
        self.assertTrue(all(score < 0 for score in scores))
        self.assertEqual(document["tried"] % 3, 0)
        self.assertGreater(document["tried"], 30)

    def test_weights(self):
        document = self.tune("weights", "--policies", "hflip,five_crop")
        self.assertEqual([trial["configuration"]["vote"]["rule"] for trial in document["trials"]],
                         ["mean", "learned", "learned_per_class"] * 2)
        self.assertEqual([len(trial["configuration"]["vote"]["weights"]) for trial in document["trials"]],
                         [0, 2, 2 * 3, 0, 5, 5 * 3])
        for policy in (document["trials"][:3], document["trials"][3:]):
            self.assertEqual(sum(trial["preferred"] for trial in policy), 1)
        self.check(document)

    def test_sensitivity(self):
        document = self.tune("sensitivity", "--field", "rotation_range=0..90/3", "--copies", "4", "--policies", "none")
        self.check(document)
        self.assertEqual([trial["configuration"]["policy"]["rotation_range"] for trial in document["trials"]],
                         [0, 30, 60, 90])
        self.assertEqual(document["trials"][0]["lift"], 0)  # nothing is drawn

    def test_the_table_for_people(self):
        out = self.run_cli("tune", "copies", *self.subject, "--policies", "tutorial", "--copies", "5", "--under", "1.5",
                           "--top", "2").out
        self.assertIn(f"on {self.VALIDATION} of {self.VALIDATION} validation images", out)
        self.assertIn(f"The {self.TEST} test images are not looked at.", out)
        self.assertIn("and 3 more", out)
        self.assertRegex(out, r"tutorial × \d, mean")
        self.assertRegex(out, r"\[[+-]\d\.\d\d, [+-]\d\.\d\d\]|\[[+-]\d+\.\d\d, [+-]\d+\.\d\d\]")
        self.assertIn("Tried: 5 configurations", out)
        self.assertIn("Best under 1.5× the cost: trial ", out)
        self.assertRegex(out, r"augury-cli tune confirm 1\n")
        self.assertIn("curves over the copies, 5 configurations", self.run_cli("runs", "list").out)
        shown = self.run_cli("runs", "show", "last").out
        self.assertRegex(shown, r"tutorial × \d, mean")

    @unittest.skipUnless(support.HAS_QT, "built without Qt")
    def test_pictures(self):
        self.tune("sweep", "--policies", "hflip,gentle", "--copies", "1-4", "--no-halving", "--under", "2", "--plot",
                  "pictures/sweep.svg")
        self.tune("greedy", "--pool", "flips,shifts", "--random", "0", "--steps", "3", "--plot", "greedy.png")
        self.tune("sensitivity", "--field", "rotation_range=0..40/4", "--policies", "none", "--copies", "3", "--plot",
                  "rotation.pdf")
        self.run_cli("runs", "plot", "1", "again.svg")
        self.assertIn("--chart", self.run_cli("runs", "plot", "1", "x.svg", "--chart", "lift", expect=2).err)
        self.assertIn(b"<svg", (self.folder / "pictures/sweep.svg").read_bytes())
        self.assertIn(b"<svg", (self.folder / "again.svg").read_bytes())
        self.assertTrue((self.folder / "greedy.png").read_bytes().startswith(b"\x89PNG"))
        self.assertTrue((self.folder / "rotation.pdf").read_bytes().startswith(b"%PDF"))

    def test_specs_are_files(self):
        saved = self.tune("copies", "--policies", "d4", "--copies", "3", "--images", "40", "--seed", "4",
                          "--save-spec", "spec.json", "--no-history")
        spec = json.loads((self.folder / "spec.json").read_text("utf-8"))
        self.assertEqual(spec, saved["tune"])
        again = self.document("tune", "--spec", "spec.json", *self.subject, "--no-history")
        self.assertEqual(timeless(again), timeless(saved))
        other = self.document("tune", "--spec", "spec.json", *self.subject, "--no-history", "--images", "30")
        self.assertEqual(other["search"]["images"], 30)
        self.assertEqual(other["tune"]["seed"], 4)
        (self.folder / "spec.json").write_text('{"method": "copies", "copies": 0, "policy": 3}', encoding="utf-8")
        message = self.refused("--spec", "spec.json", *self.subject)
        self.assertIn("policies", message)
        self.assertIn("spec.json", message)

    def test_confirmations_are_counted(self):
        self.tune("copies", "--policies", "hflip,tutorial", "--copies", "3")
        first = self.document("tune", "confirm", "1", "--beside", "tutorial")
        self.assertEqual(first["earlier"], 0)
        self.assertEqual([each["trial"] is None for each in first["confirmations"]], [False, True])
        self.assertIsNone(first["confirmations"][1]["search"])
        self.assertEqual(first["confirmations"][1]["configuration"]["copies"], 7)
        second = self.document("tune", "confirm", "last", "--trial", "1", "--trial", "4")
        self.assertEqual(second["earlier"], 2)
        self.assertEqual(second["test_set"], first["test_set"])
        self.assertEqual([each["trial"] for each in second["confirmations"]], [0, 3])
        # Holm over all four, by hand.
        ps = [each["test"]["mcnemar_p"] for each in first["confirmations"] + second["confirmations"]]
        adjusted, so_far = [0] * 4, 0
        for rank, i in enumerate(sorted(range(4), key=lambda i: ps[i])):
            so_far = max(so_far, min(1, (4 - rank) * ps[i]))
            adjusted[i] = so_far
        for each, p in zip(second["confirmations"], adjusted[2:]):
            self.assertAlmostEqual(each["p_holm"], p)
        # Not forgotten with the search.
        self.run_cli("runs", "delete", "1")
        self.run_cli("runs", "purge", "--days", "0")
        self.tune("copies", "--policies", "hflip", "--copies", "2")
        out = self.run_cli("tune", "confirm", "last").out
        self.assertIn("used for confirmations 4 times before", out)
        self.assertIn("for 5 confirmations", out)
        # Other test images have a count of their own.
        self.tune("copies", "--policies", "hflip", "--copies", "2", "--subset-test", "30")
        self.assertIn("not been used for a confirmation before", self.run_cli("tune", "confirm", "last").out)

    def test_searches_travel(self):
        document = self.tune("copies", "--policies", "hflip", "--copies", "2")
        self.run_cli("tune", "confirm", "1")
        self.run_cli("runs", "export", "1", "search.json")
        self.environment["XDG_DATA_HOME"] = str(self.folder / "share" / "other")
        self.run_cli("runs", "import", "search.json")
        exported = json.loads(self.run_cli("runs", "show", "1", "--json").out)
        self.assertEqual(exported["trials"], document["trials"])
        self.assertEqual(len(exported["confirmations"]), 1)
        self.run_cli("runs", "csv", "1", "trials.csv")
        self.assertEqual(len((self.folder / "trials.csv").read_text("utf-8").splitlines()), 3)
        listed = json.loads(self.run_cli("runs", "list", "--kind", "tune", "--json").out)
        self.assertEqual(listed[0]["repeats"], {"done": 2, "wanted": 2})
        self.assertIn("curves over the copies, 2 configurations", listed[0]["title"])
        self.assertEqual(listed[0]["lift"], document["trials"][document["best"]]["lift"])
        self.assertIn("search", self.run_cli("runs", "report", "1", "report.html", expect=2).err)

    def test_what_cannot_be(self):
        self.assertIn("--validation-fraction", self.refused("copies", "--model", self.bare, "--data", self.data))
        self.assertIn("--model is required", self.refused("copies", "--data", self.data))
        self.assertIn("what to do", self.refused())
        self.assertIn("sideways", self.refused("copies", *self.subject, "--policies", "sideways"))
        self.assertIn("LOW..HIGH/STEPS", self.refused("sweep", *self.subject, "--field", "rotation_range=0..45"))
        self.assertIn("rotation_range", self.refused("sweep", *self.subject, "--field", "spin=1,2"))
        self.assertIn("180", self.refused("sweep", *self.subject, "--field", "rotation_range=0,200"))
        self.assertIn("loudest", self.refused("sweep", *self.subject, "--rules", "loudest"))
        self.assertIn("learned", self.refused("sweep", *self.subject, "--rules", "learned"))
        self.assertIn("fixed", self.refused("weights", *self.subject, "--policies", "tutorial"))
        self.assertIn("--split-seed", self.refused("copies", *self.subject, "--split-seed", "3"))
        self.assertIn(".json", self.refused("copies", *self.subject, "--save-spec", "spec.txt"))
        self.assertIn("quarter_turns", self.refused("greedy", *self.subject, "--pool", "wobbles"))
        self.assertIn("copies", self.refused("--model", self.model, "copies", "--data", self.data))
        self.assertIn("no search", self.refused("confirm", "last"))
        self.assertIn("no search", self.refused("resume", "last"))

    def test_confirm_holds_to_what_was_searched(self):
        self.tune("copies", "--policies", "hflip", "--copies", "2")
        self.assertIn("not the one", self.refused("confirm", "1", "--model", self.bare))
        other = support.write_idx(self.folder / "other", train=240, test=60)
        self.assertIn("not those", self.refused("confirm", "1", "--data", other))
        self.assertIn("configuration 9", self.refused("confirm", "1", "--trial", "9"))
        self.assertIn("all of its 2 configurations", self.refused("resume", "1"))
        moved = self.folder / "moved"
        shutil.copytree(self.data, moved)
        shutil.copy(self.model, self.folder / "there.safetensors")
        document = self.document("tune", "confirm", "1", "--data", moved, "--model", "there.safetensors")
        self.assertEqual(document["earlier"], 0)  # those that were refused never looked

    # ---- stopped and killed

    LONG = ("--policies", "none", "--field", "rotation_range=0..60/20", "--copies", "100", "--seed", "3")

    def done(self):
        path = self.folder / "share/augury/runs.sqlite"
        if not path.exists():
            return 0
        connection = sqlite3.connect(path, timeout=20)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'trials'").fetchall():
                return 0
            return connection.execute("SELECT count(*) FROM trials").fetchone()[0]
        finally:
            connection.close()

    def test_stopped_and_killed_searches_end_as_others_do(self):
        whole = self.tune("sensitivity", *self.LONG, "--no-history")
        self.assertEqual(len(whole["trials"]), 21)
        process = None
        for number in (signal.SIGINT, signal.SIGKILL):
            if process is None:
                arguments = ("sensitivity", *self.subject, *self.LONG)
            else:
                arguments = ("resume", "1", "--threads", "1")
            before = self.done()
            process = subprocess.Popen([CLI, "tune", *map(str, arguments), "--json"], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=self.environment, cwd=self.folder)
            self.addCleanup(lambda p=process: (p.kill(), p.wait(), p.stdout.close(), p.stderr.close()))
            end = time.monotonic() + 120
            while self.done() < before + 2:
                self.assertIsNone(process.poll(), "it ended before it could be stopped")
                self.assertLess(time.monotonic(), end)
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 3 if number == signal.SIGINT else -signal.SIGKILL, err)
            if number == signal.SIGINT:
                document = json.loads(out)
                self.assertIs(document["stopped"], True)
                self.assertLess(len(document["trials"]), 21)
                self.assertGreaterEqual(len(document["trials"]), 2)
                self.assertIn(b"augury-cli tune resume 1", err)
            listed = json.loads(self.run_cli("runs", "list", "--unfinished", "--json").out)
            self.assertEqual([(run["id"], run["status"]) for run in listed], [(1, "stopped")])
        self.assertLess(self.done(), 21, "it was killed too late to show anything")
        self.assertIn("tune resume", self.run_cli("repeat", "--resume", "1", expect=2).err)
        resumed = self.document("tune", "resume", "last")
        self.assertEqual(timeless(resumed), timeless(whole))
        self.assertEqual(resumed["run"]["id"], 1)
        kept = json.loads(self.run_cli("runs", "show", "1", "--json").out)
        self.assertEqual(timeless(kept["trials"]), timeless(whole["trials"]))
        self.assertEqual(kept["verdict"], whole["verdict"])
        table = self.run_cli("tune", "resume", "1", expect=2).err
        self.assertIn("all of its 21 configurations", table)


if __name__ == "__main__":
    unittest.main()
