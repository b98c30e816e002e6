"""Twenty `kill -9` in one crawl, each resumed: the archive verifies, nothing lost or twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from crawlers.practice.generated.model import REGION, Plan
from crawlers.practice.generated.server import Generated, serve_generated
from pipeline.model import CaptureKind
from storage.captures import CaptureStore
from tests.crawl_town import FAST_ARGUMENTS, path_of

KILLS = 20
PLAN = Plan(size=24, port=0)
"""Some 300 pages: each run goes on by fifteen, and no crawl is through before its last kill."""
MOST_LATER = 0.05
"""Seconds after the step that a kill falls on: a page takes some five milliseconds."""
REPORTS = PLAN.size * len(PLAN.years)


def start(province: Generated, captures: Path) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "crawlers.process", "--region", REGION, "--year", "2016-2025"),
        *("--registry", str(province.registry), "--captures", str(captures), "--log-file"),
        *FAST_ARGUMENTS,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def kill_at(child: subprocess.Popen[bytes], reports: int, later: float) -> int:
    """Kill it once it has so many reports, and a moment later; how many it said it had."""
    had = 0
    assert child.stdout is not None
    while had < reports:
        had = json.loads(child.stdout.readline())["progress"]["reports"]
    time.sleep(later)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL, "the crawl was through before it was killed"
    return had


def finish(child: subprocess.Popen[bytes]) -> dict[str, object]:
    out, _ = child.communicate(timeout=300)
    assert child.returncode == 0, out.splitlines()[-1]
    summary: dict[str, object] = json.loads(out.splitlines()[-1])["summary"]
    return summary


def kept(captures: Path) -> Counter[tuple[str, str, str]]:
    """(address, digest, kind) of each page, and how often it was kept: a list may be a report."""
    with CaptureStore(captures) as store:
        found = [*store.captures(REGION, kind=CaptureKind.LIST), *store.captures(REGION)]
    return Counter((capture.url, capture.digest, capture.kind) for capture in found)


def asked(province: Generated) -> Counter[tuple[str, str]]:
    """How often each page was asked for since the last call; Epoint's POST share an address."""
    found = Counter((one.host, one.path) for one in province.requests if one.method == "GET")
    province.requests.clear()
    return found


def test_a_crawl_killed_twenty_times_leaves_what_an_unkilled_one_leaves(tmp_path: Path) -> None:
    seed = int(os.environ.get("NIANBAO_SEED") or random.SystemRandom().randrange(2**32))
    chance = random.Random(seed)
    print(f"\nseed {seed} (NIANBAO_SEED={seed} draws the same moments again)")
    with serve_generated(PLAN) as province:
        finish(start(province, tmp_path / "unkilled"))
        asked(province)
        moments = []
        for kill in range(1, KILLS + 1):
            # Anywhere in what it has by now: while it reads its own archive, or while it asks.
            reports = chance.randrange(REPORTS * kill // (KILLS + 4))
            child = start(province, tmp_path / "killed")
            moments.append(kill_at(child, reports, chance.uniform(0, MOST_LATER)))
        often = asked(province)
        had = {(urlsplit(url).hostname, path_of(url)) for url, *_ in kept(tmp_path / "killed")}
        summary = finish(start(province, tmp_path / "killed"))
        again = asked(province)

    pages = kept(tmp_path / "killed")
    print(f"{KILLS} kills, at {moments} of {REPORTS} reports; {len(pages)} pages in the archive")
    print(f"asked for twice: {sum(often.values()) - len(often)} answers that a kill had cut off")
    assert summary["complete"]
    assert summary["resumed"]
    assert pages == kept(tmp_path / "unkilled")
    assert max(pages.values()) == 1, "kept twice"
    assert not had & set(again), "asked for though the archive had it"
    assert len(list((tmp_path / "killed").glob(f"{REGION}/*.warc.gz"))) == 1
    with CaptureStore(tmp_path / "killed") as store:
        assert store.verify() == []
