# SPDX-License-Identifier: GPL-3.0-or-later
"""`evaluate`: every vote rule and option, the scorecard. What the program says is counted again here."""
import math
import unittest

from support import EvaluateTest, votes_of

RULES = ("mean", "geometric_mean", "logit_mean", "harmonic_mean", "max", "min", "majority", "rank", "sharpened_mean",
         "confidence_weighted", "entropy_weighted", "learned", "learned_per_class")


class Votes(EvaluateTest):
    def test_every_rule(self):
        """The rules differ in what they make of the votes, never in the votes."""
        views = ("--policy", "ten_crop", "--copies", "7")  # the learned ones need fixed ones
        tables = {}
        for rule in RULES:
            with self.subTest(rule):
                document, rows = self.with_images(*views, "--vote", rule)
                self.assertEqual(document["settings"]["vote"], rule)
                self.assert_counts(document, rows)
                tables[rule] = [(row["index"], row["baseline"], row["votes"], row["agreement"]) for row in rows]
                unanimous = [row for row in rows if row["agreement"] == "1"]
                self.assertGreater(len(unanimous), 5)
                for row in unanimous if rule != "learned_per_class" else ():
                    # Whatever the rule: the class leads in every view, so in all of them together.
                    self.assertEqual(row["votes"], f"{row['merged']} 7")
                self.assertTrue(math.isfinite(document["tta"]["nll"]))
        for rule in RULES:
            self.assertEqual(tables[rule], tables["mean"], rule)

    def test_majority_is_counted_again(self):
        document, rows = self.with_images(*self.TURNED, "--vote", "majority")
        right, ties = 0, 0
        for row in rows:
            votes = votes_of(row["votes"])
            leaders = [name for name, count in votes.items() if count == max(votes.values())]
            self.assertIn(row["merged"], leaders)
            ties += len(leaders) > 1
            right += row["merged"] == row["label"]
        self.assertEqual(document["tta"]["correct"], right)
        self.assertEqual(document["tta"]["ties"], ties)
        self.assertLess(ties, self.IMAGES)
        # Its scores are the shares of the votes, so the whole scorecard follows from the lines.
        nll, brier, bins = 0.0, 0.0, [[0, 0, 0.0] for _ in range(15)]
        for row in rows:
            shares = {name: count / 7 for name, count in votes_of(row["votes"]).items()}
            nll -= math.log(max(shares.get(row["label"], 0), 1e-12))
            brier += sum((shares.get(str(k), 0) - (str(k) == row["label"])) ** 2 for k in range(self.CLASSES))
            confidence = shares[row["merged"]]
            cell = bins[math.ceil(15 * confidence) - 1]
            cell[0] += 1
            cell[1] += row["merged"] == row["label"]
            cell[2] += confidence
        self.assertAlmostEqual(document["tta"]["nll"], nll / self.IMAGES, places=9)
        self.assertAlmostEqual(document["tta"]["brier"], brier / self.IMAGES, places=9)
        self.assertAlmostEqual(document["tta"]["ece"], sum(abs(c - s) for _, c, s in bins) / self.IMAGES, places=9)
        for mine, theirs in zip(bins, document["tta"]["calibration"], strict=True):
            self.assertEqual(theirs["images"], mine[0])
            if mine[0]:
                self.assertAlmostEqual(theirs["accuracy"], mine[1] / mine[0], places=12)
                self.assertAlmostEqual(theirs["confidence"], mine[2] / mine[0], places=12)
            else:
                self.assertIsNone(theirs["accuracy"])

    def test_mean_of_one_copy_is_that_copy(self):
        document, rows = self.with_images(*self.TURNED[:-1], "1")
        self.assertEqual(document["tta"]["correct"], sum(row["votes"] == f"{row['label']} 1" for row in rows))
        for row in rows:
            self.assertEqual(row["votes"], f"{row['merged']} 1")
            self.assertLess(float(row["mutual_information"]), 1e-6)

    def test_blend_and_original(self):
        four = (*self.TURNED[:-1], "4")
        plain = self.evaluate(*four)
        blended = {beta: self.evaluate(*four, "--blend", beta) for beta in ("0.2", "0.5", "1")}
        for beta, document in blended.items():
            self.assertEqual(document["settings"]["blend"], float(beta))
        self.assert_same_numbers(blended["1"]["tta"], blended["1"]["baseline"])
        self.assertEqual((blended["1"]["fixed"], blended["1"]["broken"]), (0, 0))
        # Scores are linear in β, so Brier's is a parabola: three points of it give the fourth.
        at = [plain["tta"]["brier"], blended["0.5"]["tta"]["brier"], blended["1"]["tta"]["brier"]]
        self.assertGreater(max(at) - min(at), 1e-3, "nothing to compare")
        self.assertAlmostEqual(blended["0.2"]["tta"]["brier"], 0.48 * at[0] + 0.64 * at[1] - 0.12 * at[2], places=9)
        # One more view of five is the same as a fifth of the score.
        original, rows = self.with_images(*four, "--include-original")
        self.assertIs(original["settings"]["include_original"], True)
        self.assert_same_numbers(original["tta"], blended["0.2"]["tta"])
        self.assert_counts(original, rows)
        for row in rows:
            votes = votes_of(row["votes"])
            self.assertEqual(sum(votes.values()), 5)
            self.assertIn(row["baseline"], votes)

    def test_temperature_and_gamma(self):
        mean = self.evaluate(*self.TURNED)
        for rule, option, key, neutral, other in (("sharpened_mean", "--temperature", "temperature", "1", "0.25"),
                                                  ("confidence_weighted", "--gamma", "gamma", "0", "8")):
            with self.subTest(rule):
                same = self.evaluate(*self.TURNED, "--vote", rule, option, neutral)
                self.assertEqual(same["settings"][key], float(neutral))
                self.assert_same_numbers(same["tta"], mean["tta"])
                changed = self.evaluate(*self.TURNED, "--vote", rule, option, other)
                self.assertNotAlmostEqual(changed["tta"]["brier"], mean["tta"]["brier"], places=4)

    def test_bad_options_are_refused(self):
        for options, words in ((("--vote", "median"), ("--vote", *RULES)),
                               (("--blend", "1.1"), ("--blend", "0", "1")),
                               (("--blend", "nan"), ("--blend",)),
                               (("--temperature", "0"), ("--temperature", "0.05", "20")),
                               (("--gamma", "-1"), ("--gamma", "0", "50")),
                               (("--blend", "0.3", "--include-original"), ("blend", "original", "one of the two"))):
            with self.subTest(" ".join(options)):
                message = self.refused(*options)
                for word in words:
                    self.assertIn(word, message)


