"""The archive: what is kept comes back byte for byte, once, as what it is."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from pipeline.model import CaptureKind
from storage.captures import CaptureError, CaptureStore, CrawlWriter, PageClaim, decode_content
from tests.captures_support import PAGE, REGION, REPORT, URL, exchange

pytest_plugins = ("tests.captures_support",)


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


def test_a_body_is_found_by_its_file_and_offset_and_by_no_other(
    store: CaptureStore, writer: CrawlWriter
) -> None:
    writer.keep(exchange(), REPORT)
    (capture,) = store.captures(REGION, 2019)

    assert store.body_at(capture.warc, capture.offset) == PAGE
    with pytest.raises(CaptureError, match="is this the archive it came from"):
        store.body_at(capture.warc, capture.offset + 1)


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
