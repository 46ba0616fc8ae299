# SPDX-License-Identifier: GPL-3.0-or-later
"""`evaluate`: early exit, copies curve, per-image table, uncertainty, memory budget, each against a second count."""
import math
import random
import unittest

import support
from support import CliTest, EvaluateTest, votes_of


class EarlyExit(EvaluateTest):
    def test_same_decisions_for_fewer_passes(self):
        for options in (("--vote", "mean"), ("--vote", "majority"), ("--vote", "mean", "--include-original"),
                        ("--vote", "majority", "--blend", "0.25")):
            with self.subTest(" ".join(options)):
                full = self.evaluate(*self.TURNED, *options)
                early = self.evaluate(*self.TURNED, *options, "--exact-early-exit")
                for field in self.LEDGER:
                    self.assertEqual(early[field], full[field], field)
                for side in ("baseline", "tta"):
                    self.assertEqual(set(early[side]), {"accuracy", "correct"})
                    self.assertEqual(early[side], {key: full[side][key] for key in early[side]})
                self.assertEqual(full["forward_passes"], 8 * self.IMAGES)
                self.assertEqual(full["passes_saved"], 0)
                self.assertGreater(early["passes_saved"], 0)
                self.assertEqual(early["forward_passes"] + early["passes_saved"], full["forward_passes"])
                self.assertEqual(early["cost"], early["forward_passes"] / self.IMAGES)
        text = self.run_cli(*self.on_model, *self.TURNED, *options,
                            "--exact-early-exit").out
        self.assertRegex(text, rf"saved by early exit +{early['passes_saved']} passes")

    def test_repeat_with_and_without(self):
        quick = ("repeat", "--data", self.data, *self.TURNED, "--epochs", "1", "--batch-size", "16", "--threads", "1",
                 "--repeats", "2", "--no-history")
        early = self.document(*quick, "--exact-early-exit")
        full = self.document(*quick)
        self.assertIs(full["settings"]["exact_early_exit"], False)
        self.assertIs(early["settings"]["exact_early_exit"], True)
        for mine, theirs in zip(early["repeats"], full["repeats"], strict=True):
            for field in (*self.LEDGER, "seed", "baseline", "tta"):
                self.assertEqual(mine[field], theirs[field], field)
            self.assertEqual(theirs["passes_saved"], 0)
            self.assertGreater(mine["passes_saved"], 0)
            self.assertEqual(mine["forward_passes"] + mine["passes_saved"], theirs["forward_passes"])
            self.assertIsNone(mine["details"])
            self.assert_details(theirs)
        self.assertEqual(early["summary"]["lift"], full["summary"]["lift"])

    def assert_details(self, repeat):
        """Scorecards, curve and changed images of a repeat say what its counts say."""
        details = repeat["details"]
        for side in ("baseline", "tta"):
            matrix = details[side]["confusion"]
            self.assertEqual(sum(map(sum, matrix)), repeat["images"])
            self.assertEqual(sum(matrix[k][k] for k in range(len(matrix))), repeat[side]["correct"])
        last = details["curve"]["points"][-1]
        self.assertEqual([last[field] for field in ("accuracy", "fixed", "broken", "forward_passes")],
                         [repeat["tta"]["accuracy"], *(repeat[field] for field in ("fixed", "broken", "forward_passes"))])
        changed = details["changed"]
        self.assertEqual(len({image for image, *_ in changed}), len(changed))
        self.assertEqual(sum(merged == label for _, label, _, merged in changed), repeat["fixed"])
        self.assertEqual(sum(before == label for _, label, before, _ in changed), repeat["broken"])

    def test_both_at_once_is_refused(self):
        both = ("--exact-early-exit", "--no-exact-early-exit")
        for options in (both, both[::-1]):
            message = self.refused(*options)
            for word in both:
                self.assertIn(word, message)

    def test_what_needs_every_vote_is_refused(self):
        for options, word in ((("--curve",), "--curve"), (("--per-image", "i.csv"), "--per-image"),
                              (("--uncertainty",), "--uncertainty"), (("--vote", "max"), "max"),
                              (("--vote", "learned", "--policy", "hflip"), "learned")):
            with self.subTest(word):
                message = self.refused("--exact-early-exit", *options)
                self.assertIn(word, message)
                self.assertIn("--exact-early-exit", message)
                self.assertRegex(message, r"\.\n$")  # a sentence that says what to do


