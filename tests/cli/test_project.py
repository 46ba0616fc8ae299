# SPDX-License-Identifier: GPL-3.0-or-later
"""`run PROJECT`: the numbers of `repeat` and `evaluate`, and projects that cannot be run."""
import json
import os
import pathlib
import shutil
import unittest

import support
from support import CliTest, EvaluateTest

SETTINGS = ("--epochs", "2", "--batch-size", "16", "--learning-rate", "0.002", "--normalise", "standardise",
            "--subset-train", "60", "--subset-test", "40", "--split-seed", "3", "--validation-fraction", "0.1",
            "--rotation-range", "40", "--zoom-range", "0.8,1.1", "--copies", "5", "--vote", "geometric_mean",
            "--blend", "0.25", "--no-exact-early-exit", "--repeats", "3", "--seed", "11", "--threads", "1",
            "--parallel-fits", "1")
TIMES = {"train_seconds", "evaluate_seconds", "seconds"}


def numbers(document, wanted=("settings", "data", "repeats", "summary", "verdict", "stopped")):
    """All of a document that does not depend on the clock."""
    def timeless(value):
        if isinstance(value, dict):
            return {key: timeless(inner) for key, inner in value.items() if key not in TIMES}
        return [timeless(inner) for inner in value] if isinstance(value, list) else value
    return {key: timeless(document[key]) for key in wanted if key in document}


