"""What a crawl survives, and what it refuses: kills, a full disk, rude settings, a second crawl."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from crawlers.manners import check_manners
from crawlers.practice.server import Province, serve
from crawlers.process import crawl_here
from crawlers.registry import columns_of, default_registry
from crawlers.run import crawl
from crawlers.summary import ColumnStatus, CrawlError, CrawlRequest, CrawlSummary
from crawlers.tally import Tally
from pipeline.model import CaptureKind
from storage.captures import CaptureStore, CrawlRunningError
from tests.crawl_town import FAST, FAST_ARGUMENTS, path_of

TODAY = date(2026, 11, 22)

HANGS = 60
"""Seconds after which a process does not end, however busy the machine; two or three are usual."""


@pytest.fixture
def province() -> Iterator[Province]:
    with serve(regions=["99_yunjiang"]) as province:
        yield province


def start(province: Province, captures: Path, **options: Any) -> subprocess.Popen[bytes]:
    command = [
        *(sys.executable, "-m", "crawlers.process", "--region", "99_yunjiang"),
        *("--year", "2019-2024", "--registry", str(province.registry)),
        *("--captures", str(captures)),
        *FAST_ARGUMENTS,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, **options)


def read(child: subprocess.Popen[bytes]) -> tuple[int, dict[str, Any]]:
    out, _ = child.communicate(timeout=HANGS)
    return child.returncode, json.loads(out.splitlines()[-1])


def pages(captures: Path) -> list[tuple[str, str]]:
    with CaptureStore(captures) as store:
        found = [
            *store.captures("99_yunjiang", kind=CaptureKind.LIST),
            *store.captures("99_yunjiang"),
        ]
    return sorted((capture.url, capture.digest) for capture in found)


def test_a_crawl_killed_at_random_moments_ends_like_one_that_was_not(
    province: Province, tmp_path: Path
) -> None:
    """A SIGKILL at any moment of what answers this slow take: 1.5 s, more than three kills wait."""
    moment = random.Random()
    for name in province.columns:
        province.fault(name, "slow", seconds=0.2)
    code, line = read(start(province, tmp_path / "unkilled"))
    assert (code, line["summary"]["complete"]) == (0, True)
    for _ in range(3):
        child = start(province, tmp_path / "killed", stderr=subprocess.DEVNULL)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moment.uniform(0, 0.3))
        child.kill()
        child.communicate()
        assert child.returncode == -signal.SIGKILL
    had = {url for url, _ in pages(tmp_path / "killed")}
    before = len(province.requests)

    code, line = read(start(province, tmp_path / "killed"))

    summary = CrawlSummary.from_json(json.dumps(line["summary"]))
    assert (code, summary.complete, summary.resumed) == (0, True, True)
    assert summary.from_archive == len(had)
    asked_again = {(asked.host, asked.path) for asked in province.requests[before:]}
    assert not {(urlsplit(url).hostname, path_of(url)) for url in had} & asked_again
    assert pages(tmp_path / "killed") == pages(tmp_path / "unkilled")
    assert len(list((tmp_path / "killed/99_yunjiang").glob("*.warc.gz"))) == 1
    with CaptureStore(tmp_path / "killed") as store:
        assert store.verify() == []


def test_a_crawl_out_of_time_ends_in_order_says_what_is_left_and_goes_on(
    province: Province, tmp_path: Path
) -> None:
    for name in province.columns:
        province.fault(name, "slow", seconds=0.3)
    limited = crawl(
        "99_yunjiang",
        range(2019, 2025),
        registry=province.registry,
        captures=tmp_path,
        settings={**FAST, "CLOSESPIDER_TIMEOUT": 0.7},
    )
    had = len(pages(tmp_path))
    for name in province.columns:
        province.mend(name, "slow")
    whole = crawl(
        "99_yunjiang", range(2019, 2025), registry=province.registry, captures=tmp_path,
        settings=FAST,
    )  # fmt: skip

    assert (limited.reason, limited.complete) == ("time_limit", False)
    left = [f.why for f in limited.failed] + list(limited.unreached.values())
    assert left
    assert all("the crawl ended before" in why for why in left)
    assert (whole.resumed, whole.complete, whole.crawl) == (True, True, limited.crawl)
    assert had < len(pages(tmp_path)) == len(set(pages(tmp_path)))


def test_a_full_disk_ends_the_crawl_with_a_clear_error_and_nothing_half_kept(
    province: Province, tmp_path: Path
) -> None:
    """A limit on file size stands for the disk: the WARC file or the index hits it."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (260_000, 260_000))

    code, line = read(start(province, tmp_path, preexec_fn=limit, stderr=subprocess.DEVNULL))
    assert code == 2
    assert line["error"]["type"] == "CaptureError"
    assert "could not be kept" in line["error"]["message"]
    with CaptureStore(tmp_path) as store:
        assert store.verify() == []
        assert store.captures("99_yunjiang", kind=CaptureKind.LIST)

    code, line = read(start(province, tmp_path))
    assert (code, line["summary"]["resumed"], line["summary"]["complete"]) == (0, True, True)
    with CaptureStore(tmp_path) as store:
        assert store.verify() == []


