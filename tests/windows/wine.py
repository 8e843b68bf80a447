# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs Windows programs under Wine and counts what passes. Used by the checks beside it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WINE = next(str(p) for p in (Path("/usr/lib/wine/wine64"), Path("/usr/bin/wine64"), Path("/usr/bin/wine")) if p.exists())
WINESERVER = shutil.which("wineserver") or "/usr/lib/wine/wineserver"


class Results:
    """PASS and FAIL lines, and the closing count."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    def check(self, name, ok, detail=""):
        if ok:
            self.passed += 1
            print(f"PASS  {name}", flush=True)
        else:
            self.failed.append(name)
            print(f"FAIL  {name}", flush=True)
            for line in str(detail).splitlines()[:40]:
                print(f"      {line}", flush=True)
        return ok

    def equal(self, name, got, expected):
        return self.check(name, got == expected, f"got      {got!r}\nexpected {expected!r}")

    def close(self):
        for name in self.failed:
            print(f"failed: {name}")
        print(f"{self.passed} passed, {len(self.failed)} failed", flush=True)
        return 1 if self.failed else 0


class Prefix:
    """One Windows: a WINEPREFIX of its own, with or without a display. Wine hands no QT_ variable on, so
    they are set in the prefix."""

    def __init__(self, folder, search, display=None, variables=()):
        self.folder = Path(folder)
        self.env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        self.env.update(
            WINEPREFIX=str(folder), WINEDEBUG="-all", WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=",
            WINEPATH=";".join(windows_path(p) for p in search))
        if display:
            self.env["DISPLAY"] = display
        fresh = not (self.folder / "system.reg").exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.stop()
        self.server("-p")
        if fresh:
            self.run(["wineboot", "-i"], timeout=300)
            self.run(["winecfg", "-v", "win10"], timeout=120)
        for name, value in variables:
            self.run(["reg", "add", r"HKCU\Environment", "/v", name, "/d", value, "/f"])

    def run(self, command, timeout=120, **options):
        """The finished process with text in stdout and stderr; return code 'timeout' after `timeout` seconds."""
        options.setdefault("stdin", subprocess.DEVNULL)
        # Files, not pipes: Wine's own services inherit them and would keep a pipe open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen([WINE, *map(str, command)], env=self.env, stdout=out, stderr=err, **options)
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                code = "timeout"
                process.kill()
                process.wait()
                self.stop()
            texts = []
            for file in (out, err):
                file.seek(0)
                texts.append(file.read().decode("utf-8", "replace"))
        return subprocess.CompletedProcess(command, code, *texts)

    def start(self, command, **options):
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        return subprocess.Popen([WINE, *map(str, command)], env=self.env, **options)

    def server(self, option):
        subprocess.run([WINESERVER, option], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)

    def stop(self):
        """Ends every program of this prefix."""
        self.server("-k")


class Display:
    """An X server of its own."""

    def __init__(self, size="1280x800x24"):
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
                                       pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = ":" + number.readline().strip()
        self.env = dict(os.environ, DISPLAY=self.name)

    def tool(self, *command):
        return subprocess.run(command, env=self.env, capture_output=True, text=True)

    def clipboard(self):
        """The text in the clipboard; empty when there is none."""
        done = self.tool("timeout", "5", "xclip", "-o", "-selection", "clipboard")
        return done.stdout if done.returncode == 0 else ""

    def clear_clipboard(self):
        # xclip stays behind as the owner, with the pipes that it is given.
        subprocess.run(["xclip", "-i", "-selection", "clipboard", "/dev/null"], env=self.env,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def window(self, title, timeout=60):
        """Waits for a visible window with this in its title; its id or None."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            found = self.tool("xdotool", "search", "--onlyvisible", "--name", title).stdout.split()
            if found:
                return found[-1]
            time.sleep(0.2)
        return None

    def screenshot(self, path):
        self.tool("import", "-window", "root", str(path))

    def close(self):
        self.server.terminate()
        self.server.wait()


def windows_path(path):
    return "Z:" + str(Path(path).resolve()).replace("/", "\\")


def wait_until(condition, timeout=30):
    """Polls until condition() is true; its last value."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.1)


def say(text):
    print(text, file=sys.stderr, flush=True)
