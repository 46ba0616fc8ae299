# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives augury-cli: tiny data sets, runs, and references computed here and not by the program."""
import csv
import gzip
import io
import json
import math
import os
import pathlib
import random
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

CLI = os.environ["AUGURY_CLI"]
HAS_QT = os.environ.get("AUGURY_GUI", "0") == "1"


class CliTest(unittest.TestCase):
    """A folder of its own for every test, and a history that is not the user's."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="augury-cli-"))
        self.addCleanup(self.remove)
        self.environment = dict(os.environ, XDG_DATA_HOME=str(self.folder / "share"))

    def remove(self):
        for path in self.folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)
        shutil.rmtree(self.folder)

    def run_cli(self, *arguments, expect=0, timeout=240, **options):
        result = subprocess.run([CLI, *map(str, arguments)], capture_output=True, timeout=timeout,
                                env=self.environment, cwd=self.folder, **options)
        result.out = result.stdout.decode("utf-8")
        result.err = result.stderr.decode("utf-8")
        if expect is not None:
            self.assertEqual(result.returncode, expect, f"{arguments}\n{result.out}\n{result.err}")
        return result

    def document(self, *arguments, **options):
        """The one JSON document on stdout; nothing else may be there."""
        result = self.run_cli(*arguments, "--json", **options)
        return json.loads(result.out)

    def files(self):
        """Everything in the test's folder but the history."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                      if path.is_file() and "share" not in path.relative_to(self.folder).parts)


def digits(count, seed, size=12, classes=3):
    """Grey images that a small network tells apart only just: a bright bar whose place is the class, in noise."""
    rng = random.Random(seed)
    images, labels = bytearray(), bytearray()
    for i in range(count):
        label = i % classes
        left = 1 + label * (size - 4) // max(1, classes - 1) + rng.randint(-1, 1)
        for _ in range(size):
            for x in range(size):
                bright = left <= x < left + 3
                images.append(max(0, min(255, int(rng.gauss(150 if bright else 90, 70)))))
        labels.append(label)
    return bytes(images), bytes(labels)


def noise(count, seed, size, classes):
    """Quick to make, where nothing is to be learned."""
    return random.Random(seed).randbytes(count * size * size), bytes(i % classes for i in range(count))


