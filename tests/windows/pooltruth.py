# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What poolsim answered, as PoolScope has to show it."""

import csv

PAGE = 4096


def escaped(raw):
    out = ""
    for byte in raw:
        if byte == 0x5C:
            out += "\\\\"
        elif 0x20 <= byte <= 0x7E:
            out += chr(byte)
        else:
            out += f"\\x{byte:02x}"
    return out


def expected_rows(truth_file, bits):
    """{(tag, type): (allocs, frees, outstanding, bytes)} of the last answer, counters in `bits` bits."""
    rows = {}
    with open(truth_file, newline="") as f:
        for row in csv.DictReader(f):
            allocs, frees, held = (int(row[k]) % 2**b for k, b in (("allocs", bits), ("frees", bits), ("bytes", 64)))
            outstanding = (allocs - frees) % 2**bits
            if outstanding >= 2 ** (bits - 1):
                outstanding -= 2**bits
            rows[escaped(bytes.fromhex(row["tag_hex"])), row["type"]] = (allocs, frees, outstanding, held)
    return rows


def shown_rows(sample):
    """The same of one JSON sample; a pair that stands there twice shows up as a wrong count."""
    return [((t["tag"], t["type"]), (t["allocs"], t["frees"], t["outstanding"], t["bytes"])) for t in sample["tags"]]


def differences(sample, truth_file, bits):
    """Lines that say what differs between a JSON sample and the last answer; none if nothing does."""
    expected = expected_rows(truth_file, bits)
    shown = shown_rows(sample)
    out = []
    if len(shown) != len(expected):
        out.append(f"{len(shown)} rows are shown, {len(expected)} were answered")
    found = dict(shown)
    for key in expected.keys() | found.keys():
        if expected.get(key) != found.get(key):
            out.append(f"{key}: shown {found.get(key)}, answered {expected.get(key)}")
    for tag in sample["tags"]:
        per = tag["bytes"] // tag["outstanding"] if tag["outstanding"] else 0
        if tag["outstanding"] >= 0 and tag["per_alloc"] != per:
            out.append(f"{tag['tag']}: {tag['per_alloc']} bytes an allocation instead of {per}")
    return out


def expected_system(truth_file):
    """The header that poolsim makes of its pool, where simulated time stands still (SPEED=0)."""
    held = {"paged": 0, "nonpaged": 0}
    with open(truth_file, newline="") as f:
        for row in csv.DictReader(f):
            held[row["type"]] += int(row["bytes"])
    nonpaged, paged = int(held["nonpaged"] / 0.88 / PAGE), int(held["paged"] / 0.84 / PAGE)
    pages = {
        "mem_available": 2000000 - min(nonpaged, 1900000), "commit": 900000 + nonpaged + paged,
        "commit_limit": 5000000, "commit_peak": 901000 + nonpaged + paged, "pool_nonpaged": nonpaged,
        "pool_paged": paged, "paged_resident": paged // 2, "kernel_resident": 3400}
    system = {key: value * PAGE for key, value in pages.items()}
    system["page_faults"] = 1000000
    system["untagged"] = (nonpaged + paged) * PAGE - held["paged"] - held["nonpaged"]
    return system
