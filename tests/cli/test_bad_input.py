# SPDX-License-Identifier: GPL-3.0-or-later
"""Every bad input ends with exit code 2 and a message that names the option or the file, and leaves nothing behind."""
import os
import pathlib
import struct
import unittest

import support
from support import CliTest

TRAIN = ("train", "--out", "m.safetensors")
EVALUATE = ("evaluate", "--model", "good.safetensors")

# What is typed, and what the message must name.
BAD_OPTIONS = [
    ((), "--help"),
    (("rpeat",), "rpeat"),
    (("repeat", "--epoch", "3"), "--epoch"),
    (("repeat", "extra"), "extra"),
    (("repeat", "--epochs"), "--epochs"),
    (("repeat", "--epochs", "0"), "--epochs"),
    (("repeat", "--epochs", "-3"), "--epochs"),
    (("repeat", "--epochs", "10001"), "--epochs"),
    (("repeat", "--epochs", "3.5"), "--epochs"),
    (("repeat", "--epochs", "0x10"), "--epochs"),
    (("repeat", "--epochs", "three"), "--epochs"),
    (("repeat", "--epochs", ""), "--epochs"),
    (("repeat", "--epochs", "99999999999999999999"), "--epochs"),
    (("repeat", "--batch-size", "1"), "--batch-size"),
    (("repeat", "--batch-size", "65537"), "--batch-size"),
    (("repeat", "--learning-rate", "0"), "--learning-rate"),
    (("repeat", "--learning-rate", "-0.1"), "--learning-rate"),
    (("repeat", "--learning-rate", "nan"), "--learning-rate"),
    (("repeat", "--learning-rate", "inf"), "--learning-rate"),
    (("repeat", "--learning-rate", "0,001"), "--learning-rate"),
    (("repeat", "--normalise", "zscore"), "--normalise"),
    (("repeat", "--seed", "-1"), "--seed"),
    (("repeat", "--seed", "1e3"), "--seed"),
    (("repeat", "--seed", "9007199254740992"), "--seed"),
    (("repeat", "--split-seed", "x"), "--split-seed"),
    (("repeat", "--subset-train", "-5"), "--subset-train"),
    (("repeat", "--subset-test", "many"), "--subset-test"),
    (("repeat", "--validation-fraction", "1"), "--validation-fraction"),
    (("repeat", "--validation-fraction", "nan"), "--validation-fraction"),
    (("repeat", "--test-fraction", "0"), "--test-fraction"),
    (("repeat", "--threads", "-1"), "--threads"),
    (("repeat", "--threads", "2000"), "--threads"),
    (("repeat", "--parallel-fits", "-1"), "--parallel-fits"),
    (("repeat", "--device", "tpu"), "tpu"),
    (("repeat", "--device", "cuda:99"), "cuda:99"),
    (("repeat", "--copies", "0"), "--copies"),
    (("repeat", "--copies", "1001"), "--copies"),
    (("repeat", "--vote", "median"), "--vote"),
    (("repeat", "--repeats", "0"), "--repeats"),
    (("repeat", "--repeats", "1001"), "--repeats"),
    (("repeat", "--rotation-range", "181"), "--rotation-range"),
    (("repeat", "--rotation-range", "-10"), "--rotation-range"),
    (("repeat", "--width-shift-range", "1.5"), "--width-shift-range"),
    (("repeat", "--height-shift-range", "x"), "--height-shift-range"),
    (("repeat", "--zoom-range", "1.2,0.8"), "--zoom-range"),
    (("repeat", "--zoom-range", "0,1"), "--zoom-range"),
    (("repeat", "--zoom-range", "1"), "--zoom-range"),
    (("repeat", "--zoom-range", "nan,nan"), "--zoom-range"),
    (("repeat", "--fill-mode", "mirror"), "--fill-mode"),
    (("repeat", "--fill-value", "256"), "--fill-value"),
    (("repeat", "--image-size", "32"), "--image-size"),
    (("repeat", "--image-size", "3x32"), "--image-size"),
    (("repeat", "--image-size", "32x32x3"), "--image-size"),
    (("repeat", "--image-size", "2000x32"), "--image-size"),
    (("repeat", "--policy", "absent.json"), "absent.json"),
    (("repeat", "--policy", "good.json", "--rotation-range", "3"), "--rotation-range"),
    (("repeat", "--policy", "good.json", "--horizontal-flip"), "--horizontal-flip"),
    (("repeat", "--policy", "broken.json"), "broken.json"),
    (("repeat", "--policy", "unknown.json"), "rotation_rang"),
    (("repeat", "--policy", "range.json"), "rotation_range"),
    (("repeat", "--policy", "type.json"), "zoom_range"),
    (("repeat", "--policy", "."), "."),
    (("repeat", "--data", ""), "--data"),
    (("repeat", "--data", "absent"), "absent"),
    (("repeat", "--data", "empty"), "empty"),
    (("repeat", "--data", "good.json"), "good.json"),
    (("repeat", "--csv", "table.txt"), "--csv"),
    (("repeat", "--csv", ""), "--csv"),
    (("repeat", "--csv", "folder.csv"), "--csv"),
    (("repeat", "--csv", "good.json/table.csv"), "--csv"),
    (("repeat", "--json-file", "run.js"), "--json-file"),
    (("repeat", "--plot", "chart.gif"), "--plot"),
    (("repeat", "--plot", "folder.png"), "--plot"),
    (("repeat", "--out", "m.safetensors"), "--out"),
    (("repeat", "--model", "good.safetensors"), "--model"),
    (("train",), "--out"),
    (("train", "--out", "model.pt"), "--out"),
    (("train", "--out", "/proc/m.safetensors"), "--out"),
    ((*TRAIN, "--copies", "3"), "--copies"),
    ((*TRAIN, "--repeats", "3"), "--repeats"),
    (("evaluate",), "--model"),
    (("evaluate", "--model", "absent.safetensors"), "absent.safetensors"),
    (("evaluate", "--model", "good.json"), "good.json"),
    (("evaluate", "--model", "."), "."),
    ((*EVALUATE, "--epochs", "3"), "--epochs"),
]


