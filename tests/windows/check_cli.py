# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""poolscope-cli.exe under Wine: on plain Wine, which has no pool tags, and on poolsim's make-believe pools,
where every counter that is shown is compared with what the pool answered."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import check_recording
import pooltruth
from wine import WINE, wait_until, windows_path

# PoolMon's rows and header as its readers know them.
ROW = re.compile(
    r"^ ?(.{4})\s{1,2}(Nonp|Paged)\s+(-?\d+)(?:\s*\(\s*(-?\d+)\))?\s+(-?\d+)(?:\s*\(\s*(-?\d+)\))?\s+(-?\d+)"
    r"\s+(-?\d+)(?:\s*\(\s*(-?\d+)\))?\s+(-?\d+)\s*(\[.*|Unknown Driver.*)?\s*$", re.S)
HEADER = re.compile(
    r"^\s*Memory:\s*(-?\d+)K Avail:\s*(-?\d+)K\s+PageFlts:\s*(-?\d+)\s+InRam Krnl:\s*(-?\d+)K P:\s*(-?\d+)K")

POOLS = [
    ("ordinary", ["SEED=11"], 32),
    ("another seed, odd tags", ["SEED=12", "ODD=1", "TAGS=2500"], 32),
    ("counters that wrap", ["SEED=13", "WRAP=1", "SPEED=600"], 32),
    ("64-bit counters", ["SEED=14", "CLASS255=1", "ODD=1"], 64),
    ("64-bit counters beyond 32 bits", ["SEED=15", "CLASS255=1", "WRAP=1", "SPEED=600"], 64),
    ("leaking", ["SEED=16", "SPEED=60", "LEAKS=NtFC,n,1024,50;Irp ,p,600,5"], 32),
    ("no tags", ["TAGS=0"], 32),
    ("one tag", ["TAGS=1"], 32),
    ("50,000 tags", ["SEED=17", "TAGS=50000"], 32),
    ("table that grows between two calls", ["SEED=18", "TAGS=6540", "NEW_TAGS_PER_S=4000", "SPEED=5"], 32),
]

STATUSES = [
    ("0xC0000002", "gflags /r +ptg"), ("0xC0000003", "does not offer pool tags"), ("0xC0000022", "denies"),
    ("0xC0000061", "denies"), ("0xC0000001", "0xC0000001"), ("0xC000009A", "memory"), ("0xC0000005", "0xC0000005"),
    ("0xC0000008", "0xC0000008"), ("0x80000005", "0x80000005"), ("0xC0000004", "grows faster"),
]


class Cli:
    def __init__(self, results, prefix, dist, poolsim, scratch, corpus):
        self.results = results
        self.prefix = prefix
        self.program = dist / "poolscope-cli.exe"
        self.poolsim = poolsim
        self.scratch = scratch
        self.corpus = corpus  # of made drivers
        self.truth = scratch / "truth.csv"

    def plain(self, *arguments, **options):
        return self.prefix.run([self.program, *arguments], **options)

    def on_pool(self, settings, *arguments, **options):
        self.truth.unlink(missing_ok=True)
        return self.prefix.run(self.on_pool_command(settings, *arguments), **options)

    def on_pool_command(self, settings, *arguments):
        return [self.poolsim, *settings, f"TRUTH={windows_path(self.truth)}", self.program, *arguments]


def run(results, prefix, dist, poolsim, scratch, corpus):
    cli = Cli(results, prefix, dist, poolsim, scratch, corpus)
    plain_wine(cli)
    exact_counters(cli)
    header(cli)
    statuses(cli)
    several_samples(cli)
    wrapping(cli)
    failure_and_recovery(cli)
    files(cli)
    check_recording.run(cli)
    arguments(cli)
    poolmon(cli)
    local_tags(cli)
    interactive(cli)


def fails_with(cli, name, done, code, words):
    error = done.stderr.strip()
    ok = done.returncode == code and error.startswith("poolscope-cli: ") and words in error and done.stdout == ""
    cli.results.check(name, ok, f"exit code {done.returncode}\nstdout {done.stdout[:200]!r}\nstderr {error!r}")


