# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installer and the uninstaller, without questions, and the portable archive."""

import subprocess
import zipfile

from wine import wait_until, windows_path

PROGRAM_FILES = "drive_c/Program Files"


def run(results, prefix, packages, dist, scratch):
    archive(results, prefix, packages, dist, scratch)
    installer(results, prefix, packages, dist, scratch)


def files_below(folder):
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def archive(results, prefix, packages, dist, scratch):
    found = list(packages.glob("PoolScope-*-windows-x64.zip"))
    if not results.check("archive: there is one", len(found) == 1, str(found)):
        return
    folder = scratch / "portable"
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    with zipfile.ZipFile(found[0]) as z:
        z.extractall(folder)
    top = folder / found[0].stem
    results.equal("archive: holds what dist holds", files_below(top), files_below(dist))
    done = prefix.run([top / "poolscope-cli.exe", "--version"])
    results.check("archive: its program runs", done.returncode == 0 and "poolscope-cli" in done.stdout, done.stderr)


def records(results, prefix, program, recording):
    """A recording needs the most of what is installed: the database's plugin, zstd, and a place to write."""
    recording.unlink(missing_ok=True)
    done = prefix.run([program, "record", "demo:", "-o", windows_path(recording), "--samples", "3", "--interval", "250ms"])
    results.check("installer: the installed program records", done.returncode == 0, done.stderr)
    done = prefix.run([program, "info", windows_path(recording)])
    results.check("installer: and reads what it recorded", done.returncode == 0 and "3 samples" in done.stdout, done.stdout + done.stderr)


def registered(prefix):
    done = prefix.run(["reg", "query", r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\PoolScope"])
    return done.stdout if done.returncode == 0 else ""


def installer(results, prefix, packages, dist, scratch):
    found = list(packages.glob("PoolScope-*-setup.exe"))
    if not results.check("installer: there is one", len(found) == 1, str(found)):
        return
    folder = prefix.folder / PROGRAM_FILES / "PoolScope"
    done = prefix.run([found[0], "/S"], timeout=180)
    installed = files_below(folder)
    results.check("installer: /S installs to Program Files",
                  done.returncode == 0 and files_below(dist) <= installed, f"exit code {done.returncode}\n{sorted(installed)[:20]}")
    results.check("installer: Windows knows how to remove it", "Uninstall.exe" in registered(prefix), registered(prefix))
    shortcuts = [p for p in prefix.folder.rglob("PoolScope.lnk")]
    results.check("installer: it is in the start menu", bool(shortcuts))
    done = prefix.run([folder / "poolscope-cli.exe", "top", "demo:", "--once", "--limit", "3"])
    results.check("installer: the installed program runs", done.returncode == 0 and "Memory:" in done.stdout, done.stderr)
    records(results, prefix, folder / "poolscope-cli.exe", scratch / "installed.poolscope")
    done = prefix.run([found[0], "/S"], timeout=180)
    results.check("installer: once more over itself", done.returncode == 0 and files_below(dist) <= files_below(folder))
    # The uninstaller copies itself away and returns at once.
    prefix.run([folder / "Uninstall.exe", "/S"], timeout=180)
    gone = wait_until(lambda: not folder.exists(), 60)
    results.check("uninstaller: /S removes everything", gone, str(sorted(files_below(folder))[:20]) if folder.exists() else "")
    results.check("uninstaller: and the entry", wait_until(lambda: registered(prefix) == "", 30))
    results.check("uninstaller: and the start menu", not [p for p in prefix.folder.rglob("PoolScope.lnk")])
