# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""poolscope.exe in a real window (Wine on Xvfb): clicked, typed into, photographed."""

import subprocess

import pooltruth
from wine import wait_until, windows_path

TITLE = "PoolScope"
# Colours of the light theme: the first chart line, the error banner, the status line's words.
CHART_LINE, ERROR_BANNER, FAILING_WORDS = "#0072B2", "#FBD9D7", "#B3261E"
# Wine 8 draws no text in line edits through Windows' own font engines.
PLATFORM = ["-platform", "windows:fontengine=freetype"]


class Window:
    """A running poolscope.exe and what one can do to it."""

    def __init__(self, prefix, display, command):
        self.display = display
        self.process = prefix.start([*command, *PLATFORM])
        self.id = display.window(TITLE)

    def raise_up(self):
        # There is no window manager: the size is asked for, the focus is given.
        self.display.tool("xdotool", "windowsize", "--sync", self.id, "1280", "760")
        self.display.tool("xdotool", "windowmove", "--sync", self.id, "0", "0")
        self.display.tool("xdotool", "windowfocus", "--sync", self.id)

    def key(self, *keys):
        self.display.tool("xdotool", "key", "--window", self.id, *keys)

    def click(self, x, y):
        self.display.tool("xdotool", "mousemove", "--sync", str(x), str(y), "click", "1")

    def shot(self, path):
        self.display.screenshot(path)
        return path

    def is_alive(self):
        return self.process.poll() is None

    def quit(self):
        self.key("ctrl+q")
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            return None


def run(results, prefix, display, dist, poolsim, scratch):
    program = dist / "poolscope.exe"
    demo(results, prefix, display, program, scratch)
    plain_wine(results, prefix, display, program, scratch)
    living_pool(results, prefix, display, program, poolsim, scratch)


def table_rows(text):
    """The cells of a copied table with its header; empty when the text is none."""
    rows = [line.split("\t") for line in text.splitlines()]
    return rows if rows and len(rows[0]) >= 8 else []


def copied_rows(window, display):
    """{(tag, type): (allocs, frees, diff, bytes)} of the whole table, by way of the clipboard."""
    # What was copied before is not taken for the answer to these keys.
    display.clear_clipboard()
    window.key("ctrl+a", "ctrl+c")
    rows = wait_until(lambda: table_rows(display.clipboard()), 90)
    if not rows:
        return {}
    at = [rows[0].index(name) for name in ("Allocs", "Frees", "Diff", "Bytes")]
    return {(r[0], r[1]): tuple(int(r[i]) if r[i] else None for i in at) for r in rows[1:]}


def pool_rows(truth):
    words = {"nonpaged": "Nonp", "paged": "Paged"}
    return {(tag, words[kind]): row for (tag, kind), row in pooltruth.expected_rows(truth, 32).items()}


def differing(found, expected):
    return "\n".join(f"{k}: copied {found.get(k)}, answered {expected.get(k)}" for k in sorted(found.keys() | expected.keys())
                     if found.get(k) != expected.get(k))


def begin(results, prefix, display, command, name):
    window = Window(prefix, display, command)
    if not results.check(f"window: {name}: it opens", window.id is not None and window.is_alive()):
        return None
    window.raise_up()
    return window


def shows(window, path, colour, least):
    """Photographs the window until at least `least` pixels have the colour; whether they ever had."""
    return wait_until(lambda: pixels(window.shot(path), colour) >= least, 120)


def pixels(picture, colour):
    done = subprocess.run(["convert", str(picture), "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour,
                           "-format", "%[fx:int(mean*w*h+0.5)]", "info:"], capture_output=True, text=True, check=False)
    return int(done.stdout or 0)


def rows_when(wanted, window, display, seconds):
    """The rows as soon as they are what is wanted; the last that could be copied when the time is over."""
    last = {}

    def are_wanted():
        nonlocal last
        last = copied_rows(window, display) or last
        return wanted(last)

    wait_until(are_wanted, seconds)
    return last


