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


def why(done):
    _, failures = summary(done.stdout + done.stderr)
    return f"exit code {done.returncode}\n" + ("\n".join(failures) or (done.stdout + done.stderr)[-2000:])


def did_not_start(done):
    """Wine's own failure on a busy machine: its exit code, and not a word of the program."""
    return done.returncode == WINE_FAILED and not (done.stdout + done.stderr).strip()


def run(results, prefix, tree, root):
    def once(command):
        return prefix.run(command, timeout=300, cwd=tree / "bin")

    def one(item):
        name, command = item
        done = once(command)
        if did_not_start(done):
            say(f"Wine did not start {name}; once more")
            done = once(command)
        return name, command, done

    def tell(name, done):
        totals, _ = summary(done.stdout + done.stderr)
        results.check(f"suite: {name} {totals}".rstrip(), done.returncode == 0, why(done))

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        done_all = list(pool.map(one, commands(tree, root)))
    for name, command, done in done_all:
        if done.returncode != 0:
            # Wine is slow where several programs want its one server: what counts is the program by itself.
            say(f"{name} failed beside others; by itself once more. What it said:\n{why(done)}")
            done = once(command)
        tell(name, done)