PARENT = """
import sys
from pathlib import Path
from crawlers.run import crawl
registry, captures = map(Path, sys.argv[1:])
crawl("99_yunjiang", [2019, 2020, 2021], registry=registry, captures=captures,
      settings={"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False},
      on_progress=lambda step: print(step.message, flush=True))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_crawl_outlives_whoever_asked_for_it(
    province: Province, tmp_path: Path, number: signal.Signals
) -> None:
    for name in province.columns:
        province.fault(name, "slow", seconds=0.3)
    command = [sys.executable, "-c", PARENT, str(province.registry), str(tmp_path)]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert parent.stdout is not None
    assert parent.stdout.readline().startswith(b"crawl ")
    parent.stdout.readline()
    if number == signal.SIGKILL:
        for name in province.columns:
            province.fault(name, "slow", seconds=2 * HANGS)  # it cannot come to its end by itself
    parent.send_signal(number)
    parent.wait(timeout=HANGS)
    parent.stdout.close()

    deadline = time.monotonic() + (HANGS if number == signal.SIGKILL else 0.5)
    while is_running(tmp_path):
        assert time.monotonic() < deadline, "the crawl still holds its region"
        time.sleep(0.1)
    assert parent.returncode == (-signal.SIGKILL if number == signal.SIGKILL else 143)


def is_running(captures: Path) -> bool:
    try:
        with CaptureStore(captures) as store:
            store.open_crawl("99_yunjiang", [2019, 2020, 2021]).close()
    except CrawlRunningError:
        return True
    return False


def test_a_region_being_crawled_is_refused_with_the_holder_named(
    province: Province, tmp_path: Path
) -> None:
    request = CrawlRequest(
        region="99_yunjiang", years=(2019,), registry=province.registry, captures=tmp_path
    )

    with (
        CaptureStore(tmp_path) as store,
        store.open_crawl("99_yunjiang", [2020]),
        pytest.raises(CrawlRunningError, match=f"by process {os.getpid()} since"),
    ):
        crawl_here(request)


def test_an_unwritable_folder_is_an_error_of_the_caller(province: Province, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CrawlError, match="cannot be used"):
        crawl(
            "99_yunjiang", [2019], registry=province.registry, captures=tmp_path / "file/captures"
        )


def test_years_that_no_column_holds_are_an_error(province: Province, tmp_path: Path) -> None:
    request = CrawlRequest(
        region="99_yunjiang", years=(2009,), registry=province.registry, captures=tmp_path
    )

    with pytest.raises(CrawlError, match="no column of 99_yunjiang holds reports of 2009"):
        crawl_here(request)


@pytest.mark.parametrize(
    "rude",
    [
        {"DOWNLOAD_DELAY": 0},
        {"ROBOTSTXT_OBEY": False},
        {"CONCURRENT_REQUESTS_PER_DOMAIN": 4},
        {"DOWNLOAD_DELAY_JITTER": 0.5},
    ],
)
def test_real_hosts_are_never_asked_faster_than_our_manners_allow(
    tmp_path: Path, rude: dict[str, Any]
) -> None:
    request = CrawlRequest(
        region="41_henan",
        years=(2019,),
        registry=default_registry(),
        captures=tmp_path,
        settings=rude,
    )

    with pytest.raises(CrawlError, match=f"settings {next(iter(rude))} are ruder"):
        crawl_here(request)
    assert list(tmp_path.iterdir()) == []


def test_our_own_settings_are_polite_and_open_no_port() -> None:
    settings = Settings()
    settings.setmodule("crawlers.settings")

    check_manners(settings, columns_of(default_registry(), "41_henan"))
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not {403, 405, 412, 521} & set(settings.getlist("RETRY_HTTP_CODES"))


def test_a_crawl_cut_short_is_not_complete() -> None:
    henan = next(c for c in columns_of(default_registry(), "41_henan") if c.id == "henan")
    tally = Tally([henan], [2019, 2020])
    assert tally["henan"].summary(TODAY).status is ColumnStatus.UNREACHED

    tally["henan"].lists = tally["henan"].reports_seen = 1
    tally.want("https://www.henan.gov.cn/1.html", "henan", "2019年…")
    (cut,) = tally["henan"].summary(TODAY).failed
    assert cut.why == "the crawl ended before it was kept"

    tally.kept("https://www.henan.gov.cn/1.html", is_new=True)
    assert tally["henan"].summary(TODAY).failed == ()
