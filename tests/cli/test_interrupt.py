# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C, SIGTERM, closed pipes and full disks."""
import json
import os
import pty
import select
import signal
import subprocess
import time
import unittest

import support
from support import CLI, CliTest

LONG = ("--epochs", "1", "--batch-size", "16", "--threads", "1", "--copies", "2", "--repeats", "1000",
        "--parallel-fits", "1")


class Interrupt(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data")

    def start(self, *arguments, **options):
        process = subprocess.Popen([CLI, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=self.environment, cwd=self.folder, **options)
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close(), process.stderr.close()))
        return process

    def wait_for(self, stream, text, seconds=120):
        """Reads the stream until the text is there."""
        seen, end = b"", time.monotonic() + seconds
        while text not in seen:
            ready, _, _ = select.select([stream], [], [], max(0, end - time.monotonic()))
            self.assertTrue(ready, f"{text!r} did not come: {seen!r}")
            chunk = os.read(stream.fileno(), 65536)
            self.assertTrue(chunk, f"the stream ended before {text!r}: {seen!r}")
            seen += chunk
        return seen

    def stop(self, process, number):
        start = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        print(f"{number.name}: ended after {time.monotonic() - start:.3f} s")
        return out.decode("utf-8"), err.decode("utf-8")

    def test_json_keeps_what_is_finished(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                process = self.start("repeat", "--data", self.data, *LONG, "--json", "--csv", "stopped.csv")
                self.wait_for(process.stderr, b"repeat 3 of 1000, epoch 1")
                out, err = self.stop(process, number)
                self.assertEqual(process.returncode, 3, err)
                document = json.loads(out)
                self.assertIs(document["stopped"], True)
                count = len(document["repeats"])
                self.assertGreaterEqual(count, 2)
                self.assertLess(count, 1000)
                self.assertEqual(document["summary"]["repeats"], count)
                self.assertIn("Stopped", err)
                self.assertEqual(len((self.folder / "stopped.csv").read_text("utf-8").splitlines()), 1 + count)

    def test_table_keeps_what_is_finished(self):
        process = self.start("repeat", "--data", self.data, *LONG)
        seen = self.wait_for(process.stderr, b"repeat 3 of 1000, epoch 1")
        out, err = self.stop(process, signal.SIGINT)
        self.assertEqual(process.returncode, 3, seen + err.encode())
        self.assertIn("mean ± σ", out)

    def test_before_the_first_repeat_ends(self):
        process = self.start("repeat", "--data", self.data, *LONG, "--epochs", "10000", "--json", "--csv", "none.csv")
        self.wait_for(process.stderr, b"epoch 2 of")
        out, err = self.stop(process, signal.SIGINT)
        self.assertEqual(process.returncode, 3, err)
        document = json.loads(out)
        self.assertEqual(document["repeats"], [])
        self.assertIsNone(document["summary"])
        self.assertNotIn("none.csv", self.files())

    def test_train_keeps_whole_epochs(self):
        process = self.start("train", "--data", self.data, "--epochs", "10000", "--batch-size", "16", "--threads", "1",
                             "--json", "--out", "m.safetensors")
        self.wait_for(process.stderr, b"epoch 3 of")
        out, err = self.stop(process, signal.SIGINT)
        self.assertEqual(process.returncode, 3, err)
        document = json.loads(out)
        self.assertIs(document["stopped"], True)
        self.assertGreaterEqual(len(document["history"]), 3)
        evaluated = self.document("evaluate", "--model", "m.safetensors", "--data", self.data)
        self.assertEqual(evaluated["images"], 60)

    def test_evaluate_writes_nothing(self):
        self.run_cli("train", "--data", self.data, "--epochs", "1", "--batch-size", "16", "--out", "m.safetensors")
        process = self.start("evaluate", "--model", "m.safetensors", "--data", self.data, "--copies", "1000",
                             "--rotation-range", "90", "--threads", "1", "--csv", "none.csv", "--json")
        self.wait_for(process.stderr, "…".encode())  # some phase has begun
        out, err = self.stop(process, signal.SIGINT)
        self.assertEqual(process.returncode, 3, err)
        self.assertEqual(out, "")
        self.assertNotIn("none.csv", self.files())

    def test_ignored_sigint_stays_ignored(self):
        process = self.start("repeat", "--data", self.data, *LONG[:-4], "--repeats", "4", "--parallel-fits", "1",
                             preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        self.wait_for(process.stderr, b"repeat 1 of 4, epoch 1")
        _, err = self.stop(process, signal.SIGINT)
        self.assertEqual(process.returncode, 0, err)

    def test_second_one_ends_at_once(self):
        # Stopped by the first while one enormous step is under way, which cannot be cut short.
        big = support.write_idx(self.folder / "big", train=6000, test=4, size=28, images_of=support.noise)
        process = self.start("train", "--data", big, "--batch-size", "6000", "--epochs", "50", "--threads", "1",
                             "--out", "m.safetensors")
        self.wait_for(process.stdout, b"epoch")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        self.assertIn(process.returncode, (130, 143, 3))  # 3: the first was already done with
        self.assertNotIn("m.safetensors", self.files())


class Streams(CliTest):
    def setUp(self):
        super().setUp()
        self.data = support.write_idx(self.folder / "data", train=24, test=6)
        self.quick = ("repeat", "--data", self.data, "--epochs", "1", "--batch-size", "8", "--repeats", "2")

    def test_closed_pipe_is_no_crash(self):
        for extra in ((), ("--json",)):
            read, write = os.pipe()
            os.close(read)
            process = subprocess.run([CLI, *map(str, self.quick), *extra, "--csv", "kept.csv"], stdout=write,
                                     stderr=subprocess.PIPE, env=self.environment, cwd=self.folder, timeout=120)
            os.close(write)
            self.assertEqual(process.returncode, 0, process.stderr)
            self.assertIn("kept.csv", self.files())  # the reader has gone, the file was asked for

    def test_closed_error_stream_is_no_crash(self):
        for arguments, code in ((self.quick, 0), (("repeat", "--epochs", "0"), 2)):
            read, write = os.pipe()
            os.close(read)
            process = subprocess.run([CLI, *map(str, arguments)], stdout=subprocess.PIPE, stderr=write,
                                     env=self.environment, cwd=self.folder, timeout=120)
            os.close(write)
            self.assertEqual(process.returncode, code)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            process = subprocess.run([CLI, *map(str, self.quick), "--json"], stdout=full, stderr=subprocess.PIPE,
                                     env=self.environment, cwd=self.folder, timeout=120)
        self.assertEqual(process.returncode, 2)
        self.assertIn(b"standard output", process.stderr)

    def test_bar_on_a_terminal(self):
        try:
            master, slave = pty.openpty()
        except OSError as problem:  # a container without /dev/pts
            self.skipTest(f"no terminals here: {problem}")
        process = subprocess.Popen([CLI, *map(str, self.quick), "--json"], stdout=subprocess.PIPE, stderr=slave,
                                   env=self.environment, cwd=self.folder)
        os.close(slave)
        seen = b""
        while True:
            try:
                chunk = os.read(master, 65536)
            except OSError:  # Linux's end of a terminal
                break
            if not chunk:
                break
            seen += chunk
        out = process.stdout.read()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=60), 0)
        os.close(master)
        self.assertIn(b"\r\x1b[K", seen)
        self.assertIn(b"[", seen)
        self.assertTrue(all(len(line) < 120 for line in seen.replace(b"\r", b"\n").split(b"\n")))
        json.loads(out)


if __name__ == "__main__":
    unittest.main()
