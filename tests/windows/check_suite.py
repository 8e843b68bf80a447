# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Qt Test program and every fuzz target on its stored inputs, as Windows programs under Wine."""

import os
import re
from concurrent.futures import ThreadPoolExecutor

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


def run(results, prefix, tree, root):
    def one(item):
        name, command = item
        return name, prefix.run(command, timeout=300, cwd=tree / "bin")

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, done in pool.map(one, commands(tree, root)):
            totals, failures = summary(done.stdout + done.stderr)
            detail = "\n".join(failures) or (done.stdout + done.stderr)[-2000:]
            results.check(f"suite: {name} {totals}".rstrip(), done.returncode == 0, f"exit code {done.returncode}\n{detail}")
