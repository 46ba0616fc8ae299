# SPDX-License-Identifier: GPL-3.0-or-later
"""`preview`: the contact sheet of one image's variants, as a PNG."""
import re
import struct
import unittest
import zlib

import support
from support import EvaluateTest, votes_of


def read_png(data):
    """(width, height, the filtered rows), every checksum checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "signature"
    at, pixels, kinds, size = 8, b"", [], None
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length:at + 12 + length]) == (zlib.crc32(kind + body),), kind
        kinds.append(kind)
        size = struct.unpack(">II", body[:8]) if kind == b"IHDR" else size
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND", kinds
    return *size, zlib.decompress(pixels)


@unittest.skipUnless(support.HAS_QT, "a build without Qt draws nothing")
class Sheet(EvaluateTest):
    def setUp(self):
        super().setUp()
        # Without a display, whatever the test's surroundings have.
        for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            self.environment.pop(name, None)
        self.model = self.on_model[2]
        support.write_png(self.folder / "grey.png", 12, 12, lambda x, y: (20 * x + 3 * y) % 256)
        support.write_png(self.folder / "photo.png", 40, 30, lambda x, y: bytes((6 * x, 8 * y, 100)), channels=3)

    def preview(self, *options):
        """(what was printed, (width, height))"""
        out = self.run_cli("preview", *options, "--out", "sheets/sheet.png").out
        path = self.folder / "sheets/sheet.png"
        width, height, pixels = read_png(path.read_bytes())
        path.unlink()
        self.assertGreater(min(width, height), 100)
        self.assertGreater(len(set(pixels)), 20, "an empty sheet")
        return out, (width, height)

    def test_votes_are_those_of_evaluate(self):
        document, rows = self.with_images(*self.TURNED, "--seed", "9")
        broken = [r for r in rows if r["baseline"] == r["label"] != r["merged"]]
        fixed = [r for r in rows if r["merged"] == r["label"] != r["baseline"]]
        unanimous = [r for r in rows if r["agreement"] == "1"]
        for row in [r for r in (fixed[:1], unanimous[:1], broken[:1]) for r in r]:
            out, _ = self.preview("--image", row["index"], "--data", self.data, "--model", self.model, *self.TURNED,
                                  "--seed", "9")
            with self.subTest(out.strip()):
                winner, votes = row["merged"], votes_of(row["votes"])
                said = re.match(r"(All|\d) (?:of )?7 copies says? (\d)", out)
                if said:
                    self.assertEqual(7 if said[1] == "All" else int(said[1]), max(votes.values()))
                    self.assertEqual(votes[said[2]], max(votes.values()))
                else:
                    self.assertIn("7 copies", out)
                self.assertIn(winner, out)
                self.assertEqual("fixes" in out, row in fixed)
                self.assertEqual("breaks" in out, row in broken)

    def test_with_and_without_a_model(self):
        numbered = ("--image", "0", "--data", self.data)
        out, plain = self.preview(*numbered)
        self.assertEqual(out, "")  # nothing votes
        self.assertIn("copies say", self.preview(*numbered, "--model", self.model)[0])
        for image in ("grey.png", "photo.png"):
            with self.subTest(image):
                self.assertEqual(self.preview("--image", image, "--policy", "gentle")[0], "")
                out, _ = self.preview("--image", self.folder / image, "--policy", "gentle", "--model", self.model)
                self.assertIn("copies", out)
                self.assertNotIn("labelled", out)  # a file has no label
        # More distinct variants need more room.
        _, many = self.preview(*numbered, "--policy", "ten_crop")
        self.assertGreater(many[0] * many[1], plain[0] * plain[1])

    def test_bad_requests_are_refused(self):
        (self.folder / "text.png").write_text("no image", "utf-8")
        (self.folder / "cut.png").write_bytes((self.folder / "grey.png").read_bytes()[:60])
        (self.folder / "folder.png").mkdir()
        data, out = ("--data", self.data), ("--out", "sheet.png")
        before = self.files()
        for options, words in (((*data, "--image", self.IMAGES, *out), ("--image", "90", "0 to 89")),
                               ((*data, "--image", "99999999", *out), ("--image", "0 to 89")),
                               ((*data, "--image", "-1", *out), ("-1",)),
                               (("--image", "text.png", *out), ("text.png", "image")),
                               (("--image", "cut.png", *out), ("cut.png",)),
                               (("--image", "absent.png", *out), ("absent.png",)),
                               (("--image", "grey.png", "--out", "sheet.jpg"), ("--out", "sheet.jpg", ".png")),
                               (("--image", "grey.png", "--out", "folder.png"), ("--out", "folder.png")),
                               (("--image", "grey.png", "--out", "grey.png/s.png"), ("--out", "grey.png")),
                               ((*data, *out), ("--image",)),
                               ((*data, "--image", "0"), ("--out",)),
                               ((*data, "--image", "0", *out, "--model", "absent.safetensors"),
                                ("absent.safetensors",)),
                               ((*data, "--image", "0", *out, "--policy", "hflip", "--copies", "3"), ("1 to 2",)),
                               (("--image", "photo.png", *out, "--policy", "d4"), ("quarter_turns",))):
            with self.subTest(" ".join(map(str, options))):
                result = self.run_cli("preview", *options, expect=2)
                for word in words:
                    self.assertIn(word, result.err)
                self.assertEqual(result.out, "")
                self.assertNotIn("unexpected failure", result.err)
                self.assertEqual(self.files(), before, "something was left behind")


@unittest.skipIf(support.HAS_QT, "this build has Qt")
class WithoutQt(support.CliTest):
    def test_refused_before_any_work(self):
        result = self.run_cli("preview", "--image", "0", "--data", "absent", "--out", "sheet.png", expect=2)
        self.assertIn("Qt", result.err)
        self.assertNotIn("absent", result.err)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