def plain_wine(cli):
    done = cli.plain("--version")
    cli.results.check("cli: --version", done.returncode == 0 and done.stdout.startswith("poolscope-cli "), done.stdout + done.stderr)
    fails_with(cli, "plain Wine: pool: says that there are no pool tags", cli.plain("top", "pool:", "--once"), 3,
               "this Windows does not offer pool tags")
    fails_with(cli, "plain Wine: pool: is the default", cli.plain("top", "--once", "--json"), 3, "0xC0000003")
    fails_with(cli, "plain Wine: poolmon says so, too", cli.plain("poolmon", "-b"), 3, "does not offer pool tags")
    done = cli.plain("sources")
    cli.results.check("plain Wine: sources lists pool: with the reason",
                      done.returncode == 0 and "pool:" in done.stdout and "does not offer" in done.stdout, done.stdout + done.stderr)
    done = cli.plain("top", "demo:", "--once", "--json")
    cli.results.check("cli: demo:", done.returncode == 0 and len(json.loads(done.stdout or '{"tags":[]}')["tags"]) > 10, done.stderr)
    fails_with(cli, "cli: usage error", cli.plain("top", "--bogus"), 2, "bogus")


def exact_counters(cli):
    for name, settings, bits in POOLS:
        done = cli.on_pool(settings, "top", "pool:", "--once", "--json", timeout=180)
        try:
            sample = json.loads(done.stdout)
        except ValueError:
            cli.results.check(f"exact: {name}", False, f"exit code {done.returncode}\n{done.stdout[:300]}\n{done.stderr}")
            continue
        found = pooltruth.differences(sample, cli.truth, bits)
        cli.results.check(f"exact: {name} ({len(sample['tags'])} rows)", done.returncode == 0 and not found, "\n".join(found))


def header(cli):
    done = cli.on_pool(["SEED=21", "SPEED=0"], "top", "pool:", "--once", "--json")
    if not cli.results.check("header: a sample comes", done.returncode == 0, done.stderr):
        return
    sample = json.loads(done.stdout)
    for key, value in pooltruth.expected_system(cli.truth).items():
        cli.results.equal(f"header: {key}", sample["system"].get(key), value)
    cli.results.check("header: mem_total", (sample["system"]["mem_total"] or 0) > 0)
    cli.results.check("header: host and boot are known", bool(sample["host"]) and bool(sample["boot"]), str(sample)[:300])


def statuses(cli):
    for status, words in STATUSES:
        done = cli.on_pool([f"STATUS={status}"], "top", "pool:", "--once", "--json")
        fails_with(cli, f"status {status}: {words}", done, 3, words)
    fails_with(cli, "a count that the buffer does not hold", cli.on_pool(["LIE_COUNT=7"], "top", "pool:", "--once", "--json"),
               4, "promises 3007 tags, but holds only 3000")


def several_samples(cli):
    settings = ["SEED=31", "SPEED=600", "WRAP=1", "NEW_TAGS_PER_S=0.5"]  # allocs wrapped, many frees not yet
    done = cli.on_pool(settings, "top", "pool:", "--samples", "4", "--interval", "250ms", "--json")
    lines = done.stdout.splitlines()
    if not cli.results.check("samples: four lines", done.returncode == 0 and len(lines) == 4, done.stderr + done.stdout[:200]):
        return
    samples = [json.loads(line) for line in lines]
    found = pooltruth.differences(samples[-1], cli.truth, 32)
    cli.results.check("samples: the last one is what was answered last", not found, "\n".join(found))
    counts = [len(sample["tags"]) for sample in samples]
    cli.results.check("samples: the table grew", counts == sorted(counts) and counts[-1] > counts[0], str(counts))


def changes(samples):
    """Pairs of one row in two neighbouring samples, the older one first."""
    for before, after in zip(samples, samples[1:]):
        old = {(t["tag"], t["type"]): t for t in before["tags"]}
        for row in after["tags"]:
            if (row["tag"], row["type"]) in old:
                yield old[row["tag"], row["type"]], row


def step(old, new):
    """The true change of a 32-bit counter. poolsim's frees now and then go back by one."""
    return (new - old + 2**31) % 2**32 - 2**31


def wrapping(cli):
    """Counters pass 2^32 while they are looked at: the allocations of busy tags ten seconds after the start,
    their frees later."""
    settings = ["SEED=32", "SPEED=20", "WRAP_IN=200"]
    # The sampler stretches its interval to a hundred times what a sample costs, and poolsim writes a file at each.
    done = cli.on_pool(settings, "top", "pool:", "--samples", "30", "--interval", "500ms", "--json", timeout=600)
    lines = done.stdout.splitlines()
    if not cli.results.check("wrap: thirty samples", done.returncode == 0 and len(lines) == 30,
                             f"exit code {done.returncode}, {len(lines)} samples\n{done.stderr}"):
        return
    samples = [json.loads(line) for line in lines]
    fell, wrong = {"allocs": 0, "frees": 0}, []
    for old, new in changes(samples):
        for counter in fell:
            fell[counter] += new[counter] < old[counter] - 2**31
            if abs(step(old[counter], new[counter])) > 10_000_000:  # no tag is that busy
                wrong.append(f"{new['tag']}: {counter} from {old[counter]} to {new[counter]}")
        if new["outstanding"] != (new["allocs"] - new["frees"]) % 2**32:
            wrong.append(f"{new['tag']}: {new['allocs']} - {new['frees']} is not {new['outstanding']}")
    cli.results.check("wrap: allocations and frees pass 2^32 between two samples", fell["allocs"] > 20 and fell["frees"] > 20, str(fell))
    cli.results.check("wrap: what is outstanding stays right", not wrong, "\n".join(wrong))
    found = pooltruth.differences(samples[-1], cli.truth, 32)
    cli.results.check("wrap: the last sample is what was answered last", not found, "\n".join(found))
    wrapping_comparison(cli)