class BadOptions(CliTest):
    def setUp(self):
        super().setUp()
        support.write_idx(self.folder / "data", train=8, test=4)
        (self.folder / "empty").mkdir()
        (self.folder / "folder.csv").mkdir()
        (self.folder / "folder.png").mkdir()
        for name, text in {"good": "{}", "broken": '{"rotation_range": ', "unknown": '{"rotation_rang": 10}',
                           "range": '{"rotation_range": 500}', "type": '{"zoom_range": "wide"}'}.items():
            (self.folder / f"{name}.json").write_text(text, encoding="utf-8")

    def test_each_is_refused_by_name(self):
        before = self.files()
        for arguments, name in BAD_OPTIONS:
            with self.subTest(" ".join(arguments)):
                arguments = list(arguments)
                if arguments[:1] and arguments[0] in ("repeat", "train", "evaluate") and "--data" not in arguments:
                    arguments += ["--data", "data"]
                result = self.run_cli(*arguments, expect=2, timeout=60)
                print(f"{' '.join(arguments)!r}: {result.err.strip()}")
                self.assertIn(name, result.err)
                self.assertEqual(result.out, "")
                self.assertNotIn("unexpected failure", result.err)
                self.assertEqual(self.files(), before, "something was left behind")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_folder_without_rights(self):
        locked = self.folder / "locked"
        locked.mkdir()
        locked.chmod(0o555)
        result = self.run_cli("repeat", "--data", "data", "--csv", "locked/table.csv", expect=2)
        self.assertIn("--csv", result.err)

    def test_plot_without_qt(self):
        if support.HAS_QT:
            self.skipTest("this build has Qt")
        for command in (["repeat"], TRAIN):
            # A data set that is not there would be the next complaint: the refusal comes first.
            result = self.run_cli(*command, "--data", "absent", "--plot", "chart.png", expect=2)
            self.assertIn("--plot", result.err)
            self.assertIn("Qt", result.err)
            self.assertNotIn("absent", result.err)

    def test_help_explains_everything(self):
        self.assertIn("repeat", self.run_cli("--help").out)
        self.assertRegex(self.run_cli("--version").out, r"^augury-cli \d+\.\d+\.\d+ \(LibTorch .*OpenCV .*\)\n$")
        expected = {
            "repeat": "--data --epochs --batch-size --learning-rate --normalise --seed --subset-train --subset-test "
                      "--threads --device --copies --vote --include-original --horizontal-flip --vertical-flip "
                      "--rotation-range --width-shift-range --height-shift-range --zoom-range --fill-mode --policy "
                      "--repeats --json --csv --plot --validation-fraction --split-seed --parallel-fits --image-size",
            "train": "--data --out --epochs --batch-size --learning-rate --normalise --seed --subset-train --threads "
                     "--device --json --csv --plot --validation-fraction --split-seed --image-size",
            "evaluate": "--data --model --seed --subset-test --threads --device --copies --vote --include-original "
                        "--horizontal-flip --rotation-range --policy --json --csv --plot --split-seed --image-size",
        }
        for command, options in expected.items():
            text = self.run_cli(command, "--help").out
            for option in options.split():
                self.assertRegex(text, rf"(?m)^  {option}\b", f"{command}: {option}")