def demo(results, prefix, display, program, scratch):
    window = begin(results, prefix, display, [program, "demo:"], "demo")
    if not window:
        return
    picture = scratch / "window-demo.png"
    results.check("window: demo: the chart draws the pinned tags",
                  shows(window, picture, CHART_LINE, 60), f"fewer than 60 pixels of {CHART_LINE} in {picture}")
    window.click(300, 300)  # a row of the table
    window.key("t", "Home", "shift+Page_Down", "ctrl+c")
    text = wait_until(display.clipboard, 90)
    tags = [line.split("\t")[0] for line in text.splitlines()[1:]] if text else []
    results.check("window: demo: T sorts by tag, Ctrl+C copies rows that paste as a table",
                  len(tags) > 3 and tags == sorted(tags) and "\t" in text, f"expected rows in the order of their tags, got {text[:400]!r}")
    window.shot(scratch / "window-demo-by-tag.png")
    results.check("window: demo: it lives", window.is_alive())
    results.equal("window: demo: Ctrl+Q ends it", window.quit(), 0)


def plain_wine(results, prefix, display, program, scratch):
    window = begin(results, prefix, display, [program], "plain Wine")
    if not window:
        return
    picture = scratch / "window-plain-wine.png"
    results.check("window: plain Wine: the panel says why there is nothing, the status that it fails",
                  shows(window, picture, FAILING_WORDS, 20) and window.is_alive(), f"no {FAILING_WORDS} in {picture}")
    results.equal("window: plain Wine: Ctrl+Q ends it", window.quit(), 0)


def living_pool(results, prefix, display, program, poolsim, scratch):
    truth = scratch / "window-truth.csv"
    settings = ["SEED=61", "SPEED=0", "ODD=1", f"TRUTH={windows_path(truth)}"]
    window = begin(results, prefix, display, [poolsim, *settings, program, "pool:"], "pool that stands still")
    if window:
        window.click(300, 300)
        found = rows_when(lambda rows: rows == pool_rows(truth), window, display, 60)
        results.check("window: pool: Ctrl+A, Ctrl+C copy every counter that was answered",
                      found == pool_rows(truth), f"{len(found)} rows are copied, {len(pool_rows(truth))} were answered\n{differing(found, pool_rows(truth))}")
        window.quit()
    settings = ["SEED=62", "SPEED=60", "NEW_TAGS_PER_S=0.1", "LEAKS=NtFC,n,65536,500;Irp ,p,4096,90",
                "STATUS=0xC0000022", "FAIL_FROM=720", "FAIL_UNTIL=1200"]
    window = begin(results, prefix, display, [poolsim, *settings, program, "pool:", "--interval", "500ms"], "pool that leaks")
    if not window:
        return
    window.shot(scratch / "window-pool-leaking.png")
    failing, recovered = scratch / "window-pool-failing.png", scratch / "window-pool-recovered.png"
    results.check("window: pool: the failure is told in a banner above the last samples",
                  shows(window, failing, ERROR_BANNER, 5000) and window.is_alive(), f"no {ERROR_BANNER} in {failing}")
    window.click(300, 300)
    # By now the leak is large: these are this pool's rows, not what an earlier window left on the clipboard.
    before = wait_until(lambda: {k: v for k, v in copied_rows(window, display).items() if k == ("NtFC", "Nonp") and v[3] > 10**8}, 90)
    results.check("window: pool: the banner goes when samples come again",
                  wait_until(lambda: pixels(window.shot(recovered), ERROR_BANNER) < 100, 60), f"still {ERROR_BANNER} in {recovered}")
    results.check("window: pool: samples come again afterwards",
                  before and wait_until(lambda: copied_rows(window, display).get(("NtFC", "Nonp"), (0,))[0] > before["NtFC", "Nonp"][0], 120),
                  f"the leak stands still at {before}")
    results.equal("window: pool: Ctrl+Q ends it", window.quit(), 0)
