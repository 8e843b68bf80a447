# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""poolscope.exe in a real window (Wine on Xvfb): clicked, typed into, photographed."""

import json
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


def snapshot_files(prefix):
    """What Ctrl+S keeps, in the folder that Windows has for it."""
    return sorted(p for p in (prefix.folder / "drive_c/users").glob("*/AppData/*/poolscope/**/*.json"))


def begin(results, prefix, display, command, name):
    window = Window(prefix, display, command)
    if not results.check(f"window: {name}: it opens", window.id is not None and window.is_alive()):
        return None
    window.raise_up()
    return window


def shows(window, path, colour, least):
    """Photographs the window until at least `least` pixels have the colour; whether they ever had."""
    return wait_until(lambda: pixels(window.shot(path), colour) >= least, 60)


def pixels(picture, colour):
    done = subprocess.run(["convert", str(picture), "-fill", "black", "+opaque", colour, "-fill", "white", "-opaque", colour,
                           "-format", "%[fx:int(mean*w*h+0.5)]", "info:"], capture_output=True, text=True, check=False)
    return int(done.stdout or 0)


def demo(results, prefix, display, program, scratch):
    window = begin(results, prefix, display, [program, "demo:"], "demo")
    if not window:
        return
    picture = scratch / "window-demo.png"
    results.check("window: demo: the chart draws the pinned tags",
                  shows(window, picture, CHART_LINE, 60), f"fewer than 60 pixels of {CHART_LINE} in {picture}")
    before = snapshot_files(prefix)
    window.click(300, 300)  # a row of the table
    window.key("t", "Home", "shift+Page_Down", "ctrl+c")
    text = wait_until(lambda: clipboard(display), 20)
    tags = [line.split("\t")[0] for line in text.splitlines()[1:]] if text else []
    results.check("window: demo: T sorts by tag, Ctrl+C copies rows that paste as a table",
                  len(tags) > 3 and tags == sorted(tags) and "\t" in text, f"expected rows in the order of their tags, got {text[:400]!r}")
    window.shot(scratch / "window-demo-by-tag.png")
    window.key("ctrl+s")
    taken = wait_until(lambda: set(snapshot_files(prefix)) - set(before), 20)
    results.check("window: demo: Ctrl+S keeps a snapshot where Windows keeps data", bool(taken), str(snapshot_files(prefix)))
    results.check("window: demo: it lives", window.is_alive())
    results.equal("window: demo: Ctrl+Q ends it", window.quit(), 0)


def clipboard(display):
    done = display.tool("timeout", "5", "xclip", "-o", "-selection", "clipboard")
    return done.stdout if done.returncode == 0 else ""


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
    for old in snapshot_files(prefix):
        old.unlink()
    settings = ["SEED=61", "SPEED=0", "ODD=1", f"TRUTH={windows_path(truth)}"]
    window = begin(results, prefix, display, [poolsim, *settings, program, "pool:"], "pool that stands still")
    if window:
        window.click(300, 300)
        window.key("ctrl+s")
        files = wait_until(lambda: snapshot_files(prefix), 20)
        found = pooltruth.differences(json.loads(files[0].read_text()), truth, 32) if files else ["no snapshot"]
        results.check("window: pool: the snapshot holds every counter that was answered", not found, "\n".join(found))
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
    before = snapshot_files(prefix)
    results.check("window: pool: the banner goes when samples come again",
                  wait_until(lambda: pixels(window.shot(recovered), ERROR_BANNER) < 100, 60), f"still {ERROR_BANNER} in {recovered}")
    window.click(300, 300)
    window.key("ctrl+s")
    fresh = wait_until(lambda: sorted(set(snapshot_files(prefix)) - set(before)), 20)
    results.check("window: pool: samples come again afterwards", bool(fresh))
    results.equal("window: pool: Ctrl+Q ends it", window.quit(), 0)