class Scorecard(EvaluateTest):
    def test_adds_up(self):
        document, rows = self.with_images(*self.TURNED)
        for side, column in (("baseline", "baseline"), ("tta", "merged")):
            card = document[side]
            confusion = [[0] * self.CLASSES for _ in range(self.CLASSES)]
            for row in rows:
                confusion[int(row["label"])][int(row[column])] += 1
            self.assertEqual(card["confusion"], confusion)
            self.assertEqual(sum(confusion[k][k] for k in range(self.CLASSES)), card["correct"])
            self.assertEqual(card["per_class"], [confusion[k][k] / sum(confusion[k]) for k in range(self.CLASSES)])
            self.assertEqual(len(card["calibration"]), 15)
            filled = [cell for cell in card["calibration"] if cell["images"]]
            self.assertEqual(sum(cell["images"] for cell in filled), self.IMAGES)
            self.assertAlmostEqual(sum(cell["images"] * cell["accuracy"] for cell in filled), card["correct"])
            self.assertAlmostEqual(sum(cell["images"] * abs(cell["accuracy"] - cell["confidence"]) for cell in filled)
                                   / self.IMAGES, card["ece"], places=12)
            for i, cell in enumerate(card["calibration"]):
                if cell["images"]:
                    self.assertTrue(i / 15 - 1e-9 <= cell["confidence"] <= (i + 1) / 15 + 1e-9)
            self.assertTrue(0 <= card["brier"] <= 2)
            self.assertNotIn("top5_accuracy", card)

    def test_copies_that_are_the_original(self):
        for rule in ("geometric_mean", "logit_mean", "harmonic_mean", "confidence_weighted"):
            with self.subTest(rule):
                document = self.evaluate("--zoom-range", "1,1", "--vote", rule)
                self.assertEqual(document["forward_passes"], self.IMAGES)
                self.assert_same_numbers(document["tta"], document["baseline"])


