"""The archive: what is kept comes back byte for byte, and a kill leaves nothing broken."""

from __future__ import annotations

import gzip
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from pipeline.model import CaptureKind
from storage import capture_writer
from storage.captures import (
    CaptureError,
    CaptureStore,
    CrawlRunningError,
    CrawlWriter,
    Exchange,
    PageClaim,
    decode_content,
)

REGION = "99_qinghe"
URL = "http://slj.qinghe.gov.cn/2020/01-20/1.html"
PAGE = "<html>青禾县水利局2019年政府信息公开工作年度报告</html>".encode("gb18030") * 40
REPORT = PageClaim("qinghe_slj", "report", 2019, "青禾县水利局2019年…")


def exchange(body: bytes = PAGE, *, url: str = URL, status: int = 200, **headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        url=url,
        method="GET",
        request_headers=(("User-Agent", "nianbao"),),
        status=status,
        headers=(("Content-Type", "text/html; charset=gb2312"), *pairs),
        body=body,
        fetched_at=datetime.now(UTC),
        ip="127.0.0.1",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    with CaptureStore(tmp_path) as store:
        yield store


@pytest.fixture
def writer(store: CaptureStore) -> Iterator[CrawlWriter]:
    with store.open_crawl(REGION, [2019]) as writer:
        yield writer


def record_types(path: Path) -> list[tuple[str, str | None]]:
    with path.open("rb") as stream:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Profile"))
            for record in ArchiveIterator(stream)
        ]


def test_a_page_comes_back_as_its_server_sent_it(store: CaptureStore, writer: CrawlWriter) -> None:
    writer.keep(exchange(ETag='"v1"'), REPORT)

    (capture,) = store.captures(REGION, 2019)
    assert store.body(capture) == PAGE
    assert ("ETag", '"v1"') in store.headers(capture)
    assert (capture.column, capture.kind) == ("qinghe_slj", CaptureKind.REPORT)
    assert (capture.is_new, capture.status, capture.report_year) == (True, 200, 2019)
    assert capture.link_text == REPORT.link_text
    assert store.verify() == []


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + b"\0\0"),
        ("x-gzip, identity", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
        ("deflate, gzip", gzip.compress(zlib.compress(PAGE))),
    ],
    # gzip writes the time of day into its bytes: they are no names, workers would not agree
    ids=["gzip", "gzip in two members", "x-gzip", "deflate", "raw deflate", "deflate in gzip"],
)
def test_the_wire_bytes_are_kept_and_the_digest_is_of_the_page(
    store: CaptureStore, writer: CrawlWriter, encoding: str, body: bytes
) -> None:
    writer.keep(exchange(url="http://a.gov.cn/plain"), REPORT)
    writer.keep(exchange(body, Content_Encoding=encoding), REPORT)

    plain, packed = store.captures(REGION)
    assert packed.digest == plain.digest
    assert store.body(packed) == PAGE
    with writer.path.open("rb") as stream:
        stream.seek(packed.offset)
        assert next(iter(ArchiveIterator(stream))).raw_stream.read() == body


def test_an_encoding_we_cannot_undo_is_kept_as_it_came(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    writer.keep(exchange(b"\x0b\x02", Content_Encoding="br"), REPORT)

    assert store.body(store.captures(REGION)[0]) == b"\x0b\x02"
    assert store.verify() == []


def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(40 * 1024 * 1024))

    with pytest.raises(ValueError, match="unpack to more than"):
        decode_content(bomb, "gzip")


def test_a_bomb_in_many_parts_is_not_unpacked() -> None:
    part = gzip.compress(bytes(1024 * 1024))

    with pytest.raises(ValueError, match="unpack to more than"):
        decode_content(part * 40, "gzip")
    with pytest.raises(ValueError, match="gzip members"):
        decode_content(gzip.compress(b"") * 100_000, "gzip")
    with pytest.raises(ValueError, match="unpack to more than"):
        decode_content(gzip.compress(gzip.compress(bytes(40 * 1024 * 1024))), "gzip, gzip")


def test_what_keeps_a_body_shut_is_said() -> None:
    shut = {
        "too_large": (gzip.compress(bytes(40 << 20)), "gzip"),
        "damaged": (b"<html></html>", "gzip"),
        "encoding": (b"\x0b\x02", "br"),
    }
    packed = gzip.compress(PAGE)

    for kind, (body, encoding) in shut.items():
        answer = exchange(body, Content_Encoding=encoding)
        assert (answer.decoded, answer.sealed) == (None, kind)
    assert exchange(packed, Content_Encoding="gzip").sealed is None