class BadData(CliTest):
    """A few of each kind through the whole program; core's own tests have the rest."""

    def refuse(self, name, *words):
        result = self.run_cli("repeat", "--data", self.folder / name, expect=2, timeout=60)
        print(f"{name}: {result.err.strip()}")
        for word in words:
            self.assertIn(word, result.err)
        self.assertEqual(result.out, "")

    def idx(self, name):
        return support.write_idx(self.folder / name, train=8, test=4)

    def test_truncated(self):
        path = self.idx("a") / "train-images-idx3-ubyte"
        path.write_bytes(path.read_bytes()[:-1])
        self.refuse("a", "train-images-idx3-ubyte")

    def test_header_that_promises_too_much(self):
        path = self.idx("b") / "t10k-images-idx3-ubyte"
        path.write_bytes(struct.pack(">IIII", 0x803, 0xFFFFFFFF, 0xFFFF, 0xFFFF) + bytes(100))
        self.refuse("b", "t10k-images-idx3-ubyte")

    def test_wrong_magic(self):
        path = self.idx("c") / "train-labels-idx1-ubyte"
        path.write_bytes(b"\x7fELF" + path.read_bytes()[4:])
        self.refuse("c", "train-labels-idx1-ubyte")

    def test_labels_and_images_differ(self):
        path = self.idx("d") / "t10k-labels-idx1-ubyte"
        path.write_bytes(struct.pack(">II", 0x801, 3) + bytes(3))
        self.refuse("d", "t10k")

    def test_empty_file(self):
        (self.idx("e") / "train-images-idx3-ubyte").write_bytes(b"")
        self.refuse("e", "train-images-idx3-ubyte")

    def test_broken_gzip(self):
        folder = support.write_idx(self.folder / "f", train=8, test=4, compressed=True)
        path = folder / "train-images-idx3-ubyte.gz"
        path.write_bytes(path.read_bytes()[:-9])
        self.refuse("f", "train-images-idx3-ubyte.gz")

    def test_cifar_with_a_partial_record(self):
        folder = support.write_cifar10(self.folder / "g")
        with (folder / "data_batch_3.bin").open("ab") as file:
            file.write(b"x")
        self.refuse("g", "data_batch_3.bin")

    def test_text_that_claims_to_be_a_picture(self):
        for name in ("train/cat", "train/dog", "test/cat", "test/dog"):
            path = pathlib.Path(self.folder, "h", name)
            path.mkdir(parents=True)
            (path / "picture.png").write_text("no picture", encoding="utf-8")
        self.refuse("h", "picture.png")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_folder_without_rights(self):
        self.idx("i").chmod(0)
        self.refuse("i", str(self.folder / "i"))


class BadModels(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data", train=24, test=6)
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "8", "--out", "m.safetensors")

    def refuse(self, *words, data=None, model="m.safetensors"):
        result = self.run_cli("evaluate", "--model", model, "--data", data or self.data, expect=2, timeout=60)
        print(result.err.strip())
        for word in words:
            self.assertIn(word, result.err)
        self.assertEqual(result.out, "")

    def test_other_shape(self):
        self.refuse("m.safetensors", "1×12×12", "1×16×16",
                    data=support.write_idx(self.folder / "large", train=8, test=4, size=16))

    def test_other_classes(self):
        self.refuse("m.safetensors", "classes",
                    data=support.write_idx(self.folder / "more", train=16, test=8, classes=5))

    def test_damaged(self):
        whole = (self.folder / "m.safetensors").read_bytes()
        damaged = {
            "empty": b"", "short": whole[:7], "cut": whole[:-1], "longer": whole + b"x",
            "huge header": struct.pack("<Q", 2 ** 62) + whole[8:], "no header": struct.pack("<Q", 0) + whole[8:],
            "not json": whole[:8] + b"?" + whole[9:], "text": b"this is no model at all" * 10,
            "dtype": whole.replace(b'"F32"', b'"F16"', 1), "architecture": whole.replace(b"tutorial_cnn", b"tutorial_cnx"),
        }
        for name, data in damaged.items():
            with self.subTest(name):
                self.assertNotEqual(data, whole)
                (self.folder / "bad.safetensors").write_bytes(data)
                self.refuse("bad.safetensors", model="bad.safetensors")


if __name__ == "__main__":
    unittest.main()