def wrapping_comparison(cli):
    rows = {}
    files = {}
    for name, settings in (("before", ["WRAP_IN=30"]), ("after", ["WRAP_IN=-30", "LEAKS=NtFC,n,1024,50,-100"])):
        files[name] = cli.scratch / f"wrap {name}.json"
        cli.on_pool(["SEED=33", "SPEED=0", *settings], "snapshot", "pool:", "-o", windows_path(files[name]))
        rows[name] = pooltruth.expected_rows(cli.truth, 64)  # as the kernel counts, before it wraps
    done = cli.plain("compare", windows_path(files["before"]), windows_path(files["after"]), "--json")
    compared = json.loads(done.stdout)["rows"] if done.returncode == 0 else []
    wrong, wrapped = [], 0
    for row in compared:
        old, new = (rows[name].get((row["tag"], row["type"])) for name in ("before", "after"))
        wrapped += old[0] < 2**32 <= new[0]
        if row["outstanding_change"] != new[2] - old[2] or row["bytes_change"] != new[3] - old[3]:
            wrong.append(f"{row['tag']}: {row}, held {old} and {new}")
    cli.results.check(f"wrap: compare is right across 2^32 ({wrapped} tags passed it)", wrapped > 20 and not wrong, "\n".join(wrong) + done.stderr)


def failure_and_recovery(cli):
    """Fails from the 2nd to the 4th second: says so once, goes on afterwards."""
    out, err = cli.scratch / "recovery.json", cli.scratch / "recovery.err"
    command = cli.on_pool_command(["STATUS=0xC0000022", "FAIL_FROM=2", "FAIL_UNTIL=4"], "stream", "pool:", "--interval", "250ms")
    with open(out, "wb") as o, open(err, "wb") as e:
        process = cli.prefix.start(command, stdout=o, stderr=e)
        failed = wait_until(lambda: "denies" in err.read_text(errors="replace"), 120)
        before = out.read_text(errors="replace").count("\n.\n")
        back = wait_until(lambda: out.read_text(errors="replace").count("\n.\n") > before + 2, 120)
        process.terminate()
        process.wait()
    cli.prefix.stop()
    cli.results.check("recovery: the failure is reported", failed, err.read_text(errors="replace"))
    cli.results.check("recovery: samples before it", before > 2, str(before))
    cli.results.check("recovery: and after it", back, out.read_text(errors="replace")[-300:])


def files(cli):
    # poolsim hands no letters on that its own code page lacks, so these come from the demo.
    folder = cli.scratch / "mit Leerzeichen und Ünïcödé 日本"
    folder.mkdir(exist_ok=True)
    for ending in ("json", "csv", "md", "txt"):
        file = folder / f"снимок snäp shot.{ending}"
        done = cli.plain("snapshot", "demo:", "-o", windows_path(file))
        cli.results.check(f"files: snapshot to a path with blanks and other letters, {ending}",
                          done.returncode == 0 and file.exists() and file.stat().st_size > 1000, done.stderr)
    done = cli.plain("compare", windows_path(folder / "снимок snäp shot.json"), windows_path(folder / "снимок snäp shot.csv"), "--json")
    cli.results.check("files: and they are read again", done.returncode == 0, done.stderr)
    missing = cli.plain("compare", windows_path(folder / "fehlt.json"), windows_path(folder))
    fails_with(cli, "files: a missing file is named", missing, 4, "日本\\fehlt.json")

    before, after = cli.scratch / "pool before.json", cli.scratch / "pool after.json"
    cli.on_pool(["SEED=41", "SPEED=0"], "snapshot", "pool:", "-o", windows_path(before))
    cli.on_pool(["SEED=41", "SPEED=0", "LEAKS=NtFC,n,1024,50,-100"], "snapshot", "pool:", "-o", windows_path(after))
    done = cli.plain("compare", windows_path(before), windows_path(after), "--json")
    rows = json.loads(done.stdout)["rows"] if done.returncode == 0 else []
    ok = rows and rows[0]["tag"] == "NtFC" and rows[0]["bytes_change"] == 50 * 100 * 1024
    cli.results.check("files: compare finds the leak", ok, done.stderr + str(rows[:1]))