def test_a_bomb_is_kept_as_it_came_and_read_as_a_page_without_words(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    bomb = gzip.compress(bytes(40 * 1024 * 1024))
    writer.keep(exchange(bomb, Content_Encoding="gzip"), REPORT)

    assert store.body(store.captures(REGION)[0]) == bomb
    assert store.verify() == []


def test_header_bytes_of_any_charset_survive(store: CaptureStore, writer: CrawlWriter) -> None:
    name = "年报.doc".encode("gbk").decode("latin-1")
    writer.keep(exchange(Content_Disposition=name), REPORT)

    assert name.encode("latin-1") in gzip.decompress(writer.path.read_bytes())
    assert store.verify() == []


def test_an_unchanged_page_is_a_revisit_with_the_bytes_of_the_first(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    for _ in range(3):
        writer.keep(exchange(), REPORT)

    captures = store.captures(REGION, 2019)
    assert [capture.is_new for capture in captures] == [True, False, False]
    assert {store.body(capture) for capture in captures} == {PAGE}
    kinds = record_types(writer.path)
    assert [kind for kind, _ in kinds] == [
        "warcinfo",
        *["response", "request"],
        *["revisit", "request"] * 2,
    ]
    assert kinds[3][1] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert store.captures(REGION, 2019, latest_only=True) == captures[-1:]
    assert store.verify() == []


def test_a_304_shows_the_page_it_confirms(store: CaptureStore, writer: CrawlWriter) -> None:
    writer.keep(exchange(gzip.compress(PAGE), Content_Encoding="gzip", ETag='"v1"'), REPORT)
    kept = writer.keep(exchange(b"", status=304), REPORT)

    assert record_types(writer.path)[3] == (
        "revisit",
        "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
    )
    first, second = store.captures(REGION, 2019)
    assert (second.status, second.is_new, second.digest) == (304, False, first.digest)
    assert second.content_type == first.content_type
    assert store.body(second) == PAGE
    assert writer.page(kept).status == 200
    assert store.verify() == []


def test_a_304_that_confirms_nothing_is_no_page(store: CaptureStore, writer: CrawlWriter) -> None:
    writer.keep(exchange(b"", status=304), REPORT)

    assert store.captures(REGION) == []
    assert store.verify() == []


def test_a_page_that_changes_back_is_not_new(store: CaptureStore, writer: CrawlWriter) -> None:
    for body in (PAGE, PAGE + b"!", PAGE):
        writer.keep(exchange(body), REPORT)

    captures = store.captures(REGION)
    assert [capture.is_new for capture in captures] == [True, True, False]
    assert store.body(captures[1]) == PAGE + b"!"


def test_conditions_come_from_the_latest_page_we_have(writer: CrawlWriter) -> None:
    assert writer.memory.validators(URL) == {}
    writer.keep(exchange(ETag='"v1"', Last_Modified="Mon, 20 Jan 2020 08:00:00 GMT"), REPORT)
    writer.keep(exchange(b"", status=304, ETag='"v2"'), REPORT)
    writer.keep(exchange(b"<p>x", status=200, ETag='"challenge"'), REPORT, "js_challenge")
    writer.keep(exchange(b"gone", status=404, ETag='"error"'), REPORT)

    assert writer.memory.validators(URL) == {
        "If-None-Match": '"v2"',
        "If-Modified-Since": "Mon, 20 Jan 2020 08:00:00 GMT",
    }


def test_readers_get_pages_and_neither_errors_nor_shells(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    writer.keep(exchange(b"moved", status=301), REPORT)
    writer.keep(exchange(b"oops", status=500), REPORT)
    writer.keep(exchange(b"wait", url="http://a.gov.cn/2"), REPORT, "slider")
    writer.keep(exchange(b"Disallow:", url="http://a.gov.cn/robots.txt"), PageClaim(None, "robots"))
    writer.keep(exchange(b"list", url="http://a.gov.cn/"), PageClaim("c", "list"))

    assert store.captures(REGION) == []
    assert [capture.url for capture in store.captures(REGION, kind=CaptureKind.LIST)] == [
        "http://a.gov.cn/"
    ]
    assert store.verify() == []


def test_a_list_that_is_the_report_as_well_stands_in_the_index_twice_and_is_fetched_once(
    store: CaptureStore,
) -> None:
    as_list = PageClaim("qinghe_slj", "list")
    with store.open_crawl(REGION, [2019]) as writer:
        kept = writer.keep(exchange(gzip.compress(PAGE), Content_Encoding="gzip"), as_list)
        writer.claim(kept, REPORT)
    with store.open_crawl(REGION, [2019]) as writer:
        again = writer.earlier(URL)
        assert again is not None
        for claim in (as_list, REPORT):
            writer.claim(again, claim)

    (as_report,) = store.captures(REGION, 2019)
    assert (as_report.is_new, as_report.link_text) == (True, REPORT.link_text)
    assert store.body(as_report) == PAGE
    assert [capture.url for capture in store.captures(REGION, kind=CaptureKind.LIST)] == [URL]
    assert [kind for kind, _ in record_types(writer.path)] == [
        *("warcinfo", "response", "request", "revisit"),
    ]
    assert store.verify() == []


def test_a_request_is_written_down_as_it_was_sent(store: CaptureStore, writer: CrawlWriter) -> None:
    public = "http://a.gov.cn/showinfo.html?infoGuid=1"
    page = replace(exchange(url=public), method="POST", request_body=b"id=1")
    writer.keep(replace(page, sent_to="http://a.gov.cn/rest/detail"), REPORT)

    with writer.path.open("rb") as stream:
        lines = [
            (record.http_headers.statusline, record.raw_stream.read())
            for record in ArchiveIterator(stream)
            if record.rec_type == "request"
            and record.rec_headers.get_header("WARC-Target-URI") == public
        ]
    assert lines == [("/rest/detail HTTP/1.1", b"id=1")]
    assert store.verify() == []


def test_undated_pages_come_when_asked_for(store: CaptureStore, writer: CrawlWriter) -> None:
    writer.keep(exchange(), REPORT)
    writer.keep(exchange(url="http://a.gov.cn/undated"), PageClaim("c", "report", None, "年度报告"))

    assert len(store.captures(REGION)) == 2
    assert [capture.url for capture in store.captures(REGION, 2019)] == [URL]
    assert len(store.captures(REGION, 2019, undated=True)) == 2
    assert store.captures(REGION, 2020) == []
    assert store.captures("98_other") == []


def test_the_latest_capture_of_a_url_carries_its_latest_claim(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    writer.keep(exchange(), REPORT)
    writer.keep(exchange(), PageClaim("qinghe_slj", "report", 2020, "title corrected"))

    assert store.captures(REGION, 2019, latest_only=True) == []
    assert len(store.captures(REGION, 2020, latest_only=True)) == 1


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
