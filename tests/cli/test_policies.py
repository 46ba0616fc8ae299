# SPDX-License-Identifier: GPL-3.0-or-later
"""Presets, policy files, the augmentation options one by one, and augmentation while training."""
import json
import unittest

import support
from support import EvaluateTest

VIEWS = {"hflip": 2, "d4": 8, "five_crop": 5, "ten_crop": 10, "multi_scale": 6}
RANDOM = {"tutorial": 7, "gentle": 7, "keras_full": 10}

# Each option alone, and what it must become in the policy.
AUGMENTATIONS = [
    ("--horizontal-flip", None, "horizontal_flip", True),
    ("--vertical-flip", None, "vertical_flip", True),
    ("--rotate90", None, "rotate90", True),
    ("--rotation-range", "12.5", "rotation_range", 12.5),
    ("--width-shift-range", "0.2", "width_shift_range", 0.2),
    ("--height-shift-range", "0.2", "height_shift_range", 0.2),
    ("--shear-range", "12.5", "shear_range", 12.5),
    ("--zoom-range", "0.8,1.3", "zoom_range", [0.8, 1.3]),
    ("--zoom-range", "0.25", "zoom_range", [0.75, 1.25]),
    ("--crop-fraction", "0.6,0.9", "crop_fraction", [0.6, 0.9]),
    ("--crop-fraction", "0.5", "crop_fraction", [0.5, 0.5]),
    ("--brightness-range", "0.5,1.5", "brightness_range", [0.5, 1.5]),
    ("--brightness-range", "0.5", "brightness_range", [0.5, 1.5]),
    ("--contrast-range", "0.25,1", "contrast_range", [0.25, 1]),
    ("--contrast-range", "0.25", "contrast_range", [0.75, 1.25]),
    ("--channel-shift-range", "30", "channel_shift_range", 30),
    ("--noise-std", "7.5", "noise_std", 7.5),
    ("--blur-sigma", "0.5,2", "blur_sigma", [0.5, 2]),
    ("--blur-sigma", "2", "blur_sigma", [0, 2]),
]
OFF = {"horizontal_flip": False, "vertical_flip": False, "rotate90": False, "rotation_range": 0,
       "width_shift_range": 0, "height_shift_range": 0, "shear_range": 0, "zoom_range": [1, 1],
       "zoom_independent_axes": False, "crop_fraction": [1, 1], "brightness_range": [1, 1], "contrast_range": [1, 1],
       "channel_shift_range": 0, "noise_std": 0, "blur_sigma": [0, 0], "fill_mode": "nearest", "fill_value": 0}

# What is typed, and the range that the message must give.
BAD_AUGMENTATIONS = [
    ("--shear-range", ("90", "nan"), ("0", "89")),
    ("--crop-fraction", ("0", "0.9,0.5", "0.2,0.5,0.9"), ("0.01", "1")),
    ("--brightness-range", ("1.5", "-1,1"), ("0", "100")),
    ("--contrast-range", ("-0.1", "1,inf"), ("0", "100")),
    ("--channel-shift-range", ("256", "1e999"), ("0", "255")),
    ("--noise-std", ("-0.5",), ("0", "255")),
    ("--blur-sigma", ("51", "2,1"), ("0", "50")),
]
NUMBERS = ("images", "baseline", "tta", "lift", "fixed", "broken", "distinct_variants", "forward_passes")


