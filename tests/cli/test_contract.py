# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON documents: fields, types, defaults, and the numbers against a second computation."""
import csv
import io
import itertools
import json
import unittest
import xml.etree.ElementTree

import support
from support import CliTest

QUICK = ("--epochs", "1", "--batch-size", "16", "--threads", "1", "--copies", "3", "--no-history")
NUMBER = (int, float)


class Repeat(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data")

    def test_fields_and_types(self):
        document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "3", "--rotation-range", "20")
        self.assertLessEqual({"settings", "data", "repeats", "summary", "verdict", "stopped", "run", "versions"},
                             set(document))
        self.assertIs(document["stopped"], False)
        self.assertEqual(len(document["repeats"]), 3)
        for i, repeat in enumerate(document["repeats"]):
            self.assertEqual(repeat["index"], i)
            for field in ("seed", "images", "fixed", "broken", "forward_passes", "passes_saved"):
                self.assertIs(type(repeat[field]), int, field)
            for field in ("lift", "train_seconds", "evaluate_seconds", "mcnemar_p", "distinct_variants", "cost"):
                self.assertIn(type(repeat[field]), NUMBER, field)
            for side in ("baseline", "tta"):
                self.assertIn(type(repeat[side]["accuracy"]), NUMBER)
                self.assertTrue(0 <= repeat[side]["accuracy"] <= 1)
                self.assertEqual(repeat[side]["accuracy"], repeat[side]["correct"] / repeat["images"])
            self.assertEqual(repeat["images"], 60)
            self.assertEqual(repeat["tta"]["correct"] - repeat["baseline"]["correct"],
                             repeat["fixed"] - repeat["broken"])
            self.assertAlmostEqual(repeat["lift"], repeat["tta"]["accuracy"] - repeat["baseline"]["accuracy"],
                                   places=12)
            self.assertAlmostEqual(repeat["mcnemar_p"], support.mcnemar_exact(repeat["fixed"], repeat["broken"]),
                                   places=10)
            # A rotation is never drawn twice: the original and three copies each, but for what an early exit spares.
            self.assertEqual(repeat["forward_passes"] + repeat["passes_saved"], 4 * 60)
            self.assertEqual(repeat["cost"], repeat["forward_passes"] / repeat["images"])
            self.assertEqual([row["epoch"] for row in repeat["history"]], [1])
            self.assertIsNone(repeat["history"][0]["validation_loss"])
        self.assertEqual(len({repeat["seed"] for repeat in document["repeats"]}), 3)
        for key in ("augury", "torch", "opencv", "compiler", "os"):
            self.assertIs(type(document["versions"][key]), str, key)
        self.assertGreaterEqual(document["versions"]["cpu_threads"], 1)
        self.assertGreater(document["run"]["peak_memory_mb"], 10)
        self.assertEqual(document["data"]["shape"], [1, 12, 12])
        self.assertEqual(document["data"]["training_images"], 96)
        self.assertEqual(len(document["data"]["classes"]), 3)

    def test_statistics_against_a_second_computation(self):
        document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "8", "--rotation-range", "60",
                                 "--width-shift-range", "0.3")
        repeats, summary = document["repeats"], document["summary"]
        lifts = [repeat["lift"] for repeat in repeats]
        self.assertGreater(len({repeat["baseline"]["accuracy"] for repeat in repeats}), 1, "nothing to compare")
        for name, values in (("baseline", [r["baseline"]["accuracy"] for r in repeats]),
                             ("tta", [r["tta"]["accuracy"] for r in repeats]), ("lift", lifts)):
            self.assertAlmostEqual(summary[name]["mean"], support.mean(values), places=12)
            self.assertAlmostEqual(summary[name]["std"], support.sample_std(values), places=12)
        low, high = support.t_interval(lifts)
        self.assertAlmostEqual(summary["lift"]["ci95"][0], low, places=8)
        self.assertAlmostEqual(summary["lift"]["ci95"][1], high, places=8)
        # Ties are told apart by images, not by the last bit of a quotient.
        whole = [repeat["fixed"] - repeat["broken"] for repeat in repeats]
        self.assertAlmostEqual(summary["lift"]["p_value"], support.wilcoxon_by_enumeration(whole), places=10)

    def test_one_repeat_has_no_deviation(self):
        document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "1")
        self.assertIsNone(document["summary"]["lift"]["std"])
        self.assertEqual(document["summary"]["lift"]["ci95"], [None, None])

    def test_defaults_are_the_tutorials(self):
        # Enough to parse the settings: the tiny data set keeps the tutorial's ten fits short.
        settings = self.document("repeat", "--data", self.data, "--no-history")["settings"]
        expected = {"epochs": 3, "batch_size": 128, "learning_rate": 0.001, "copies": 7, "repeats": 10,
                    "vote": "mean", "include_original": False, "seed": 1, "subset_train": 0, "subset_test": 0,
                    "validation_fraction": 0, "device": "cpu"}
        self.assertEqual({key: settings[key] for key in expected}, expected)
        self.assertEqual(settings["normalisation"], "scale")
        switched_on = {key: value for key, value in settings["policy"].items() if value is True}
        self.assertEqual(switched_on, {"horizontal_flip": True})
        self.assertEqual([settings["policy"][key] for key in
                          ("rotation_range", "width_shift_range", "height_shift_range", "zoom_range")],
                         [0, 0, 0, [1, 1]])

    def test_flips_cost_at_most_one_more_pass(self):
        repeat = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "1")["repeats"][0]
        self.assertLessEqual(repeat["forward_passes"], 2 * repeat["images"])
        self.assertGreater(repeat["forward_passes"], repeat["images"])

    def test_same_seed_same_numbers(self):
        def numbers(*extra):
            document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "2", *extra)
            for repeat in document["repeats"]:
                del repeat["train_seconds"], repeat["evaluate_seconds"]
                for row in repeat["history"]:
                    del row["seconds"]
            return document["repeats"], document["summary"]
        first = numbers("--seed", "7")
        self.assertEqual(first, numbers("--seed", "7"))
        self.assertEqual(first[0], numbers("--seed", "7", "--parallel-fits", "1")[0])
        self.assertNotEqual([r["seed"] for r in first[0]], [r["seed"] for r in numbers("--seed", "8")[0]])

    def test_policy_file_equals_flags(self):
        flags = ("--horizontal-flip", "--vertical-flip", "--rotation-range", "12.5", "--width-shift-range", "0.1",
                 "--height-shift-range", "0.2", "--zoom-range", "0.9,1.2", "--zoom-independent-axes",
                 "--fill-mode", "constant", "--fill-value", "90")
        (self.folder / "policy.json").write_text(json.dumps({
            "horizontal_flip": True, "vertical_flip": True, "rotation_range": 12.5, "width_shift_range": 0.1,
            "height_shift_range": 0.2, "zoom_range": [0.9, 1.2], "zoom_independent_axes": True,
            "fill_mode": "constant", "fill_value": 90}), encoding="utf-8")
        common = ("repeat", "--data", self.data, *QUICK, "--repeats", "1")
        by_flags = self.document(*common, *flags)
        by_file = self.document(*common, "--policy", "policy.json")
        self.assertEqual(by_flags["settings"], by_file["settings"])
        for field in ("baseline", "tta", "fixed", "broken", "forward_passes"):
            self.assertEqual(by_flags["repeats"][0][field], by_file["repeats"][0][field])
        self.assertEqual(by_flags["settings"]["policy"]["zoom_range"], [0.9, 1.2])

    def test_any_augmentation_replaces_the_default(self):
        policy = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "1",
                               "--zoom-range", "0.1")["settings"]["policy"]
        self.assertIs(policy["horizontal_flip"], False)
        self.assertEqual(policy["zoom_range"], [0.9, 1.1])

    def test_files_say_what_the_document_says(self):
        document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "3",
                                 "--csv", "out/table.csv", "--json-file", "out/run.json")
        self.assertEqual(json.loads((self.folder / "out/run.json").read_text("utf-8")), document)
        rows = list(csv.DictReader(io.StringIO((self.folder / "out/table.csv").read_text("utf-8"))))
        self.assertEqual(len(rows), 3)
        for row, repeat in zip(rows, document["repeats"]):
            self.assertEqual(int(row["repeat"]), repeat["index"] + 1)
            for field in ("seed", "images", "fixed", "broken", "forward_passes", "passes_saved"):
                self.assertEqual(int(row[field]), repeat[field])
            for field in ("lift", "mcnemar_p", "distinct_variants", "train_seconds", "evaluate_seconds"):
                self.assertEqual(float(row[field]), repeat[field])
            self.assertEqual(float(row["baseline_accuracy"]), repeat["baseline"]["accuracy"])
            self.assertEqual(float(row["tta_accuracy"]), repeat["tta"]["accuracy"])
        self.assertEqual(self.files(), sorted(["out/run.json", "out/table.csv"] + [
            f"data/{name}" for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
                                        "train-images-idx3-ubyte", "train-labels-idx1-ubyte")]))

    def test_table_for_people(self):
        result = self.run_cli("repeat", "--data", self.data, *QUICK, "--repeats", "2")
        for text in ("repeat", "baseline", "TTA", "lift", "mean ± σ", "95 % interval", "Wilcoxon p"):
            self.assertIn(text, result.out)
        document = self.document("repeat", "--data", self.data, *QUICK, "--repeats", "2")
        for repeat in document["repeats"]:
            self.assertIn(str(repeat["seed"]), result.out)
            self.assertIn(f"{100 * repeat['tta']['accuracy']:.2f} %", result.out)
        self.assertIn(document["verdict"], result.out)
        self.assertNotIn("\r", result.err)  # no bar where there is no terminal
        self.assertIn("epoch 1 of 1", result.err)

    def test_include_original_and_majority(self):
        common = ("repeat", "--data", self.data, *QUICK, "--repeats", "1", "--rotation-range", "90")
        found = {}
        for vote, include in itertools.product(("mean", "majority"), (False, True)):
            document = self.document(*common, "--vote", vote, *(["--include-original"] if include else []))
            self.assertEqual(document["settings"]["vote"], vote)
            self.assertIs(document["settings"]["include_original"], include)
            found[vote, include] = document["repeats"][0]
        baselines = {json.dumps(repeat["baseline"]) for repeat in found.values()}
        self.assertEqual(len(baselines), 1, "the vote must not change the baseline")