class RunProject(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data")
        self.project = self.folder / "my project.augury"

    def save(self, *options):
        """(the document of `repeat`, the project that it saved)"""
        repeated = self.document("repeat", "--data", self.data, *(options or SETTINGS), "--no-history",
                                 "--save-project", self.project)
        return repeated, json.loads(self.project.read_text("utf-8"))

    def put(self, document):
        text = document if isinstance(document, str) else json.dumps(document)
        self.project.write_bytes(text.encode("utf-8"))
        return text.encode("utf-8")

    def refused(self, content, *options):
        """What `run` says; it leaves the project as it is, byte for byte, and nothing else behind."""
        content = self.put(content)
        before = self.files()
        result = self.run_cli("run", self.project, *options, expect=2)
        self.assertEqual(result.out, "")
        self.assertNotIn("unexpected failure", result.err)
        self.assertIn(str(self.project), result.err)
        self.assertEqual(self.project.read_bytes(), content)
        self.assertEqual(self.files(), before)
        self.assertFalse((self.folder / "share").exists(), "a run was begun")
        return result.err

    def test_the_same_numbers_as_repeat(self):
        repeated, project = self.save()
        self.assertEqual(project["augury_project"], 1)
        self.assertIsNone(project["model"])
        # Everything that decides the numbers is in it: these are the settings that `repeat` reports.
        self.assertEqual(dict(project["experiment"], data=str(self.data)), repeated["settings"])
        self.assertEqual(project["experiment"]["data"], "data")
        ran = self.document("run", self.project, "--no-history")
        self.assertEqual(numbers(ran), numbers(repeated))
        self.assertEqual(len(ran["repeats"]), 3)

    def test_the_same_files_as_repeat(self):
        data = ("--csv", "table.csv", "--json-file", "out/all.json")
        self.save()
        printed = self.run_cli("run", self.project, "--no-history", *data)
        self.assertIn("lift", printed.out)
        lines = (self.folder / "table.csv").read_text("utf-8").splitlines()
        document = json.loads((self.folder / "out/all.json").read_text("utf-8"))
        self.assertEqual(len(lines), 4)
        self.assertEqual([int(line.split(",")[1]) for line in lines[1:]],
                         [repeat["seed"] for repeat in document["repeats"]])

    def test_the_folder_can_be_moved_and_handed_on(self):
        home = self.folder / "mine"
        home.mkdir()
        self.data = support.write_idx(home / "images")
        self.project = home / "p.augury"
        repeated, _ = self.save("--repeats", "1", "--epochs", "1", "--threads", "1")
        shutil.move(home, self.folder / "yours")
        ran = self.document("run", "yours/p.augury", "--no-history")
        self.assertEqual(ran["repeats"][0]["tta"], repeated["repeats"][0]["tta"])
        self.assertEqual(ran["settings"]["data"], str(self.folder / "yours" / "images"))

    def test_a_json_file_and_what_is_left_out(self):
        self.project = self.folder / "p.json"
        self.put({"augury_project": 1, "notes": "quick",
                  "experiment": {"data": "data", "epochs": 1, "repeats": 1, "threads": 1, "copies": 2}})
        ran = self.document("run", self.project)
        alike = self.document("repeat", "--data", self.data, "--epochs", "1", "--repeats", "1", "--threads", "1",
                              "--copies", "2")
        self.assertEqual(numbers(ran), numbers(alike))

    def test_the_command_line_overrides(self):
        self.save()
        ran = self.document("run", self.project, "--no-history", "--repeats", "2", "--seed", "5", "--threads", "2",
                            "--parallel-fits", "2")
        alike = self.document("repeat", "--data", self.data, "--no-history", *SETTINGS, "--repeats", "2", "--seed",
                              "5", "--threads", "2", "--parallel-fits", "2")
        self.assertEqual(numbers(ran), numbers(alike))
        self.assertEqual(len(ran["repeats"]), 2)

    def test_the_history_knows_it(self):
        self.save("--repeats", "1", "--epochs", "1", "--threads", "1")
        self.assertFalse((self.folder / "share").exists())
        self.run_cli("run", self.project)
        self.assertTrue((self.folder / "share/augury/runs.sqlite").exists())

    def test_another_version(self):
        _, project = self.save("--repeats", "1", "--epochs", "1")
        project["augury_project"] = 2
        project["layers"] = [1, 2]
        problem = self.refused(project)
        self.assertIn("it is of version 2, and this program reads version 1", problem)
        self.assertIn("newer Augury", problem)
        self.assertNotIn("layers", problem)

    def test_everything_that_is_wrong(self):
        _, project = self.save("--repeats", "1", "--epochs", "1")
        project["modell"] = "x"
        project["experiment"].update(epohs=3, copies=0, repeats="many")
        project["experiment"]["policy"]["zoom_range"] = [2, 1]
        problem = self.refused(project)
        for part in ("modell is not a field of a project (the nearest is model)",
                     "experiment.epohs is not a field of an experiment (the nearest is epochs)",
                     "experiment.copies must be 1 to 1000", "experiment.repeats must be a whole number", "zoom_range"):
            self.assertIn(part, problem)

    def test_what_is_missing(self):
        _, project = self.save("--repeats", "1", "--epochs", "1")
        project["experiment"]["data"] = "gone"
        project["model"] = "no.safetensors"
        problem = self.refused(project)
        self.assertIn(f"data names {self.folder / 'gone'}, which is not there. Put the folder back", problem)
        self.assertIn(f"model names {self.folder / 'no.safetensors'}, which is not there. Put the file back", problem)

    def test_what_is_no_project(self):
        for text in ("", "{", "[]", "{}", '{"copies": 7}', '{"augury_project": 1}', "[" * 100000):
            with self.subTest(text[:20]):
                self.refused(text)
        truncated = json.dumps({"augury_project": 1, "experiment": {}})[:-1]
        self.assertIn(f"byte {len(truncated) + 1}", self.refused(truncated))

    def test_no_file(self):
        self.assertIn("name its .augury file", self.run_cli("run", expect=2).err)
        self.assertIn("No such file", self.run_cli("run", "none.augury", expect=2).err)
        self.assertIn("is a folder", self.run_cli("run", self.folder, expect=2).err)

    def test_options_of_the_other_kind(self):
        _, project = self.save("--repeats", "1", "--epochs", "1")
        self.assertIn("--curve needs a project that names a model",
                      self.run_cli("run", self.project, "--curve", expect=2).err)
        shutil.copy(self.data / "train-labels-idx1-ubyte", self.folder / "m.safetensors")
        self.put(dict(project, model="m.safetensors"))
        self.assertIn("--repeats needs a project that trains",
                      self.run_cli("run", self.project, "--repeats", "3", expect=2).err)
        self.assertIn("m.safetensors", self.run_cli("run", self.project, expect=2).err)

    def test_what_cannot_be_saved(self):
        base = ("repeat", "--data", self.data, "--epochs", "1", "--repeats", "1", "--no-history", "--save-project")
        for extra, says in (((self.project, "--image-size", "12x12"), "no place for --image-size"),
                            (("p.txt",), "must end in .augury or .json"),
                            (("p.json", "--json-file", "./p.json"), "give each its own file"),
                            ((self.data / "t10k-labels-idx1-ubyte" / "p.augury",), "is not a folder")):
            with self.subTest(says):
                before = self.files()
                self.assertIn(says, self.run_cli(*base, *extra, expect=2).err)
                self.assertEqual(self.files(), before)

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_cannot_be_written_to_can_be_run_from(self):
        self.save("--repeats", "1", "--epochs", "1", "--threads", "1")
        locked = self.folder / "locked"
        locked.mkdir()
        shutil.move(self.project, locked / "p.augury")
        shutil.move(self.data, locked / "data")
        locked.chmod(0o555)
        self.run_cli("run", locked / "p.augury", "--no-history")


class RunModel(EvaluateTest):
    def project(self, **experiment):
        model = self.on_model[self.on_model.index("--model") + 1]
        document = {"augury_project": 1, "model": str(model),
                    "experiment": dict({"data": str(self.data), "threads": 1, "copies": 7,
                                        "policy": {"rotation_range": 60, "width_shift_range": 0.15}}, **experiment)}
        path = self.folder / "p.augury"
        path.write_text(json.dumps(document), "utf-8")
        return path

    def test_the_same_numbers_as_evaluate(self):
        wanted = ("settings", "data", "baseline", "tta", "lift", "fixed", "broken", "images", "curve", "uncertainty",
                  "mcnemar_p", "lift_ci95", "verdict", "model")
        asked = ("--curve", "--uncertainty", "--per-image", "images.csv")
        ran = self.document("run", self.project(seed=5, vote="majority", include_original=True, subset_test=70),
                            *asked)
        rows = self.rows("images.csv")
        evaluated = self.evaluate(*self.TURNED, "--seed", "5", "--vote", "majority", "--include-original",
                                  "--subset-test", "70", *asked)
        self.assertEqual(numbers(ran, wanted), numbers(evaluated, wanted))
        self.assertEqual(rows, self.rows("images.csv"))
        self.assertEqual(ran["images"], 70)

    def test_learned_weights_are_fitted_on_what_was_kept_apart(self):
        ran = self.document("run", self.project(vote="learned", copies=2, policy={"views": {"horizontal_flip": True}}))
        evaluated = self.evaluate("--policy", "hflip", "--vote", "learned")
        self.assertEqual(ran["learned"], evaluated["learned"])
        self.assertEqual(ran["tta"], evaluated["tta"])

    def test_a_relative_model(self):
        path = self.project()
        document = json.loads(path.read_text("utf-8"))
        shutil.copy(document["model"], self.folder / "net.safetensors")
        document["model"] = "net.safetensors"
        path.write_text(json.dumps(document), "utf-8")
        os.makedirs(self.folder / "elsewhere")
        ran = self.document("run", pathlib.Path("elsewhere") / ".." / "p.augury")
        self.assertEqual(ran["model"], str(self.folder / "net.safetensors"))


if __name__ == "__main__":
    unittest.main()