class Learned(EvaluateTest):
    def test_weights(self):
        for options, views in ((("--policy", "ten_crop"), 10), (("--policy", "hflip", "--include-original"), 3)):
            with self.subTest(" ".join(options)):
                options = (*options, "--vote", "learned")
                document = self.evaluate(*options, "--curve")
                weights = document["learned"]["weights"]
                self.assertEqual(len(weights), views)
                self.assertTrue(all(0 <= weight <= 1 for weight in weights))
                self.assertAlmostEqual(math.fsum(weights), 1, places=12)
                self.assertLess(document["learned"]["nll"], document["learned"]["uniform_nll"])
                self.assertEqual(document["curve"]["points"][-1]["accuracy"], document["tta"]["accuracy"])
        text = self.run_cli(*self.on_model, *options).out
        lines = text.splitlines()
        at = next(i for i, line in enumerate(lines) if "weights learned on the validation images" in line)
        self.assertIn(f"NLL {document['learned']['nll']:.4f}", lines[at])
        self.assertEqual(lines[at + 1].split(), [f"{weight:.3f}" for weight in weights])
        self.assertNotIn("learned", self.evaluate("--policy", "hflip"))
        self.assertFalse(document["learned"]["per_class"])

    def test_weights_per_class(self):
        options = ("--policy", "five_crop", "--vote", "learned_per_class")
        document = self.evaluate(*options)
        learned = document["learned"]
        self.assertTrue(learned["per_class"])
        per_view = self.evaluate("--policy", "five_crop", "--vote", "learned")["learned"]
        self.assertLessEqual(learned["nll"], per_view["nll"])
        self.assertEqual(learned["uniform_nll"], per_view["uniform_nll"])
        classes, rest = divmod(len(learned["weights"]), 5)
        self.assertEqual(rest, 0)
        self.assertEqual(classes, len(document["baseline"]["per_class"]))
        lines = self.run_cli(*self.on_model, *options).out.splitlines()
        at = next(i for i, line in enumerate(lines) if "weights learned on the validation images" in line)
        for k in range(classes):
            column = learned["weights"][k::classes]
            self.assertAlmostEqual(math.fsum(column), 1, places=12)
            self.assertEqual(lines[at + 1 + k].split()[-5:], [f"{weight:.3f}" for weight in column])

    def test_refused_where_nothing_can_be_learned(self):
        message = self.refused("--vote", "learned", *self.TURNED)
        self.assertIn("fixed views", message)
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--out", "m.safetensors")
        message = self.run_cli("evaluate", "--model", "m.safetensors", "--data", self.data, "--vote", "learned",
                               "--policy", "hflip", expect=2).err
        self.assertIn("--validation-fraction", message)
        repeat = ("repeat", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--repeats", "1",
                  "--no-history", "--vote", "learned", "--policy", "hflip")
        self.assertIn("--validation-fraction", self.run_cli(*repeat, expect=2).err)
        document = self.document(*repeat, "--validation-fraction", "0.2")
        self.assertEqual(document["repeats"][0]["images"], self.IMAGES)


if __name__ == "__main__":
    unittest.main()
