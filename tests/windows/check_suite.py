# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Qt Test program and every fuzz target on its stored inputs, as Windows programs under Wine."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

from wine import say

WINE_FAILED = 66

# Programs that need more than their own name, as in ctest.
CORPUS = "tests/fuzz/corpus"


def commands(tree, root):
    for program in sorted((tree / "bin").glob("tst_*.exe")):
        yield program.stem, [program]
    for program in sorted((tree / "bin").glob("fuzz_*.exe")):
        yield program.stem, [program, "1000", root / CORPUS / program.stem]


def summary(output):
    """Qt Test's own totals, and the lines that say what failed."""
    totals = re.search(r"^Totals: (.*)$", output, re.M)
    failures = [line for line in output.splitlines() if line.startswith(("FAIL", "QFATAL", "   Loc", "   Actual", "   Expected"))]
    return (totals.group(1) if totals else ""), failures


def did_not_start(done):
    """Wine's own failure on a busy machine: its exit code, and not a word of the program."""
    return done.returncode == WINE_FAILED and not (done.stdout + done.stderr).strip()


def run(results, prefix, tree, root):
    def one(item):
        name, command = item
        done = prefix.run(command, timeout=300, cwd=tree / "bin")
        if did_not_start(done):
            say(f"Wine did not start {name}; once more")
            done = prefix.run(command, timeout=300, cwd=tree / "bin")
        return name, done

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, done in pool.map(one, commands(tree, root)):
            totals, failures = summary(done.stdout + done.stderr)
            detail = "\n".join(failures) or (done.stdout + done.stderr)[-2000:]
            results.check(f"suite: {name} {totals}".rstrip(), done.returncode == 0, f"exit code {done.returncode}\n{detail}")
