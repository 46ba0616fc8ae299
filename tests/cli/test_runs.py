# SPDX-License-Identifier: GPL-3.0-or-later
"""The history of runs: `runs …`, `repeat --resume`, and a history that cannot be used."""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import support
from support import CLI, CliTest

QUICK = ("--epochs", "1", "--batch-size", "16", "--threads", "1", "--copies", "3", "--parallel-fits", "1")


def figures(document):
    """All that an interruption must not change: everything of the repeats but how long they took."""
    repeats = [{key: value for key, value in repeat.items() if not key.endswith("seconds")}
               for repeat in document["repeats"]]
    for repeat in repeats:
        repeat["history"] = [{key: value for key, value in row.items() if key != "seconds"}
                             for row in repeat["history"]]
    return {"repeats": repeats, **{part: document[part] for part in ("summary", "verdict", "settings", "data",
                                                                     "stopped")}}


class History(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data", train=48, test=24)
        self.database = self.folder / "share/augury/runs.sqlite"

    def repeat(self, *arguments, repeats=2, **options):
        return self.document("repeat", "--data", self.data, *QUICK, "--repeats", repeats, *arguments, **options)

    def runs(self, *arguments):
        return self.document("runs", "list", *arguments)

    def refused(self, *arguments, words=()):
        result = self.run_cli(*arguments, expect=2)
        self.assertEqual(result.out, "")
        for word in words:
            self.assertIn(word, result.err)
        return result.err

    def cut(self, keep, run=1):
        """As if the run had been killed after some repeats: what a kill leaves, without the waiting."""
        connection = sqlite3.connect(self.database)
        connection.execute("DELETE FROM repeats WHERE run = ? AND repeat NOT IN (%s)" % ",".join(map(str, keep)), (run,))
        connection.execute("UPDATE runs SET status = 'running', finished = '', claim = 12345, done = ? WHERE id = ?",
                           (len(keep), run))
        connection.commit()
        connection.close()


class Listing(History):
    def test_nothing_yet(self):
        self.assertEqual(self.runs(), [])
        self.assertIn("no such runs", self.run_cli("runs", "list").out)
        self.assertFalse(self.database.exists())  # looking makes nothing
        self.refused("runs", "show", "last", words=["runs.sqlite"])
        self.refused("repeat", "--resume", "last", words=["no run to go on with"])

    def test_every_kind_is_kept_whole(self):
        repeated = self.repeat("--rotation-range", "10")
        trained = self.document("train", "--data", self.data, *QUICK[:-4], "--out", "m.safetensors")
        evaluated = self.document("evaluate", "--model", "m.safetensors", "--data", self.data, "--curve")
        self.document("evaluate", "--model", "m.safetensors", "--data", self.data, "--no-history")
        runs = self.runs()
        self.assertEqual([(run["id"], run["kind"]) for run in runs], [(3, "evaluate"), (2, "train"), (1, "repeat")])
        for run in runs:
            self.assertEqual(run["status"], "finished")
            self.assertEqual(run["data"], "data")
            self.assertRegex(run["started"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertLessEqual(run["started"], run["finished"])
        self.assertEqual(runs[2]["baseline"], repeated["summary"]["baseline"]["mean"])
        self.assertEqual(runs[2]["tta"], repeated["summary"]["tta"]["mean"])
        self.assertEqual(runs[2]["lift"], repeated["summary"]["lift"]["mean"])
        self.assertEqual(runs[2]["lift_ci95"], repeated["summary"]["lift"]["ci95"])
        self.assertEqual(runs[2]["fixed"], sum(repeat["fixed"] for repeat in repeated["repeats"]))
        self.assertEqual(runs[2]["repeats"], {"done": 2, "wanted": 2})
        self.assertEqual(runs[2]["copies"], 3)
        self.assertIn("10", runs[2]["policy"])
        self.assertEqual(runs[0]["lift"], evaluated["lift"])
        self.assertIsNone(runs[1]["lift"])
        self.assertIsNone(runs[1]["policy"])

        # Documents come back as they were handed out; "run" has the store's words on top.
        for number, document in ((1, repeated), (2, trained), (3, evaluated)):
            kept = self.document("runs", "show", number)
            self.assertEqual(kept["run"].pop("kind"), runs[3 - number]["kind"])
            document["run"].pop("id", None)
            for field in ("name", "note", "tags", "started", "finished"):
                kept["run"].pop(field)
            self.assertEqual(kept, document)
        self.assertEqual(repeated["repeats"], self.document("runs", "show", 1)["repeats"])

    def test_filters(self):
        for _ in range(3):
            self.repeat(repeats=1)
        self.run_cli("train", "--data", self.data, *QUICK[:-4], "--out", "m.safetensors")
        self.run_cli("runs", "tag", 2, "good")
        self.assertEqual([run["id"] for run in self.runs("--kind", "repeat")], [3, 2, 1])
        self.assertEqual([run["id"] for run in self.runs("--kind", "train")], [4])
        self.assertEqual([run["id"] for run in self.runs("--tag", "good")], [2])
        self.assertEqual([run["id"] for run in self.runs("--limit", "2")], [4, 3])
        self.assertEqual(self.runs("--status", "stopped"), [])
        self.refused("runs", "list", "--kind", "walk", words=["--kind"])

    def test_tables_for_people(self):
        self.repeat()
        self.run_cli("runs", "rename", 1, "évil \x1b[31mname")
        table = self.run_cli("runs", "list").out
        self.assertIn("évil", table)
        self.assertNotIn("\x1b", table)
        shown = self.run_cli("runs", "show", "last").out
        for word in ("évil", "finished", "horizontal flip", "mean", "95 %", "baseline"):
            self.assertIn(word, shown)
        self.assertNotIn("\x1b", shown)


class Changing(History):
    def setUp(self):
        super().setUp()
        self.repeat()
        self.repeat(repeats=1)

    def test_name_note_tags(self):
        self.run_cli("runs", "rename", 1, " the first ")
        self.run_cli("runs", "note", 1, "a note; with 'quotes'\nand lines")
        self.run_cli("runs", "tag", 1, "b", "a", "b")
        run = self.runs()[1]
        self.assertEqual((run["name"], run["note"], run["tags"]),
                         ("the first", "a note; with 'quotes'\nand lines", ["a", "b"]))
        self.run_cli("runs", "tag", 1, "c")
        self.run_cli("runs", "tag", 1, "--remove", "a", "b")
        self.run_cli("runs", "note", 1, "")
        self.run_cli("runs", "rename", "last", "the second")
        first, second = self.runs()[1], self.runs()[0]
        self.assertEqual((first["tags"], first["note"], second["name"]), (["c"], "", "the second"))

    def test_delete_and_undo(self):
        before = self.document("runs", "show", 1)
        self.run_cli("runs", "delete", 1, 2)
        self.assertEqual(self.runs(), [])
        self.assertEqual([run["deleted"] for run in self.runs("--deleted")], [True, True])
        self.run_cli("runs", "purge")  # too young
        self.run_cli("runs", "restore", 1)
        self.assertEqual([run["id"] for run in self.runs()], [1])
        self.assertEqual(self.document("runs", "show", 1), before)
        self.run_cli("runs", "purge", "--days", 0)
        self.assertEqual([run["id"] for run in self.runs("--deleted")], [1])
        self.refused("runs", "restore", 2, words=["no run 2"])
        self.refused("runs", "delete", 1, 99, words=["no run 99"])
        self.assertEqual([run["id"] for run in self.runs()], [1])  # all or none

    def test_export_and_import(self):
        self.run_cli("runs", "rename", 1, "mine")
        self.run_cli("runs", "tag", 1, "x")
        self.run_cli("runs", "export", 1, "out/run.json")
        exported = json.loads((self.folder / "out/run.json").read_text(encoding="utf-8"))
        self.assertEqual(exported, self.document("runs", "show", 1))
        shutil.rmtree(self.folder / "share")  # another machine
        self.assertEqual(self.run_cli("runs", "import", "out/run.json", "out/run.json").out, "1\n2\n")
        self.assertEqual(self.document("runs", "show", 2), exported)
        self.assertEqual([(run["name"], run["tags"]) for run in self.runs()], [("mine", ["x"])] * 2)
        self.repeat("--json-file", "plain.json", "--no-history")
        self.run_cli("runs", "import", "plain.json")
        self.assertEqual(self.runs()[0]["repeats"], {"done": 2, "wanted": 2})

    def test_refusals(self):
        (self.folder / "broken.json").write_text('{"repeats": [', encoding="utf-8")
        (self.folder / "other.json").write_text('{"a": 1}', encoding="utf-8")
        self.refused("runs", "import", "broken.json", words=["broken.json", "JSON"])
        self.refused("runs", "import", "other.json", words=["other.json"])
        self.refused("runs", "import", "missing.json", words=["missing.json"])
        self.refused("runs", "import", self.folder, words=[str(self.folder)])
        self.refused("runs", "export", 1, "run.txt", words=[".json"])
        self.refused("runs", "export", 7, "run.json", words=["no run 7"])
        self.assertNotIn("run.json", self.files())
        for text in ("zero", "0", "-1", "1.5", "99999999999999999999"):
            with self.subTest(text):
                self.refused("runs", "show", "--", text, words=[text])
        self.refused("runs", words=["list", "export", "restore"])
        self.refused("runs", "dance", words=["dance"])
        self.refused("runs", "list", "--colour", words=["--colour"])
        self.refused("runs", "rename", 1, words=["NAME"])
        self.assertEqual(len(self.runs("--deleted")), 2)

    def test_deeply_nested_files(self):
        self.run_cli("runs", "export", 1, "run.json")
        whole = (self.folder / "run.json").read_text(encoding="utf-8").rstrip()
        deep = whole[:-1] + ', "more": ' + "[" * 200_000 + "]" * 200_000 + "}"
        (self.folder / "deep.json").write_text(deep, encoding="utf-8")
        self.refused("runs", "import", "deep.json", words=["deep.json", "nested deeper"])
        connection = sqlite3.connect(self.database)
        connection.execute("UPDATE runs SET document = ? WHERE id = 1", (deep,))
        connection.commit()
        connection.close()
        for verb in (("show", 1), ("export", 1, "again.json"), ("csv", 1, "again.csv")):
            self.refused("runs", *verb, words=["nested deeper", str(self.database)])
        self.assertEqual(len(self.runs()), 2)

    def test_file_names_in_capitals(self):
        self.run_cli("runs", "export", 1, "run.JSON")
        self.run_cli("runs", "csv", 1, "run.CSV")
        self.run_cli("runs", "report", 1, "run.HTML", "--no-images")
        names = ["run.JSON", "run.CSV", "run.HTML"]
        if support.HAS_QT:
            for name in ("run.PNG", "run.Svg", "run.PDF"):
                self.run_cli("runs", "plot", 1, name)
                names.append(name)
        for name in names:
            self.assertGreater((self.folder / name).stat().st_size, 0)

    def test_missing_folders_are_made(self):
        outputs = [("export", "x.json"), ("csv", "x.csv"), ("report", "x.html")]
        if support.HAS_QT:
            outputs.append(("plot", "x.png"))
        for verb, name in outputs:
            with self.subTest(verb):
                self.run_cli("runs", verb, 1, self.folder / "new" / verb / name)
                self.assertGreater((self.folder / "new" / verb / name).stat().st_size, 0)

    def test_a_file_truncated_on_its_way(self):
        self.run_cli("runs", "export", 1, "run.json")
        whole = (self.folder / "run.json").read_bytes()
        for length in range(0, len(whole) - 2, max(1, len(whole) // 5)):
            (self.folder / "cut.json").write_bytes(whole[:length])
            self.refused("runs", "import", "cut.json", words=["cut.json"])
        self.assertEqual(len(self.runs()), 2)


class Resume(History):
    def test_ends_as_if_uninterrupted(self):
        whole = self.repeat("--rotation-range", "10", "--vote", "majority", "--seed", "3", "--no-history", repeats=5)
        self.repeat("--rotation-range", "10", "--vote", "majority", "--seed", "3", repeats=5)
        self.cut([0, 3])
        (run,) = self.runs("--unfinished")
        self.assertEqual((run["status"], run["repeats"]), ("stopped", {"done": 2, "wanted": 5}))
        resumed = self.document("repeat", "--resume", 1)
        self.assertEqual(figures(resumed), figures(whole))
        self.assertEqual(resumed["run"]["threads_per_fit"], whole["run"]["threads_per_fit"])
        self.assertEqual(figures(self.document("runs", "show", 1)), figures(whole))
        self.assertEqual(self.runs("--unfinished"), [])
        self.assertEqual(len(self.runs()), 1)

    def test_table_and_csv_have_all_repeats(self):
        self.repeat("--csv", "whole.csv", repeats=4)
        self.cut([1])
        out = self.run_cli("repeat", "--resume", "last", "--csv", "resumed.csv").out
        self.assertIn("4 repeats, mean", out)

        def table(name):
            rows = [line.split(",") for line in (self.folder / name).read_text().splitlines()]
            kept = [i for i, title in enumerate(rows[0]) if not title.endswith("seconds")]
            return [[row[i] for i in kept] for row in rows]
        self.assertEqual(table("resumed.csv"), table("whole.csv"))

    def test_after_ctrl_c(self):
        process = subprocess.Popen([CLI, "repeat", "--data", str(self.data), *QUICK, "--repeats", "40", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                                   cwd=self.folder)
        while b"repeat 2 of 40: baseline" not in process.stderr.readline():
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3)
        self.assertIn(b"repeat --resume 1", err)
        (run,) = self.runs()
        self.assertEqual(run["status"], "stopped")
        self.assertEqual(run["repeats"]["done"], len(json.loads(out)["repeats"]))
        resumed = self.document("repeat", "--resume", 1)
        self.assertEqual(len(resumed["repeats"]), 40)
        self.assertGreater(resumed["run"]["seconds"], json.loads(out)["run"]["seconds"])
        self.assertIs(resumed["stopped"], False)

    def test_one_program_at_a_time(self):
        process = subprocess.Popen([CLI, "repeat", "--data", str(self.data), *QUICK, "--repeats", "1000"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.environment,
                                   cwd=self.folder)
        self.addCleanup(lambda: (process.kill(), process.wait()))
        end = time.monotonic() + 60
        while not self.runs("--status", "running"):
            self.assertLess(time.monotonic(), end)
        self.refused("repeat", "--resume", 1, words=["another program"])
        self.refused("repeat", "--resume", "last", words=["no run"])
        self.run_cli("runs", "note", 1, "written meanwhile")
        process.kill()
        process.wait()
        self.assertEqual(self.runs()[0]["status"], "stopped")
        self.assertEqual(self.runs()[0]["note"], "written meanwhile")

    def test_contradictions_are_named(self):
        self.repeat("--copies", "5", "--rotation-range", "10", "--train-policy", "gentle", repeats=3)
        self.cut([0])
        for arguments in (("--epochs", "2"), ("--repeats", "4"), ("--seed", "2"), ("--copies", "4"), ("--rotation-range", "11"),
                          ("--policy", "d4"), ("--vote", "max"), ("--train-policy", "tutorial"),
                          ("--normalise", "standardise"), ("--exact-early-exit",), ("--image-size", "8x8"),
                          ("--no-history",)):
            with self.subTest(arguments[0]):
                self.refused("repeat", "--resume", 1, *arguments, words=[arguments[0]])
        self.assertEqual(self.runs()[0]["repeats"]["done"], 1)
        self.refused("repeat", "--resume", "soon", words=["--resume", "soon"])
        self.refused("repeat", "--resume", 8, words=["no run 8"])
        # The same again is no contradiction: the command as it was, with --resume at its end.
        resumed = self.repeat("--copies", "5", "--rotation-range", "10", "--train-policy", "gentle", "--resume", 1,
                              repeats=3)
        self.assertEqual(len(resumed["repeats"]), 3)
        self.refused("repeat", "--resume", 1, words=["3 repeats are done"])

    def test_data_that_moved_or_changed(self):
        whole = self.repeat(repeats=3)
        self.cut([2])
        moved = self.folder / "moved"
        self.data.rename(moved)
        self.refused("repeat", "--resume", 1, words=["data"])
        other = support.write_idx(self.folder / "other", train=48, test=24, images_of=support.noise)
        self.refused("repeat", "--resume", 1, "--data", other, words=["other", "--data"])
        self.assertEqual(self.runs()[0]["repeats"]["done"], 1)
        resumed = self.document("repeat", "--resume", 1, "--data", moved)
        self.assertEqual([repeat["lift"] for repeat in resumed["repeats"]],
                         [repeat["lift"] for repeat in whole["repeats"]])

    def test_from_another_folder(self):
        subprocess.run([CLI, "repeat", "--data", "data", *QUICK, "--repeats", "2"], cwd=self.folder, check=True,
                       env=self.environment, capture_output=True)
        self.cut([0])
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        done = subprocess.run([CLI, "repeat", "--resume", "1", "--json"], cwd=elsewhere, env=self.environment,
                              capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["repeats"]), 2)

    def test_image_folder_options_are_kept(self):
        folder = self.folder / "images"
        for kind in ("a", "b"):
            (folder / kind).mkdir(parents=True)
            for i in range(20):
                support.write_png(folder / kind / f"{i}.png", 12, 12,
                                  lambda x, y, k=kind, n=i: (x * 9 if k == "a" else y * 9) + (n * 31 + x * y) % 90)
        whole = self.document("repeat", "--data", folder, *QUICK, "--repeats", "2", "--image-size", "10x8",
                              "--test-fraction", "0.4")
        self.cut([1])
        resumed = self.document("repeat", "--resume", 1)
        self.assertEqual(figures(resumed), figures(whole))
        self.assertEqual(resumed["data"]["shape"][1:], [10, 8])

    def test_an_imported_run_goes_on(self):
        whole = self.repeat(repeats=3)
        self.cut([0, 2])
        self.run_cli("runs", "export", 1, "run.json")
        shutil.rmtree(self.folder / "share")
        self.run_cli("runs", "import", "run.json")
        self.assertEqual(figures(self.document("repeat", "--resume", 1)), figures(whole))


class Trouble(History):
    def test_failed_before_anything_was_done(self):
        (self.folder / "blocked").mkdir()
        self.run_cli("repeat", "--data", self.folder / "blocked", *QUICK, expect=2)
        self.assertEqual(self.runs(), [])

    def test_unusable_history_costs_a_warning(self):
        self.database.parent.mkdir(parents=True)
        self.database.write_bytes(b"not a database, and long enough to be seen as none" * 40)
        before = self.database.read_bytes()
        result = self.run_cli("repeat", "--data", self.data, *QUICK, "--repeats", "1", "--json")
        self.assertEqual(len(json.loads(result.out)["repeats"]), 1)
        self.assertIn(str(self.database), result.err)
        self.assertEqual(self.database.read_bytes(), before)
        for arguments in (("list",), ("show", "1"), ("delete", "1"), ("note", "1", "x")):
            self.refused("runs", *arguments, words=["damaged", str(self.database)])
        self.refused("repeat", "--resume", 1, words=["damaged"])

    def test_a_history_deleted_meanwhile(self):
        self.repeat(repeats=1)  # so that the run's number changes
        process = subprocess.Popen([CLI, "repeat", "--data", str(self.data), *QUICK, "--repeats", "40", "--json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.environment,
                                   cwd=self.folder)
        while b"repeat 2 of 40: baseline" not in process.stderr.readline():
            self.assertIsNone(process.poll())
        for file in self.database.parent.glob("runs.sqlite*"):
            file.unlink()
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 0, err)
        self.assertEqual(err.count(b"was deleted, moved or replaced"), 1, err)
        self.assertNotIn(b"misses some", err)
        document = json.loads(out)
        self.assertEqual(document["run"]["id"], 1)
        self.assertEqual(figures(self.document("runs", "show", 1)), figures(document))
        self.assertEqual(self.runs()[0]["status"], "finished")

    def test_two_programs_at_once(self):
        command = [CLI, "repeat", "--data", str(self.data), *QUICK, "--repeats", "12", "--json"]
        processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                      env=self.environment, cwd=self.folder) for _ in range(3)]
        documents = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
        self.assertEqual(sorted(document["run"]["id"] for document in documents), [1, 2, 3])
        for document in documents:
            kept = self.document("runs", "show", document["run"]["id"])
            self.assertEqual(figures(kept), figures(document))

    @unittest.skipUnless(os.geteuid() == 0, "as root, so that a file can be another user's")
    def test_a_history_that_may_only_be_read(self):
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
        if subprocess.run(["test", "-x", CLI], **nobody).returncode != 0:
            self.skipTest("the program is out of reach for another user")
        self.repeat()
        self.folder.chmod(0o755)
        for path in (self.folder / "share", self.database.parent):
            path.chmod(0o755)
        result = self.run_cli("runs", "list", "--json", **nobody)
        self.assertEqual(len(json.loads(result.out)), 1)
        for arguments in (("rename", 1, "x"), ("delete", 1)):
            result = self.run_cli("runs", *arguments, expect=2, **nobody)
            self.assertIn(str(self.database), result.err)
        result = self.run_cli("repeat", "--data", self.data, *QUICK, "--repeats", "1", **nobody)
        self.assertIn("not in the history", result.err)
        self.assertEqual(len(self.runs()), 1)


if __name__ == "__main__":
    unittest.main()