class Presets(EvaluateTest):
    def test_list(self):
        text = self.run_cli("policies").out
        presets = {preset["name"]: preset for preset in json.loads(self.run_cli("policies", "--json").out)}
        self.assertEqual({name: preset["copies"] for name, preset in presets.items()}, {**VIEWS, **RANDOM})
        for name, preset in presets.items():
            self.assertIs(preset["enumerated"], name in VIEWS)
            self.assertEqual("views" in preset["policy"], name in VIEWS)
            count = f"{preset['copies']} views" if name in VIEWS else f"{preset['copies']} copies"
            (line,) = (line for line in text.splitlines() if line.startswith(f"{name}: "))
            self.assertIn(count, line)
            self.assertIn(preset["draws"], line)
            words = " ".join(text.split())
            self.assertIn(preset["origin"], words)
            if preset["caution"]:
                self.assertIn(f"Caution: {preset['caution']}", words)
        for name in ("d4", "keras_full"):  # both turn images upside down
            self.assertIn("6 into a 9", presets[name]["caution"])
        self.assertEqual(presets["tutorial"]["policy"], {**OFF, "horizontal_flip": True})
        self.assertEqual(presets["gentle"]["policy"], {**OFF, "horizontal_flip": True, "width_shift_range": 0.05,
                                                       "height_shift_range": 0.05, "zoom_range": [0.95, 1.05]})

    def test_each_by_name_and_from_its_file(self):
        for name, copies in {**VIEWS, **RANDOM}.items():
            with self.subTest(name):
                by_name = self.evaluate("--policy", name)
                self.assertEqual(by_name["settings"]["copies"], copies)
                self.assertGreater(by_name["forward_passes"], self.IMAGES)
                self.assertLessEqual(by_name["forward_passes"], (1 + copies) * self.IMAGES)
                if name in ("hflip", "d4", "multi_scale"):
                    # The original is one of the views, and costs no second pass.
                    self.assertEqual(by_name["cost"], copies)
                if name not in ("d4", "multi_scale", "ten_crop", "keras_full"):
                    continue
                text = self.run_cli("policies", name).out
                self.assertEqual(by_name["settings"]["policy"], json.loads(text))
                (self.folder / f"{name}.json").write_text(text, encoding="utf-8")
                # A file of views brings their number, too; random ones have the usual seven.
                extra = ("--copies", copies) if name in RANDOM else ()
                by_file = self.evaluate("--policy", f"{name}.json", *extra)
                self.assertEqual(by_file["settings"], by_name["settings"])
                for field in NUMBERS:
                    self.assertEqual(by_file[field], by_name[field], field)

    def test_what_does_not_fit_is_refused(self):
        self.assertEqual(self.evaluate("--policy", "ten_crop", "--copies", "4")["settings"]["copies"], 4)
        (self.folder / "views.json").write_text('{"views": {"horizontal_flip": true, "scales": [1, 0.9]}}', "utf-8")
        for options, words in ((("--policy", "hflip", "--copies", "3"), ("copies", "1 to 2", "views")),
                               (("--policy", "views.json", "--copies", "5"), ("copies", "1 to 4", "views")),
                               (("--policy", "d4", "--rotation-range", "3"), ("--policy", "--rotation-range")),
                               (("--policy", "gentle", "--horizontal-flip"), ("--policy", "--horizontal-flip")),
                               (("--policy", "gentel"), ("gentel", *VIEWS, *RANDOM)),
                               (("--policy", "absent.json"), ("absent.json",))):
            with self.subTest(" ".join(options)):
                message = self.refused(*options)
                for word in words:
                    self.assertIn(word, message)
        message = self.run_cli("policies", "gentel", expect=2).err
        for name in (*VIEWS, *RANDOM):
            self.assertIn(name, message)

    def test_problems_of_a_file_are_all_named(self):
        (self.folder / "bad.json").write_text(json.dumps(
            {"shear_range": 90, "crop_fraction": [0.5, 2], "nois_std": 3, "blur_sigma": "much"}), encoding="utf-8")
        for command in (("policies", "bad.json"), (*self.on_model, "--policy", "bad.json")):
            message = self.run_cli(*command, expect=2).err
            for word in ("bad.json", "shear_range", "89", "crop_fraction", "0.01", "nois_std", "noise_std",
                         "blur_sigma"):
                self.assertIn(word, message)
        (self.folder / "both.json").write_text('{"views": {"horizontal_flip": true}, "noise_std": 3}', "utf-8")
        self.assertIn("noise_std", self.run_cli("policies", "both.json", expect=2).err)

    def test_quarter_turns_need_squares(self):
        for k in range(2):
            for i in range(8):
                support.write_png(self.folder / f"photos/{k}/{i}.png", 14, 12,
                                  lambda x, y: (90 * k + 9 * x + i * y) % 256)
        self.run_cli("train", "--data", "photos", "--epochs", "1", "--batch-size", "4", "--out", "m.safetensors")
        for options, field in ((("--policy", "d4"), "quarter_turns"), (("--rotate90",), "rotate90")):
            message = self.run_cli("evaluate", "--model", "m.safetensors", "--data", "photos", *options, expect=2).err
            self.assertIn(field, message)
            self.assertIn("14 wide and 12 high", message)


