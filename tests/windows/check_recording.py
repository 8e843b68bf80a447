# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings of make-believe pools, made, killed, continued, judged and exported by poolscope-cli.exe."""

import csv
import io
import json

import pooltruth
from wine import wait_until, windows_path

LEAKING = ["SEED=71", "SPEED=20", "LEAKS=NtFC,n,1024,50"]
FIELDS = ("allocs", "frees", "outstanding", "bytes")


def run(cli):
    for file in (*cli.scratch.glob("*.poolscope*"), *cli.scratch.glob("report.html")):
        file.unlink()
    whole_recording(cli)
    killed(cli)
    two_writers(cli)
    what_others_wrote(cli)


def info(cli, file):
    done = cli.plain("info", windows_path(file), "--json")
    return json.loads(done.stdout) if done.returncode == 0 else {"samples": 0, "damage": [done.stderr]}


def last_rows(text):
    """{(tag, type): counters} of the last sample of an exported CSV."""
    rows = list(csv.DictReader(io.StringIO(text)))
    return {(r["tag"], r["type"]): tuple(int(r[f]) for f in FIELDS) for r in rows if r["time"] == rows[-1]["time"]} if rows else {}


def whole_recording(cli):
    """Long enough for a verdict, and what it holds last is what the pool answered last."""
    file = cli.scratch / "leak of the pool.poolscope"
    done = cli.on_pool(LEAKING, "record", "pool:", "-o", windows_path(file), "--interval", "250ms", "--samples", "120",
                       "--quiet", timeout=1500)
    found = info(cli, file)
    cli.results.check("recording: 120 samples of a leaking pool, intact", done.returncode == 0 and found["samples"] == 120
                      and not found["damage"], f"exit code {done.returncode}\n{done.stderr}\n{str(found)[:500]}")
    exported = cli.plain("export", windows_path(file), "-o", "-", "--format", "csv")
    rows, expected = last_rows(exported.stdout), pooltruth.expected_rows(cli.truth, 32)
    wrong = [f"{k}: exported {rows.get(k)}, answered {expected.get(k)}" for k in rows.keys() | expected.keys() if rows.get(k) != expected.get(k)]
    cli.results.check(f"recording: the {len(rows)} rows exported last are what was answered last", rows and not wrong,
                      "\n".join(wrong[:10]) + exported.stderr)
    done = cli.plain("analyze", windows_path(file), "--json", "--fail-on", "leak")
    findings = json.loads(done.stdout)["findings"] if done.returncode in (0, 1) and done.stdout else []
    leaks = [f["tag"] for f in findings if f["verdict"] == "leak"]
    cli.results.check("recording: the leaking tag is named, and --fail-on leak fails", done.returncode == 1 and leaks[:1] == ["NtFC"],
                      f"exit code {done.returncode}, leaks {leaks}\n{done.stderr}")
    page = cli.scratch / "report.html"
    done = cli.plain("report", windows_path(file), "-o", windows_path(page))
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    cli.results.check("recording: the report names it, too", done.returncode == 0 and "NtFC" in text and "<svg" in text, done.stderr)


def killed(cli):
    """All programs end at once, as when the machine dies: what was flushed is there, and the same command goes on."""
    file = cli.scratch / "killed.poolscope"
    command = cli.on_pool_command(LEAKING, "record", "pool:", "-o", windows_path(file), "--interval", "250ms", "--flush", "250ms", "--quiet")
    seen = []
    for least in (8, 20, 40):
        process = cli.prefix.start(command)
        seen.append(wait_until(lambda: (n := info(cli, file)["samples"]) >= least and n, 300) or 0)
        process.kill()
        cli.prefix.stop()
        process.wait()
        after = info(cli, file)
        cli.results.check(f"killed: what was there before is there afterwards ({seen[-1]} of {after['samples']} samples), nothing is damaged",
                          seen[-1] >= least and after["samples"] >= seen[-1] and not after["damage"], str(after)[:500])
    cli.results.check("killed: each start began a segment", len(info(cli, file).get("segments", [])) == 3, str(info(cli, file))[:500])


def two_writers(cli):
    file = cli.scratch / "two writers.poolscope"
    process = cli.prefix.start(cli.on_pool_command(LEAKING, "record", "pool:", "-o", windows_path(file), "--interval", "250ms", "--flush", "250ms", "--quiet"))
    wait_until(lambda: info(cli, file)["samples"] > 2, 120)
    second = cli.plain("record", "demo:", "-o", windows_path(file), "--samples", "2", "--quiet")
    cli.results.check("two writers: the second is refused and told why", second.returncode == 5 and "two writers.poolscope" in second.stderr,
                      f"exit code {second.returncode}\n{second.stderr}")
    process.kill()
    cli.prefix.stop()
    process.wait()
    cli.results.check("two writers: the first one's samples are whole", info(cli, file)["samples"] > 2 and not info(cli, file)["damage"])


def what_others_wrote(cli):
    """The drop-in's file becomes a recording, and the recording's export in PoolMon's layout is read again."""
    log, recording = cli.scratch / "poolsnap.log", cli.scratch / "imported.poolscope"
    log.unlink(missing_ok=True)
    for _ in range(2):
        cli.on_pool(["SEED=72", "SPEED=0"], "poolmon", "/b", "/n", windows_path(log))
    expected = pooltruth.expected_rows(cli.truth, 32)
    done = cli.plain("import", windows_path(log), "-o", windows_path(recording), "--start", "2026-01-02T03:04:05", "--interval", "30m")
    exported = cli.plain("export", windows_path(recording), "-o", "-", "--format", "csv")
    rows = last_rows(exported.stdout)
    wrong = [f"{k}: read {rows.get(k)}, answered {expected.get(k)}" for k in rows.keys() | expected.keys() if rows.get(k) != expected.get(k)]
    cli.results.check(f"import: a log of two poolmon -n is read without loss ({len(rows)} rows)", done.returncode == 0 and rows and not wrong,
                      done.stdout + done.stderr + exported.stderr + "\n".join(wrong[:10]))