class Curve(EvaluateTest):
    def test_document_csv_and_text_agree(self):
        options = (*self.TURNED, "--include-original")
        document = self.evaluate(*options, "--curve", "--csv", "curve.csv")
        curve, points = document["curve"], document["curve"]["points"]
        self.assertEqual([point["copies"] for point in points], list(range(1, 8)))
        self.assertEqual(curve["baseline"], {key: document["baseline"][key] for key in ("accuracy", "nll")})
        for field in ("fixed", "broken", "lift", "mcnemar_p", "forward_passes", "cost"):
            self.assertEqual(points[-1][field], document[field], field)
        self.assertEqual(points[-1]["accuracy"], document["tta"]["accuracy"])
        self.assertAlmostEqual(points[-1]["nll"], document["tta"]["nll"], places=12)
        for point in points:
            self.assertAlmostEqual(point["mcnemar_p"], support.mcnemar_exact(point["fixed"], point["broken"]),
                                   places=10)
            self.assertAlmostEqual(point["lift"], point["accuracy"] - curve["baseline"]["accuracy"], places=12)
            self.assertEqual(point["cost"], point["forward_passes"] / self.IMAGES)

        rows = self.rows("curve.csv")
        self.assertEqual(list(rows[0]), ["copies", "accuracy", "nll", "lift", "fixed", "broken", "mcnemar_p",
                                         "forward_passes", "cost"])
        untouched = {"copies": 0, "lift": 0, "fixed": 0, "broken": 0, "mcnemar_p": 1, "forward_passes": self.IMAGES,
                     "cost": 1, **curve["baseline"]}
        for row, point in zip(rows, [untouched, *points], strict=True):
            self.assertEqual({key: float(value) for key, value in row.items()}, point)

        text = self.run_cli(*self.on_model, *options, "--curve").out
        shown = [line.split() for line in text[text.index("\n  copies"):].splitlines()[2:]]
        self.assertEqual(shown[0][:4], ["baseline", f"{100 * curve['baseline']['accuracy']:.2f}", "%",
                                        f"{curve['baseline']['nll']:.4f}"])
        for words, point in zip(shown[1:], points, strict=True):
            self.assertEqual(words, [str(point["copies"]), f"{100 * point['accuracy']:.2f}", "%",
                                     f"{100 * point['lift']:+.2f}", f"{point['nll']:.4f}", str(point["fixed"]),
                                     str(point["broken"]), f"{point['mcnemar_p']:.2g}", f"{point['cost']:.2f}×"])

    def test_every_point_is_an_evaluation_of_its_own(self):
        # Flips and quarter turns: copies come twice, which costs a pass only once.
        for rule, turns in (("majority", "--rotation-range=60"), ("geometric_mean", "--rotate90")):
            options = ("--horizontal-flip", turns, "--vote", rule, "--copies")
            for point in self.evaluate(*options, "4", "--curve")["curve"]["points"]:
                with self.subTest(rule, copies=point["copies"]):
                    alone = self.evaluate(*options, point["copies"])
                    for field in ("fixed", "broken", "lift", "mcnemar_p", "forward_passes", "cost"):
                        self.assertEqual(point[field], alone[field], field)
                    self.assertEqual(point["accuracy"], alone["tta"]["accuracy"])
                    self.assertAlmostEqual(point["nll"], alone["tta"]["nll"], places=6)


class Splits(CliTest):
    def test_the_models_own_are_taken(self):
        """A folder without train and test is cut by a seed: another one tests on what was trained on."""
        rng = random.Random(4)
        for k in ("a", "b"):
            for i in range(20):
                support.write_png(self.folder / "data" / k / f"{i}.png", 12, 12, lambda x, y: rng.randrange(256))
        self.run_cli("train", "--data", "data", "--epochs", "1", "--batch-size", "8", "--split-seed", "5",
                     "--validation-fraction", "0.25", "--out", "m.safetensors")
        common = ("evaluate", "--model", "m.safetensors", "--data", "data", "--copies", "2")
        mine = self.document(*common)
        named = self.document(*common, "--split-seed", "5")
        self.assertEqual(mine["settings"]["split_seed"], 5)
        self.assertEqual(mine["settings"]["validation_fraction"], 0.25)
        self.assertEqual(mine["data"], named["data"])
        self.assertEqual(mine["data"]["validation_images"], 8)
        for field in ("baseline", "tta", "fixed", "broken"):
            self.assertEqual(mine[field], named[field], field)
        self.assertNotIn("note: the model was trained", self.run_cli(*common).err)
        other = self.run_cli(*common, "--split-seed", "1")
        self.assertIn("trained with --split-seed 5", other.err)