class TrainAndEvaluate(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data", compressed=True)

    def test_a_repeat_can_be_repeated_by_hand(self):
        voting = ("--copies", "5", "--rotation-range", "40", "--vote", "majority")
        common = ("--data", self.data, "--threads", "1", "--subset-test", "50", "--split-seed", "3")
        training = ("--epochs", "2", "--batch-size", "16", "--subset-train", "80", "--validation-fraction", "0.1",
                    "--normalise", "standardise")
        document = self.document("repeat", *common, *training, *voting, "--repeats", "2", "--no-history")
        for i, repeat in enumerate(document["repeats"]):
            model = f"model{i}.safetensors"
            trained = self.document("train", *common, *training, "--seed", repeat["seed"], "--out", model)
            for mine, theirs in zip(trained["history"], repeat["history"], strict=True):
                del mine["seconds"], theirs["seconds"]
                self.assertEqual(mine, theirs)
                self.assertIsNotNone(mine["validation_accuracy"])
            by_hand = ("evaluate", "--model", model, *common, *voting, "--seed", repeat["seed"])
            same = ("images", "lift", "fixed", "broken", "mcnemar_p", "distinct_variants")
            evaluated = self.document(*by_hand)
            for field in same:
                self.assertEqual(evaluated[field], repeat[field], field)
            for side, field in itertools.product(("baseline", "tta"), ("accuracy", "correct")):
                self.assertEqual(evaluated[side][field], repeat[side][field], (side, field))
            for field in ("forward_passes", "passes_saved", "cost"):
                self.assertEqual(evaluated[field], repeat[field], field)
            self.assertEqual(repeat["passes_saved"], 0)
            # All that the images say is kept with each repeat.
            for side, field in itertools.product(("baseline", "tta"), ("nll", "brier", "ece", "confusion", "per_class",
                                                                        "calibration", "ties")):
                self.assertEqual(evaluated[side][field], repeat["details"][side][field], (side, field))
            early = self.document(*by_hand, "--exact-early-exit")
            for field in (*same, "baseline", "tta"):
                self.assertEqual(early[field], repeat[field], field)
            self.assertGreater(early["passes_saved"], 0)
            self.assertEqual(early["forward_passes"] + early["passes_saved"], repeat["forward_passes"])

    def test_evaluate_fields(self):
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--out", "m.safetensors")
        document = self.document("evaluate", "--model", "m.safetensors", "--data", self.data, "--csv", "e.csv",
                                 "--copies", "4")
        self.assertLessEqual({"settings", "images", "baseline", "tta", "lift", "fixed", "broken", "mcnemar_p",
                              "distinct_variants", "forward_passes", "seconds", "versions"}, set(document))
        for field in ("images", "fixed", "broken", "forward_passes"):
            self.assertIs(type(document[field]), int, field)
        for field in ("lift", "mcnemar_p", "distinct_variants", "seconds"):
            self.assertIn(type(document[field]), NUMBER, field)
        self.assertEqual(document["settings"]["copies"], 4)
        self.assertEqual(document["settings"]["epochs"], 1)
        (row,) = csv.DictReader(io.StringIO((self.folder / "e.csv").read_text("utf-8")))
        self.assertEqual(float(row["tta_accuracy"]), document["tta"]["accuracy"])
        self.assertEqual(int(row["fixed"]), document["fixed"])
        text = self.run_cli("evaluate", "--model", "m.safetensors", "--data", self.data).out
        for word in ("baseline", "TTA", "fixed / broken", "forward passes", "McNemar"):
            self.assertIn(word, text)

    def test_train_fields_and_csv(self):
        document = self.document("train", "--data", self.data, "--epochs", "2", "--batch-size", "16",
                                 "--validation-fraction", "0.25", "--out", "m.safetensors", "--csv", "t.csv")
        self.assertEqual([row["epoch"] for row in document["history"]], [1, 2])
        self.assertIs(document["stopped"], False)
        self.assertEqual(document["model"], "m.safetensors")
        # conv 1→32, BN, conv 32→64, BN, 64·3·3→128, BN, 128→3: the tutorial's network at 1×12×12.
        expected = (32 * 9 + 32) + 64 + (64 * 32 * 9 + 64) + 128 + (576 * 128 + 128) + 256 + (128 * 3 + 3)
        self.assertEqual(document["parameters"], expected)
        rows = list(csv.DictReader(io.StringIO((self.folder / "t.csv").read_text("utf-8"))))
        self.assertEqual([float(row["validation_loss"]) for row in rows],
                         [row["validation_loss"] for row in document["history"]])
        # 32 a class: round(8) of each are kept for validation.
        self.assertEqual(document["data"]["training_images"], 72)
        self.assertEqual(document["data"]["validation_images"], 24)

    def test_cifar_binary(self):
        data = support.write_cifar10(self.folder / "cifar")
        document = self.document("train", "--data", data, "--epochs", "1", "--batch-size", "8",
                                 "--out", "m.safetensors")
        self.assertEqual(document["data"]["shape"], [3, 32, 32])
        self.assertEqual(document["data"]["classes"][:3], ["airplane", "automobile", "bird"])
        self.assertEqual(self.document("evaluate", "--model", "m.safetensors", "--data", data)["images"], 20)

    def test_safetensors_read_by_another_hand(self):
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--seed", "5",
                     "--out", "m.safetensors")
        metadata, tensors = support.read_safetensors(self.folder / "m.safetensors")
        shapes = {name: shape for name, (_, shape, _) in tensors.items()}
        by_shape = sorted(map(tuple, shapes.values()))
        for shape in ((32, 1, 3, 3), (64, 32, 3, 3), (128, 576), (3, 128)):
            self.assertIn(shape, by_shape)
        for name, (dtype, shape, _) in tensors.items():
            self.assertEqual(dtype, "I64" if name.endswith("num_batches_tracked") else "F32", name)
            self.assertRegex(name, r"^[a-z]+[0-9]*\.(weight|bias|running_mean|running_var|num_batches_tracked)$")
        self.assertEqual(sum(name.endswith("num_batches_tracked") for name in tensors), 3)
        text = json.dumps(metadata)
        for word in ("tutorial_cnn", "scale"):
            self.assertIn(word, text)

    @unittest.skipUnless(support.HAS_QT, "a build without Qt draws nothing")
    def test_plots(self):
        # Without a display, whatever the test's surroundings have.
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            self.environment.pop(name, None)
        quick = ("--data", self.data, "--epochs", "2", "--batch-size", "16")
        self.run_cli("train", *quick, "--out", "m.safetensors", "--plot", "plots/t.svg")
        self.run_cli("repeat", *quick, "--repeats", "2", "--plot", "plots/r.png", "--no-history")
        self.run_cli("repeat", *quick, "--repeats", "2", "--plot", "plots/r.svg", "--no-history")
        self.run_cli("evaluate", "--model", "m.safetensors", "--data", self.data, "--plot", "plots/e.svg")
        picture = (self.folder / "plots/r.png").read_bytes()
        self.assertEqual(picture[:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(len(picture), 5000)
        for name in ("t", "r", "e"):
            root = xml.etree.ElementTree.parse(self.folder / f"plots/{name}.svg").getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            self.assertTrue(list(root.iter("{http://www.w3.org/2000/svg}text"))
                            or list(root.iter("{http://www.w3.org/2000/svg}path")))

    def test_history_is_kept_for_the_window(self):
        import sqlite3
        self.run_cli("repeat", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--repeats", "1")
        path = self.folder / "share/augury/runs.sqlite"
        connection = sqlite3.connect(path)
        ((kind, repeats),) = connection.execute(
            "SELECT kind, (SELECT count(*) FROM repeats WHERE run = runs.id) FROM runs").fetchall()
        connection.close()
        self.assertEqual(kind, "repeat")
        self.assertEqual(repeats, 1)
        # A history that cannot be used costs a warning, not the result.
        path.write_bytes(b"not a database, and long enough to be seen as none" * 40)
        result = self.run_cli("repeat", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--repeats", "1",
                              "--json")
        self.assertIn("history", result.err)
        self.assertIn(str(path), result.err)
        json.loads(result.out)


if __name__ == "__main__":
    unittest.main()