def arguments(cli):
    """What was typed arrives whole, whatever the code page, at both programs."""
    word = "日本 Ünïcödé \"снимок\" 100%"
    for program in (cli.program, cli.program.with_name("poolscope.exe")):
        bogus = ["top", word] if program == cli.program else [word + ":x"]
        done = cli.prefix.run([program, *bogus])
        cli.results.check(f"arguments: {program.stem} names what it does not know, letter by letter",
                          done.returncode == 2 and word in done.stderr, f"expected {word!r}, exit code 2; got {done.returncode}\n{done.stderr!r}")
    window = cli.program.with_name("poolscope.exe")
    for option, words in (("--help", "pool: (this machine's pool tags"), ("--version", "poolscope ")):
        done = cli.prefix.run([window, option])
        cli.results.check(f"arguments: poolscope {option} into a file",
                          done.returncode == 0 and words in done.stdout and not done.stderr, f"expected {words!r}, got {done.returncode}\n{done.stdout!r}\n{done.stderr!r}")


def local_tags(cli):
    """/c without a localtag.txt makes one of the drivers that are there."""
    drivers = cli.prefix.folder / "drive_c/windows/system32/drivers"
    (drivers / "leaker.sys").write_bytes((cli.corpus / "x64.sys").read_bytes().replace(b"Leak", b"NtFC"))
    folder = cli.scratch / "local tags"
    folder.mkdir(exist_ok=True)
    made = folder / "localtag.txt"
    made.unlink(missing_ok=True)
    for name, creates in (("makes one", True), ("reads it the next time", False)):
        done = cli.on_pool(["SEED=55", "SPEED=0", "LEAKS=NtFC,n,1024,50,-100"], "poolmon", "/c", "/b", "/iNtFC", "/n", "-", cwd=folder)
        cli.results.check(f"poolmon: /c without localtag.txt {name}",
                          done.returncode == 0 and "[leaker" in done.stdout and ("Creating localtag.txt" in done.stderr) == creates
                          and b"NtFC - " in made.read_bytes(), f"exit code {done.returncode}\n{done.stdout[:500]}\n{done.stderr}")
    (drivers / "leaker.sys").unlink()


def poolmon(cli):
    settings = ["SEED=51", "SPEED=0", "ODD=1"]
    log = cli.scratch / "poolsnap.log"
    log.unlink(missing_ok=True)
    done = cli.on_pool(settings, "poolmon", "/b", "/r", "/n", windows_path(log))
    text = log.read_bytes().decode("latin-1") if log.exists() else ""
    rows = [m for m in map(ROW.match, text.split("\r\n")) if m]
    printable = [k for k in pooltruth.expected_rows(cli.truth, 32) if "\\x" not in k[0]]
    cli.results.check("poolmon: -n writes every tag in PoolMon's layout",
                      done.returncode == 0 and HEADER.match(text) and len(rows) >= len(printable), f"{len(rows)} rows\n{text[:400]}{done.stderr}")
    truth = pooltruth.expected_rows(cli.truth, 32)
    wrong = []
    for m in rows:
        key = (pooltruth.escaped(m[1].encode("latin-1")), "nonpaged" if m[2] == "Nonp" else "paged")
        if truth.get(key) != (int(m[3]), int(m[5]), int(m[7]), int(m[8])):
            wrong.append(f"{m[0]!r}: answered {truth.get(key)}")
    cli.results.check("poolmon: -n holds the very counters", rows and not wrong, "\n".join(wrong))
    held = [int(m[8]) for m in rows]
    cli.results.check("poolmon: /b sorts by bytes", held == sorted(held, reverse=True))
    cli.on_pool(settings, "poolmon", "-p", "-p", "-iNt*", "-xNtfx", "-n", windows_path(log))
    added = log.read_bytes().decode("latin-1")[len(text):]
    tags = [m[1] for m in map(ROW.match, added.split("\r\n")) if m]
    types = {m[2] for m in map(ROW.match, added.split("\r\n")) if m}
    cli.results.check("poolmon: -n appends, -p -p, -i and -x choose",
                      types == {"Paged"} and tags == ["NtFC", "Ntff"] and HEADER.match(added), f"{types} {tags}\n{added[:300]}")
    done = cli.plain("poolmon", "/?")
    cli.results.check("poolmon: /? explains and ends as PoolMon does", done.returncode in (255, -1) and "-n [FILE]" in done.stdout, str(done.returncode))
    screens(cli)


