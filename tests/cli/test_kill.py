# SPDX-License-Identifier: GPL-3.0-or-later
"""`repeat` is killed with SIGKILL again and again, at random moments, and resumed until it is done: what it ends with is
what a run that nobody touched ends with, and the history is sound after every kill."""
import collections
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
import unittest

import support
from support import CLI, CliTest
from test_runs import figures

KILLS = 50
REPEATS = 24
SETTINGS = ("--epochs", "1", "--batch-size", "8", "--copies", "4", "--rotation-range", "15", "--validation-fraction",
            "0.2", "--seed", "11", "--repeats", str(REPEATS))
# One fit after the other, and two at once that end in any order.
MACHINES = (("--threads", "1", "--parallel-fits", "1"), ("--threads", "2", "--parallel-fits", "2"))


class Kill(CliTest):
    def start(self, *arguments):
        process = subprocess.Popen([CLI, "repeat", *map(str, arguments), "--json"], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env=self.environment, cwd=self.folder)
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close()))
        return process

    def look(self):
        """Soundness and the newest run, read by another program's SQLite and not by the one under test."""
        path = self.folder / "share/augury/runs.sqlite"
        if not path.exists():
            return None
        connection = sqlite3.connect(path, timeout=20)
        try:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'repeats'").fetchall():
                return None  # killed before the file was made
            rows = connection.execute("SELECT id, status, done, wanted FROM runs ORDER BY id DESC LIMIT 1").fetchall()
            if not rows:
                return None
            run, status, done, wanted = rows[0]
            results = dict(connection.execute("SELECT repeat, result FROM repeats WHERE run = ?", (run,)).fetchall())
            self.assertEqual(done, len(results))
            return run, status, wanted, results
        finally:
            connection.close()

    def test_killed_again_and_again(self):
        data = support.write_idx(self.folder / "data", train=240, test=120)
        moments = random.Random(20240517)
        seen = collections.Counter()
        lasted = []
        start = time.monotonic()
        for turn, machine in enumerate(MACHINES):
            began = time.monotonic()
            whole = self.document("repeat", "--data", data, *SETTINGS, *machine, "--no-history")
            length = time.monotonic() - began  # of all of it, on this machine as busy as it is now
            self.assertEqual(len(whole["repeats"]), REPEATS)
            kills = 0
            while kills < KILLS // len(MACHINES):
                self.one_run(data, machine, whole, length, moments, seen, lasted)
                kills = seen["kills"] - turn * (KILLS // len(MACHINES))
        self.assertGreaterEqual(seen["kills"], KILLS)
        print(f"\n{seen['kills']} kills in {seen['runs']} runs of {REPEATS} repeats, after {min(lasted):.3f} to "
              f"{max(lasted):.3f} s; {seen['early']} before the run was in the history, {seen['at work']} between its "
              f"repeats, {seen['late']} after its end; {seen['resumed']} resumptions took over {seen['taken over']} "
              f"repeats; {time.monotonic() - start:.0f} s")
        self.assertGreater(seen["at work"], KILLS // 3)  # else the moments tell nothing
        self.assertGreater(seen["taken over"], 0)

    def one_run(self, data, machine, whole, length, moments, seen, lasted):
        """Begins a run, kills and resumes it until it comes to its end, and compares that with `whole`."""
        seen["runs"] += 1
        before = self.look()
        newest = before[0] if before else 0
        kept = {}
        run = None
        while True:
            if run is None:
                process = self.start("--data", data, *SETTINGS, *machine)
            else:
                process = self.start("--resume", run)
                seen["resumed"] += 1
                seen["taken over"] += len(kept)
            moment = moments.uniform(0, 0.75 * length)
            began = time.monotonic()
            try:
                out, _ = process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                lasted.append(time.monotonic() - began)
                out, _ = process.communicate()
            if process.returncode == 0:
                break
            self.assertEqual(process.returncode, -signal.SIGKILL)
            seen["kills"] += 1
            state = self.look()
            if state is None or state[0] == newest:
                seen["early"] += 1
                continue
            run, status, wanted, results = state
            self.assertEqual(wanted, REPEATS)
            for index, result in kept.items():  # nothing that was saved is lost or changed
                self.assertEqual(results[index], result)
            kept = results
            if status == "finished":  # killed on its way out
                seen["late"] += 1
                break
            seen["at work"] += 1
            self.assertEqual(status, "running")
        kept_run = self.look()[0]
        self.assertGreater(kept_run, newest)
        self.assertEqual(self.comparable(self.document("runs", "show", kept_run)), self.comparable(whole))
        if process.returncode == 0:
            self.assertEqual(self.comparable(json.loads(out)), self.comparable(whole))

    @staticmethod
    def comparable(document):
        result = figures(document)
        return {**result, "threads_per_fit": document["run"]["threads_per_fit"]}


if __name__ == "__main__":
    unittest.main()