class Augmentations(EvaluateTest):
    def test_each_is_taken_up_alone(self):
        first = {}
        for option, value, field, expected in AUGMENTATIONS:
            first.setdefault(option, (value, field, expected))
        for option, (value, field, expected) in first.items():
            with self.subTest(option, value=value):
                document = self.evaluate("--copies", "3", "--subset-test", "20",
                                         *([option] if value is None else [option, value]))
                self.assertEqual(document["settings"]["policy"], {**OFF, field: expected})
                self.assertGreater(document["forward_passes"], 20, "every copy is the original")

    def test_all_at_once(self):
        # One number instead of a range where that is allowed.
        asked = {option: (value, field, expected) for option, value, field, expected in AUGMENTATIONS}
        options = [word for option, (value, _, _) in asked.items() for word in (option, value) if word is not None]
        policy = self.evaluate(*options, "--zoom-independent-axes", "--fill-mode", "constant",
                               "--fill-value", "9")["settings"]["policy"]
        self.assertEqual(policy, {**OFF, **{field: expected for _, field, expected in asked.values()},
                                  "zoom_independent_axes": True, "fill_mode": "constant", "fill_value": 9})

    def test_bad_values_are_refused(self):
        for option, values, limits in BAD_AUGMENTATIONS:
            for value in values:
                with self.subTest(option, value=value):
                    message = self.refused(f"{option}={value}")
                    self.assertIn(f"{option}: \"{value}\"", message)
                    numbers = message.replace(f'"{value}"', "").split()
                    for limit in limits:
                        self.assertIn(limit, numbers)


class TrainPolicy(EvaluateTest):
    def train(self, name, *options):
        document = self.document("train", "--data", self.data, "--epochs", "2", "--batch-size", "16", "--threads", "1",
                                 *options, "--out", f"{name}.safetensors")
        _, tensors = support.read_safetensors(self.folder / f"{name}.safetensors")
        return document, tensors

    def test_changes_the_training(self):
        (self.folder / "identity.json").write_text("{}", "utf-8")
        (self.folder / "noise.json").write_text('{"noise_std": 20, "rotation_range": 15}', "utf-8")
        document, plain = self.train("plain")
        self.assertNotIn("train_policy", document["settings"])
        document, identity = self.train("identity", "--train-policy", "identity.json")
        self.assertEqual(identity, plain)
        document, noisy = self.train("noisy", "--train-policy", "noise.json")
        self.assertEqual(document["settings"]["train_policy"], {**OFF, "noise_std": 20, "rotation_range": 15})
        self.assertEqual(set(noisy), set(plain))
        self.assertNotEqual(noisy, plain)
        self.assertEqual(self.train("again", "--train-policy", "noise.json")[1], noisy, "the same seed, other weights")
        # The model remembers it, and TTA's own policy is another matter.
        settings = self.document("evaluate", "--model", "noisy.safetensors", "--data", self.data)["settings"]
        self.assertEqual(settings["train_policy"], document["settings"]["train_policy"])
        self.assertEqual(settings["policy"], {**OFF, "horizontal_flip": True})

    def test_preset_in_repeat(self):
        quick = ("repeat", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--threads", "1",
                 "--repeats", "1", "--no-history")
        document = self.document(*quick, "--train-policy", "gentle")
        self.assertEqual(document["settings"]["train_policy"]["width_shift_range"], 0.05)
        plain = self.document(*quick)
        self.assertNotEqual(document["repeats"][0]["history"][0]["train_loss"],
                            plain["repeats"][0]["history"][0]["train_loss"])
        self.assertIn("augmented afresh each epoch", self.run_cli(*quick, "--train-policy", "gentle").out)

    def test_views_are_refused(self):
        for command in (("train", "--out", "m.safetensors"), ("repeat",)):
            message = self.run_cli(*command, "--data", self.data, "--train-policy", "d4", expect=2).err
            self.assertIn("train_policy", message)
            self.assertIn("views", message)
        message = self.run_cli("train", "--data", self.data, "--train-policy", "gentel", "--out", "m.safetensors",
                               expect=2).err
        for name in (*VIEWS, *RANDOM):
            self.assertIn(name, message)
        self.assertNotIn("m.safetensors", self.files())


if __name__ == "__main__":
    unittest.main()