class PerImage(EvaluateTest):
    def test_lines_and_uncertainty(self):
        document, rows = self.with_images(*self.TURNED, "--uncertainty")
        self.assertEqual(list(rows[0]), ["index", "label", "baseline", "merged", "votes", "agreement", "entropy",
                                         "mutual_information", "expected_entropy", "baseline_confidence",
                                         "merged_confidence"])
        self.assertEqual([row["index"] for row in rows], [str(i) for i in range(self.IMAGES)])
        self.assertEqual([row["label"] for row in rows], [str(i % self.CLASSES) for i in range(self.IMAGES)])
        self.assert_counts(document, rows)
        for row in rows:
            counts = list(votes_of(row["votes"]).values())
            self.assertEqual(sum(counts), 7)
            self.assertEqual(counts, sorted(counts, reverse=True))
            self.assertEqual(float(row["agreement"]), max(counts) / 7)
            self.assertTrue(0 <= float(row["mutual_information"]) <= float(row["entropy"])
                            <= math.log(self.CLASSES) + 1e-9)
        measures = {check["measure"]: check for check in document["uncertainty"]}
        self.assertEqual(set(measures), {"1 - max p of the baseline", "1 - max merged score", "variation ratio",
                                         "predictive entropy", "expected entropy", "mutual information"})
        for name, of in (("predictive entropy", lambda row: float(row["entropy"])),
                         ("mutual information", lambda row: float(row["mutual_information"])),
                         ("expected entropy", lambda row: float(row["expected_entropy"])),
                         ("variation ratio", lambda row: 1 - float(row["agreement"]))):
            for side, key in (("merged", "auroc_tta"), ("baseline", "auroc_baseline")):
                wrong = [row[side] != row["label"] for row in rows]
                self.assertAlmostEqual(measures[name][key], support.auroc(list(map(of, rows)), wrong), places=12,
                                       msg=(name, key))
        text = self.run_cli(*self.on_model, *self.TURNED,
                            "--uncertainty").out
        for name, check in measures.items():
            self.assertIn(f"{check['auroc_baseline']:.3f}", next(line for line in text.splitlines() if name in line))

    def test_not_into_the_file_of_the_totals(self):
        message = self.refused("--csv", "same.csv", "--per-image", self.folder / "./new/../same.csv")
        for word in ("--csv", "--per-image", "same.csv"):
            self.assertIn(word, message)
        self.evaluate("--csv", "totals.csv", "--per-image", "new/images.csv")
        self.assertEqual(len(self.rows("totals.csv")), 1)
        self.assertEqual(len(self.rows("new/images.csv")), self.IMAGES)

    def test_subset_keeps_the_numbers_of_the_images(self):
        _, whole = self.with_images(*self.TURNED)
        _, part = self.with_images(*self.TURNED, "--subset-test", "30")
        self.assertEqual(len(part), 30)
        by_index = {row["index"]: row for row in whole}
        for row in part:  # the draws are the image's, whatever else is evaluated
            self.assertEqual((row["votes"], row["merged"]), (by_index[row["index"]]["votes"],
                                                             by_index[row["index"]]["merged"]))

    def test_names_that_csv_must_quote(self):
        names = ['cat, tabby', 'dog "Rex"', "plain"]
        for folder, count in (("train", 8), ("test", 4)):
            for k, name in enumerate(names):
                for i in range(count):
                    support.write_png(self.folder / "photos" / folder / name / f"{i}.png", 12, 12,
                                      lambda x, y: 220 if 4 * k <= x < 4 * k + 4 else (40 * i + 7 * x * y) % 90)
        self.run_cli("train", "--data", "photos", "--epochs", "1", "--batch-size", "8", "--out", "m.safetensors")
        document = self.document("evaluate", "--model", "m.safetensors", "--data", "photos", *self.TURNED,
                                 "--per-image", "images.csv")
        rows = self.rows("images.csv")
        self.assertEqual(document["data"]["classes"], names)
        self.assertEqual([row["label"] for row in rows], [name for name in names for _ in range(4)])
        for row in rows:
            self.assertIn(row["merged"], names)
            self.assertLessEqual(set(votes_of(row["votes"])), set(names))
            self.assertEqual(sum(votes_of(row["votes"]).values()), 7)
        self.assert_counts(document, rows)


class Memory(EvaluateTest):
    def test_parts_give_the_same_numbers(self):
        options = ("--horizontal-flip", "--rotate90", "--copies", "1000", "--curve", "--uncertainty")
        whole, lines = self.with_images(*options)
        parts, again = self.with_images(*options, "--memory-budget", "1")
        self.assertEqual(whole["run"]["parts"], 1)
        self.assertGreaterEqual(parts["run"]["parts"], 3)  # a million bytes do not hold 90 × 1000 probabilities
        self.assertEqual(again, lines)
        for field in (*self.LEDGER, "baseline", "tta", "curve", "uncertainty", "forward_passes"):
            self.assert_same_numbers(parts[field], whole[field])
        self.assertLessEqual(parts["forward_passes"], 8 * self.IMAGES)  # the symmetries of the square

    def test_one_image_that_does_not_fit(self):
        data, model = support.train_once(self.folder / "many", "--epochs", "1", train=400, test=20, classes=200,
                                         images_of=support.noise)
        many = ("evaluate", "--model", model, "--data", data, "--threads", "1", "--memory-budget", "1")
        message = self.run_cli(*many, "--copies", "1000", expect=2).err
        # 1001 views of 200 probabilities and logits of four bytes, and the number of a row.
        self.assertIn(f"{1001 * (200 * 8 + 4) / 1e6:.1f} MB", message)
        self.assertIn("1.0 MB", message)
        document = self.document(*many, "--copies", "300")
        self.assertEqual(document["run"]["parts"], 10)  # two images of 0.48 MB at a time
        for side in ("baseline", "tta"):  # more than ten classes
            self.assertTrue(document[side]["accuracy"] <= document[side]["top5_accuracy"] <= 1)


if __name__ == "__main__":
    unittest.main()