def poolmon_rows(block):
    """{(tag, type): (allocs, its change, frees, its change, diff, bytes, its change)} of one screen."""
    out = {}
    for m in filter(None, map(ROW.match, block.split("\r\n"))):
        out[m[1], m[2]] = tuple(int(n or 0) for n in m.group(3, 4, 5, 6, 7, 8, 9))
    return out


def wrapped_brackets(text):
    """How many rows fell below zero between two screens, and those whose bracket is not the true change."""
    blocks = [poolmon_rows(block) for block in text.split(" Memory:")[1:]]
    fell, wrong = 0, []
    for before, after in zip(blocks[:-1], blocks[1:-1]):  # the last one may be half written
        for key in before.keys() & after.keys():
            old, new = before[key], after[key]
            fell += new[0] < old[0] - 2**31
            if (new[1], new[3], new[6]) != (step(old[0], new[0]), step(old[2], new[2]), new[5] - old[5]):
                wrong.append(f"{key}: {old} then {new}")
    return fell, wrong


def screens(cli):
    """Redirected, as scripts have it: a screen every five seconds, counters wrap after twelve."""
    out = cli.scratch / "screens.txt"
    text = lambda: out.read_bytes().decode("latin-1")
    with open(out, "wb") as o:
        process = cli.prefix.start(cli.on_pool_command(["SEED=52", "SPEED=10", "WRAP_IN=120"], "poolmon", "-b", "-e"), stdout=o, stderr=subprocess.DEVNULL)
        fell = wait_until(lambda: wrapped_brackets(text())[0] > 10, 300)
        process.terminate()
        process.wait()
    cli.prefix.stop()
    shown = text()
    cli.results.check("poolmon: redirected, one screen after the other with totals",
                      shown.count(" TOTAL:") >= 2 and shown.count("System pool information") >= 2, shown[:800])
    cli.results.check("poolmon: the counters wrap between two screens", fell, f"{shown.count(' Memory:')} screens\n{shown[:800]}")
    wrong = wrapped_brackets(shown)[1]
    cli.results.check("poolmon: the brackets hold the true changes, also then", not wrong, "\n".join(wrong))


class Console:
    """A console as Wine makes one of a terminal: 30 lines of 110 columns, keys in, text out."""

    def __init__(self, cli, command):
        self.mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 110, 0, 0))
        self.process = subprocess.Popen(
            [WINE, *map(str, command)], env=dict(cli.prefix.env, TERM="xterm"), stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(theirs)
        self.text = ""

    def read(self):
        """Takes what has come, without the sequences that move the cursor and the breaks that Wine puts in."""
        while select.select([self.mine], [], [], 0.1)[0]:
            try:
                raw = os.read(self.mine, 65536).decode("utf-8", "replace")
            except OSError:
                return
            self.text += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|[\r\n]", "", raw)

    def shows(self, words, timeout=40):
        def found():
            self.read()
            return words in self.text
        return wait_until(found, timeout)

    def type(self, keys):
        self.text = ""
        os.write(self.mine, keys)

    def ends(self):
        end = time.monotonic() + 30
        while self.process.poll() is None and time.monotonic() < end:
            self.read()
        os.close(self.mine)
        return self.process.poll()


def interactive(cli):
    console = Console(cli, cli.on_pool_command(["SEED=53", "SPEED=10"], "top", "pool:"))
    cli.results.check("console: the screen fills, sorted by bytes", console.shows("sorted by bytes"), console.text[-800:])
    for key, words in ((b"t", "sorted by tag"), (b"(", "(\N{GREEK CAPITAL LETTER DELTA})"), (b"?", "this page; Esc closes it")):
        console.type(key)
        cli.results.check(f"console: key {key.decode()} shows {words!r}", console.shows(words), console.text[-800:])
    console.type(b"q")  # leaves the help
    console.type(b"q")
    cli.results.equal("console: q ends it", console.ends(), 0)
    console = Console(cli, cli.on_pool_command(["SEED=54", "SPEED=10"], "poolmon", "-b", "-p"))
    cli.results.check("console: poolmon -b -p fills the screen", console.shows("sorted by bytes") and "Paged" not in console.text, console.text[-800:])
    console.type(b"\x03")
    cli.results.equal("console: Ctrl+C ends it well", console.ends(), 0)
    cli.prefix.stop()
