"""The path of one page: bytes -> document -> report -> checked report."""

from __future__ import annotations

from hashlib import sha256

from pipeline.amendments.apply import amendments_of, lay_over
from pipeline.check.run import check
from pipeline.collecting import at_rest
from pipeline.extract.page import extract_html, extract_text
from pipeline.findings import finding
from pipeline.model import Claim, Document, PageFields, Report
from pipeline.parse.report import NOTHING_KNOWN, parse

TEXT_TYPES = ("text/plain", "text/markdown")


def extract(
    body: bytes, content_type: str | None = None, *, file: str | None = None, title: str = ""
) -> Document:
    """A stored page as a document; `content_type` as served, HTML where it is not known.

    `file` says that the bytes are no page but a file of that kind, which is not read yet; `title`
    is then what the list calls it.
    """
    if file is not None:
        findings = (finding("report_is_file", "page", kind=file),)
        return Document(PageFields(titles=(title,) if title else ()), (), 1, "", findings)
    plain = (content_type or "").split(";")[0].strip().lower() in TEXT_TYPES
    with at_rest():
        return extract_text(body) if plain else extract_html(body)


def checked(document: Document, claim: Claim) -> Report:
    """A document as a report with the findings of all checks; amendments are laid over it later."""
    with at_rest():
        return check(parse(document, claim))


def read_page(
    body: bytes, *, content_type: str | None = None, claim: Claim = NOTHING_KNOWN
) -> Report:
    """A stored page as a checked report. Never fails: what is wrong with it is in its findings."""
    with at_rest():
        report = checked(extract(body, content_type), claim)
        known = amendments_of(report)
        return lay_over(report, known, f"sha256:{sha256(body).hexdigest()}") if known else report
