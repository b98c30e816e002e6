"""Our records, read by warcio and compared with what warcio writes itself."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.checker import Checker  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from storage.warc import Exchange, Original
from storage.warc_build import exchange_records, new_record_id, note_record, payload_digest
from storage.warc_build import warcinfo as head

AT = datetime(2026, 1, 31, 18, 0, 0, 123456, UTC)
BODY = "<p>县政府信息公开工作年度报告</p>".encode("gb18030") * 400
EXCHANGE = Exchange(
    url="http://127.0.0.1/xxgk/1.html?id=年",
    method="POST",
    request_headers=(("Accept", "text/html"),),
    status=200,
    headers=(("Content-Type", "text/html"), ("X-Name", "青禾".encode().decode("latin-1"))),
    body=BODY,
    fetched_at=AT,
    ip="127.0.0.1",
    request_body=b"page=1",
    sent_to="http://127.0.0.1/xxgk/1.html?id=%E5%B9%B4",
)
ORIGINAL = Original(new_record_id(), EXCHANGE.url, AT, payload_digest(BODY))


def built(original: Original | None = None) -> bytes:
    return exchange_records(EXCHANGE, new_record_id(), "{}", payload_digest(BODY), original)


def read(records: bytes) -> list[tuple[dict[str, str], list[tuple[str, str]], bytes]]:
    found = ArchiveIterator(BytesIO(records), check_digests="raise")
    return [
        (
            dict(record.rec_headers.headers),
            record.http_headers.headers if record.http_headers else [],
            record.raw_stream.read(),
        )
        for record in found
    ]


def by_warcio() -> dict[str, Any]:
    """The named fields that warcio gives the same answer."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    http = StatusAndHeaders("200 OK", list(EXCHANGE.headers), protocol="HTTP/1.1")
    record = writer.create_warc_record(
        EXCHANGE.url, "response", payload=BytesIO(BODY), length=len(BODY), http_headers=http
    )
    writer.write_record(record)
    ((named, _, _),) = read(out.getvalue())
    return named


def test_warcio_reads_an_answer_and_its_request_to_the_byte() -> None:
    (named, headers, body), (asked, sent, form) = read(built())

    assert (body, form) == (BODY, b"page=1")
    assert ("X-Name", "青禾") in headers  # warcio reads UTF-8 where it is UTF-8
    assert sent == [("Host", "127.0.0.1"), ("Accept", "text/html")]
    assert asked["WARC-Concurrent-To"] == named["WARC-Record-ID"]
    assert named["WARC-Date"] == "2026-01-31T18:00:00.123456Z"


def test_an_answer_has_every_field_that_warcio_writes_and_the_same_payload_digest() -> None:
    named, theirs = read(built())[0][0], by_warcio()

    assert theirs.keys() <= named.keys()
    for name in ("WARC-Type", "WARC-Target-URI", "WARC-Payload-Digest", "Content-Type"):
        assert named[name] == theirs[name]


def test_a_revisit_says_whose_bytes_it_stands_for_and_has_none() -> None:
    named, headers, body = read(built(ORIGINAL))[0]

    assert (named["WARC-Type"], body, len(headers)) == ("revisit", b"", 2)
    assert named["WARC-Refers-To"] == ORIGINAL.record_id
    assert named["WARC-Payload-Digest"] == payload_digest(BODY)


def test_warcio_checks_a_file_of_all_kinds_and_sees_one_changed_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.warc.gz"
    parts = (head(path.name, "nianbao", "{}", AT), built(), built(ORIGINAL))
    path.write_bytes(b"".join(parts) + note_record("metadata://nianbao/1/end", "{}", AT))
    assert check(path) == 0, capsys.readouterr().out

    wrong = exchange_records(EXCHANGE, new_record_id(), "{}", payload_digest(b"another"))
    path.write_bytes(path.read_bytes() + wrong)
    assert check(path) == 1


def check(path: Path) -> int:
    """What `warcio check` exits with."""

    class Asked:
        inputs = (str(path),)
        verbose = True

    checker = Checker(Asked())
    checker.process_all()
    return int(checker.exit_value)
