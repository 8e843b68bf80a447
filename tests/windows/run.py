#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries what packaging/windows/build made under Wine and Xvfb; called by packaging/windows/test.

run.py --root DIR --work DIR --qt DIR --runtime DIR… [--only suite,cli,window,installer]
"""

import argparse
import sys
from pathlib import Path

import check_cli
import check_installer
import check_suite
import check_window
import wine

PARTS = ("suite", "cli", "window", "installer")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--root", type=Path, required=True, help="the checkout")
    options.add_argument("--work", type=Path, required=True, help="build/windows")
    options.add_argument("--qt", type=Path, required=True)
    options.add_argument("--runtime", type=Path, nargs="+", required=True, help="folders of the compiler's DLLs")
    options.add_argument("--only", default=",".join(PARTS))
    given = options.parse_args()
    only = set(given.only.split(","))
    dist, tree, poolsim = given.work / "dist", given.work / "cmake", given.work / "poolsim" / "poolsim.exe"
    scratch = given.work / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    results = wine.Results()

    if "suite" in only:
        # The tests are not in dist: they find Qt and the compiler's DLLs by the search path.
        prefix = wine.Prefix(given.work / "prefix-suite", [given.qt / "bin", *given.runtime], variables=[
            ("QT_FORCE_STDERR_LOGGING", "1"), ("QT_QPA_PLATFORM", "offscreen"),
            ("QT_QPA_FONTDIR", wine.windows_path("/usr/share/fonts/truetype/dejavu")),
            ("QT_PLUGIN_PATH", wine.windows_path(given.qt / "plugins"))])
        check_suite.run(results, prefix, tree, given.root)
        prefix.stop()
    if "cli" in only:
        # What users get: no search path, no Qt but the one in dist. Not the suite's Windows, which remembers
        # where that finds its plugins.
        prefix = wine.Prefix(given.work / "prefix", [])
        check_cli.run(results, prefix, dist, poolsim, scratch, given.root / "tests/fuzz/corpus/fuzz_drivers")
        prefix.stop()
    if only & {"window", "installer"}:
        display = wine.Display()
        prefix = wine.Prefix(given.work / "prefix-window", [], display=display.name)
        try:
            if "window" in only:
                check_window.run(results, prefix, display, dist, poolsim, scratch)
            if "installer" in only:
                check_installer.run(results, prefix, given.work, dist, scratch)
        finally:
            prefix.stop()
            display.close()
    print(f"screenshots and logs: {scratch}")
    return results.close()


if __name__ == "__main__":
    sys.exit(main())