def write_idx(folder, train=96, test=60, size=12, classes=3, compressed=False, images_of=digits):
    """An MNIST-like data set."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for prefix, count, seed in (("train", train, 1), ("t10k", test, 2)):
        images, labels = images_of(count, seed, size, classes)
        write = (lambda name, data: (folder / (name + ".gz")).write_bytes(gzip.compress(data))) if compressed \
            else (lambda name, data: (folder / name).write_bytes(data))
        write(f"{prefix}-images-idx3-ubyte", struct.pack(">IIII", 0x803, count, size, size) + images)
        write(f"{prefix}-labels-idx1-ubyte", struct.pack(">II", 0x801, count) + labels)
    return folder


def write_cifar10(folder, train=40, test=20):
    """CIFAR-10 binary: 1 label byte, then 3 planes of 32×32."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(3)

    def records(count):
        return b"".join(bytes([i % 10]) + rng.randbytes(3072) for i in range(count))
    for batch in range(1, 6):
        (folder / f"data_batch_{batch}.bin").write_bytes(records(train // 5))
    (folder / "test_batch.bin").write_bytes(records(test))
    names = "airplane automobile bird cat deer dog frog horse ship truck".split()
    (folder / "batches.meta.txt").write_text("\n".join(names) + "\n\n", encoding="utf-8")
    return folder


def write_png(path, width, height, pixel, channels=1):
    """A PNG of 8 bits, grey or RGB; pixel(x, y) is a number or three."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"".join(bytes([pixel(x, y)] if channels == 1 else pixel(x, y)) for x in range(width))
                    for y in range(height))
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = struct.pack(">IIBBBBB", width, height, 8, 0 if channels == 1 else 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
                     + chunk(b"IEND", b""))
    return path


def train_once(folder, *options, **data):
    """A data set and a model for the tests of a whole file, which read them only: (data, model)."""
    folder = pathlib.Path(folder)
    write_idx(folder / "data", **data)
    model = folder / "model.safetensors"
    subprocess.run([CLI, "train", "--data", folder / "data", "--epochs", "3", "--batch-size", "16", "--threads", "1",
                    "--no-history", *options, "--out", model], check=True, capture_output=True, timeout=240)
    return folder / "data", model


def votes_of(cell):
    """"cat 5; dog 2": {"cat": 5, "dog": 2}"""
    return {name: int(count) for name, count in (vote.rsplit(" ", 1) for vote in cell.split("; "))}


class EvaluateTest(CliTest):
    """Evaluates one model, trained once for the tests of a class, which only read it."""
    IMAGES, CLASSES = 90, 3
    # Copies that disagree now and then; the last word is their number.
    TURNED = ("--rotation-range", "60", "--width-shift-range", "0.15", "--copies", "7")
    LEDGER = ("images", "lift", "lift_ci95", "fixed", "broken", "mcnemar_p", "distinct_variants")

    @classmethod
    def setUpClass(cls):
        shared = pathlib.Path(tempfile.mkdtemp(prefix="augury-cli-"))
        cls.addClassCleanup(shutil.rmtree, shared)
        data, model = train_once(shared, "--validation-fraction", "0.2", train=120, test=cls.IMAGES)
        cls.on_model = ("evaluate", "--model", model, "--data", data, "--threads", "1")
        cls.data = data

    def evaluate(self, *options, **keywords):
        return self.document(*self.on_model, *options, **keywords)

    def with_images(self, *options):
        """(document, per-image lines)"""
        document = self.evaluate(*options, "--per-image", "images.csv")
        return document, self.rows("images.csv")

    def rows(self, name):
        return list(csv.DictReader(io.StringIO((self.folder / name).read_text("utf-8"), newline="")))

    def refused(self, *options):
        before = self.files()
        result = self.run_cli(*self.on_model, *options, expect=2)
        self.assertEqual(result.out, "")
        self.assertNotIn("unexpected failure", result.err)
        self.assertRegex(result.err, r"^augury-cli: .{20,}\n")
        self.assertEqual(self.files(), before, "something was left behind")
        return result.err

    def assert_same_numbers(self, one, other):
        """Equal JSON, but for the last digits of sums in another order."""
        if isinstance(one, dict):
            self.assertEqual(set(one), set(other))
            for key in one:
                with self.subTest(key):
                    self.assert_same_numbers(one[key], other[key])
        elif isinstance(one, list):
            self.assertEqual(len(one), len(other))
            for mine, theirs in zip(one, other):
                self.assert_same_numbers(mine, theirs)
        elif isinstance(one, float) and isinstance(other, float):
            self.assertAlmostEqual(one, other, places=6)
        else:
            self.assertEqual(one, other)

    def assert_counts(self, document, rows):
        """Accuracies and ledger are those of the lines."""
        before = [row["baseline"] == row["label"] for row in rows]
        after = [row["merged"] == row["label"] for row in rows]
        self.assertEqual(document["images"], len(rows))
        self.assertEqual(document["baseline"]["correct"], sum(before))
        self.assertEqual(document["tta"]["correct"], sum(after))
        self.assertEqual(document["baseline"]["accuracy"], sum(before) / len(rows))
        self.assertEqual(document["tta"]["accuracy"], sum(after) / len(rows))
        self.assertEqual(document["fixed"], sum(a and not b for a, b in zip(after, before)))
        self.assertEqual(document["broken"], sum(b and not a for a, b in zip(after, before)))


# References. Two-sided 97.5 % points of Student's t, from printed tables.
T_975 = {1: 12.706204736, 2: 4.302652730, 3: 3.182446305, 4: 2.776445105, 5: 2.570581836, 6: 2.446911851,
         7: 2.364624252, 8: 2.306004135, 9: 2.262157163}


def auroc(scores, positive):
    """The share of pairs in order, by looking at each."""
    ups = [s for s, p in zip(scores, positive) if p]
    downs = [s for s, p in zip(scores, positive) if not p]
    return sum(1 if u > d else 0.5 if u == d else 0 for u in ups for d in downs) / (len(ups) * len(downs))


def mean(values):
    return math.fsum(values) / len(values)


def sample_std(values):
    m = mean(values)
    return math.sqrt(math.fsum((v - m) ** 2 for v in values) / (len(values) - 1))


def t_interval(values):
    half = T_975[len(values) - 1] * sample_std(values) / math.sqrt(len(values))
    return mean(values) - half, mean(values) + half


def wilcoxon_by_enumeration(differences):
    """Exact two-sided signed-rank p: all 2^n signs, zeros dropped, mid-ranks for ties."""
    values = [d for d in differences if d != 0]
    if not values:
        return 1.0
    ordered = sorted(abs(v) for v in values)

    def rank(v):
        first = ordered.index(abs(v)) + 1
        return first + (ordered.count(abs(v)) - 1) / 2
    ranks = [rank(v) for v in values]
    observed = sum(r for r, v in zip(ranks, values) if v > 0)
    centre = sum(ranks) / 2
    extreme = sum(1 for signs in range(2 ** len(ranks))
                  if abs(sum(r for i, r in enumerate(ranks) if signs >> i & 1) - centre)
                  >= abs(observed - centre) - 1e-12)
    return extreme / 2 ** len(ranks)


def mcnemar_exact(fixed, broken):
    n = fixed + broken
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(min(fixed, broken) + 1)) / 2 ** n)


def read_safetensors(path):
    """(metadata, {name: (dtype, shape, bytes)}), checking the layout by the format's own words."""
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length].decode("utf-8"))
    assert data[8:9] == b"{", "the header begins with {"
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(k, str) and isinstance(v, str) for k, v in metadata.items()), "metadata is text to text"
    body = data[8 + length:]
    width = {"F32": 4, "I64": 8}
    tensors, covered = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert begin == covered, f"{name}: a gap or an overlap before it"
        assert end - begin == math.prod(entry["shape"]) * width[entry["dtype"]], f"{name}: size"
        covered = end
        tensors[name] = (entry["dtype"], entry["shape"], body[begin:end])
    assert covered == len(body), "bytes after the last tensor"
    return metadata, tensors
