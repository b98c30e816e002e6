"""Crawls that were cut off go on: a kill leaves nothing broken, and damage is named."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from storage import capture_writer
from storage.captures import CaptureError, CaptureStore, CrawlRunningError, CrawlWriter
from tests.captures_support import PAGE, REGION, REPORT, URL, exchange

pytest_plugins = ("tests.captures_support",)


def test_a_second_crawl_of_a_region_is_refused_with_its_holder_named(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    with pytest.raises(CrawlRunningError, match=f"process {os.getpid()} since .*{writer.crawl}"):
        store.open_crawl(REGION, [2020])

    store.open_crawl("98_other", [2020]).close()
    writer.close()
    store.open_crawl(REGION, [2020]).close()


def test_an_open_crawl_goes_on_and_a_finished_one_does_not(store: CaptureStore) -> None:
    with store.open_crawl(REGION, [2020, 2019]) as first:
        first.keep(exchange(), REPORT)
    with store.open_crawl(REGION, [2021]) as other:
        assert other.crawl != first.crawl
    with store.open_crawl(REGION, range(2019, 2021)) as second:
        assert (second.crawl, second.resumed) == (first.crawl, True)
        kept = second.earlier(URL)
        assert kept is not None
        assert second.page(kept).body == PAGE
        second.finish("finished")
    with store.open_crawl(REGION, [2019, 2020]) as third:
        assert (third.crawl != first.crawl, third.resumed) == (True, False)
        assert third.earlier(URL) is None


def test_a_crawl_left_open_for_too_long_is_abandoned(
    store: CaptureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.open_crawl(REGION, [2019]) as old:
        old.keep(exchange(), REPORT)
        with old.path.open("ab") as stream:
            stream.write(b"torn")
    monkeypatch.setattr(capture_writer, "RESUME_WITHIN", timedelta(0))

    with store.open_crawl(REGION, [2019]) as new:
        assert new.crawl != old.crawl
    assert store.verify() == []


def test_a_torn_tail_is_cut_off(store: CaptureStore) -> None:
    with store.open_crawl(REGION, [2019]) as writer:
        writer.keep(exchange(), REPORT)
    whole = writer.path.read_bytes()
    writer.path.write_bytes(whole + whole[-40:])

    with store.open_crawl(REGION, [2019]) as writer:
        assert writer.path.read_bytes() == whole
        writer.keep(exchange(url=URL + "?2"), REPORT)
        writer.finish("finished")

    assert store.verify() == []
    assert len(store.captures(REGION)) == 2


def test_rows_beyond_a_file_that_lost_its_end_are_fetched_again(store: CaptureStore) -> None:
    with store.open_crawl(REGION, [2019]) as writer:
        writer.keep(exchange(), REPORT)
        middle = writer.path.stat().st_size
        writer.keep(exchange(b"second", url=URL + "?2"), REPORT)
    os.truncate(writer.path, middle + 10)

    with store.open_crawl(REGION, [2019]) as writer:
        assert writer.earlier(URL + "?2") is None
        assert writer.earlier(URL) is not None
        assert writer.path.stat().st_size == middle
    assert store.verify() == []


def test_verify_names_a_changed_byte_a_strange_file_and_a_missing_one(store: CaptureStore) -> None:
    with store.open_crawl(REGION, [2019]) as writer:
        writer.keep(exchange(random.Random(1).randbytes(5000)), REPORT)
        writer.finish("finished")
    with store.open_crawl(REGION, [2019]) as gone:
        gone.finish("finished")
    content = bytearray(writer.path.read_bytes())
    content[3000] ^= 1
    writer.path.write_bytes(content)
    gone.path.unlink()
    (writer.path.parent / "strange.warc.gz").write_bytes(b"")

    problems = {(problem.warc, problem.what.split(":")[0]) for problem in store.verify()}

    assert (f"{REGION}/{gone.path.name}", "the file is missing") in problems
    assert (f"{REGION}/strange.warc.gz", "not in the index") in problems
    assert any(warc == f"{REGION}/{writer.path.name}" for warc, _ in problems)
    with pytest.raises(CaptureError):
        store.body(store.captures(REGION)[0])


def test_a_write_that_fails_leaves_nothing_behind(
    store: CaptureStore, writer: CrawlWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.keep(exchange(), REPORT)
    before = writer.path.read_bytes()

    def full(*_: object) -> int:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("storage.capture_index.insert", full)
        with pytest.raises(CaptureError, match=r"database or disk is full.*make room"):
            writer.keep(exchange(url=URL + "?2"), REPORT)

    assert writer.path.read_bytes() == before
    writer.keep(exchange(url=URL + "?3"), REPORT)
    assert store.verify() == []


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(CaptureError, match="Name a folder that can be written"):
        CaptureStore(tmp_path / where)


def test_an_index_of_a_newer_program_is_refused(store: CaptureStore) -> None:
    with sqlite3.connect(store.folder / "index.sqlite") as index:
        index.execute("PRAGMA user_version = 99")

    with pytest.raises(CaptureError, match="update nianbao"):
        CaptureStore(store.folder)


WRITE_FOR_EVER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.captures import CaptureStore, Exchange, PageClaim
with CaptureStore(Path(sys.argv[1])) as store, store.open_crawl("99_qinghe", [2019]) as writer:
    print("open", flush=True)
    for number in range(100_000):
        url = f"http://a.gov.cn/{number}"
        if writer.earlier(url):
            continue
        body = os.urandom(number % 7 * 10_000) + b"<td>0</td>" * 3_000
        headers = (("Content-Type", "text/html"),)
        page = Exchange(url, "GET", (), 200, headers, body, datetime.now(UTC))
        writer.keep(page, PageClaim("c", "report", 2019))
"""


def test_a_writer_killed_at_random_moments_leaves_a_whole_archive(tmp_path: Path) -> None:
    """Eight kills in the middle of writing; each run goes on in the same file."""
    moment = random.Random()
    for _ in range(8):
        command = [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        time.sleep(moment.uniform(0.005, 0.1))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()

    with CaptureStore(tmp_path) as store:
        with store.open_crawl(REGION, [2019]) as writer:
            assert writer.resumed
            writer.finish("finished")
        urls = [capture.url for capture in store.captures(REGION)]
        assert len(list((tmp_path / REGION).glob("*.warc.gz"))) == 1
        assert urls == [f"http://a.gov.cn/{number}" for number in range(len(urls))]
        assert len(urls) > 8
        assert store.verify() == []
