"""Captures at rest: WARC 1.1 files and their index. The only door to both, for every reader.

Layout below the captures folder: `<region>/<crawl>.warc.gz`, beside it `<crawl>.json` (the summary)
and `<crawl>.log`; `index.sqlite` has one row per response kept. Which report year a page is about
stands in the index: a list page serves all years
(`pipeline/decisions/0002-one-warc-per-crawl.md`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.model import Capture, CaptureKind
from storage import capture_index
from storage.capture_check import Problem, check_archive
from storage.capture_notes import ColumnListing, Entry, State
from storage.capture_pages import Page, read_page
from storage.capture_rebuild import Rebuilt, rebuild_index
from storage.capture_rows import Kept, PageClaim, content_of
from storage.capture_writer import CrawlWriter
from storage.closing import Closing
from storage.content import decode_content
from storage.media import media_type
from storage.region_lock import CrawlRunningError
from storage.warc import CaptureError, Exchange, Headers

__all__ = [
    "CaptureError",
    "CaptureStore",
    "ColumnListing",
    "CrawlRunningError",
    "CrawlWriter",
    "Entry",
    "Exchange",
    "Headers",
    "Kept",
    "Page",
    "PageClaim",
    "Problem",
    "Rebuilt",
    "State",
    "content_of",
    "decode_content",
    "media_type",
    "rebuild_index",
]


class CaptureStore(Closing):
    """Reads captures; cheap to make, one per process and thread. Also a context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index = capture_index.open_index(folder)

    def captures(
        self,
        region: str,
        report_year: int | None = None,
        kind: CaptureKind = CaptureKind.REPORT,
        *,
        latest_only: bool = False,
        undated: bool = False,
    ) -> list[Capture]:
        """Pages a reader may read, oldest first.

        Left out: blocked pages, redirects, errors (the archive has them). With `latest_only` each
        URL stands once, as last seen. With `undated`, pages whose link names no year come along
        with those of `report_year`; without `report_year` they always do.
        """
        return capture_index.find_captures(
            self._index, region, kind, report_year, latest_only=latest_only, undated=undated
        )

    def page(self, capture: Capture) -> Page:
        """Body, headers and status of a capture, revisits resolved."""
        return read_page(self.folder, self._index, capture.id)

    def body(self, capture: Capture) -> bytes:
        """The body, content encoding undone: exactly the bytes that `capture.digest` names."""
        return self.page(capture).body

    def body_at(self, warc: str, offset: int) -> bytes:
        """The body of the record that stands there, as `warc` and `warc_offset` of a row say.

        Raises:
            CaptureError: this archive has no such record, or it is not whole.
        """
        return read_page(
            self.folder, self._index, capture_index.id_at(self._index, warc, offset)
        ).body

    def headers(self, capture: Capture) -> Headers:
        """The headers of the answer; `Content-Encoding` may stand there, the body has it undone."""
        return self.page(capture).headers

    def verify(self) -> list[Problem]:
        """Read every record of every file and compare it with the index; empty: all is well."""
        return check_archive(self.folder, self._index)

    def open_crawl(
        self,
        region: str,
        years: Sequence[int],
        *,
        software: str = "nianbao",
        options: Mapping[str, object] | None = None,
    ) -> CrawlWriter:
        """Begin a crawl, or go on with one that was asked for the same and killed.

        `options` is whatever else narrows the crawl; two crawls with other options are two.

        Raises `CrawlRunningError` while another process crawls the region, and `CaptureError`
        when the folder cannot be written.
        """
        return CrawlWriter(self.folder, region, years, software, options or {})

    def close(self) -> None:
        """Close the index; every read before it is done."""
        self._index.close()
