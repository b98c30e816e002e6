"""What every kind of page has in common: why one is refused, and the files that belong to it."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.archive import KEPT
from crawlers.asking import CLAIM, request_for
from crawlers.attachments import attachments, may_have_attachments
from crawlers.families.base import Ask
from crawlers.job import CrawlJob
from crawlers.ledger import Ledger
from crawlers.summary import ColumnStatus, PageProblem
from crawlers.text import decode_page
from storage.captures import Kept, PageClaim

# What a site says of a page that it has not, by status or by what stands in its place.
NOT_THERE = {404, 410, "soft404", "home"}


class FilesSpider(Spider):
    """Asks for the attachments of pages."""

    job: CrawlJob

    def ask_attachments(self, response: Response, kept: Kept, column: str) -> Iterator[Request]:
        """The files that belong to the page: linked, or images that may be its tables."""
        claim: PageClaim = response.meta[CLAIM]
        ledger = self.job.tally[column]
        if not may_have_attachments(response.body):
            return
        for file in attachments(decode_page(response.body), response.url):
            if why := self.job.outside(file.url):
                problem = PageProblem(url=file.url, why=why, link_text=file.name)
                ledger.skipped[file.url] = problem
                continue
            ledger.attachments += 1
            yield request_for(
                Ask(file.url),
                self.parse_attachment,
                self.attachment_failed,
                PageClaim(
                    column=claim.column,
                    kind="attachment",
                    report_year=claim.report_year,
                    link_text=file.name,
                    page_url=kept.url,
                    page_digest=kept.digest,
                ),
                column=column,
                name=file.name,
            )

    def parse_attachment(self, response: Response, column: str, name: str) -> None:
        """Kept with its page; reading it comes later."""
        ledger = self.job.tally[column]
        if refusal := self.refusal(response, [ledger]):
            problem = PageProblem(url=response.url, why=refusal[1], link_text=name)
            ledger.failed.append(problem)

    def attachment_failed(self, failure: Failure) -> None:
        """No answer to an attachment."""
        request: Request = failure.request  # type: ignore[attr-defined]
        problem = PageProblem(
            url=request.url, why=why_of(failure), link_text=request.cb_kwargs["name"]
        )
        self.job.tally[request.cb_kwargs["column"]].failed.append(problem)

    def refusal(self, response: Response, ledgers: list[Ledger]) -> tuple[ColumnStatus, str] | None:
        """What is wrong with an answer that came, counted where it is a block; null: a page."""
        refused = refusal_of(response)
        if refused is not None and refused[0] is ColumnStatus.BLOCKED:
            for ledger in ledgers:
                ledger.blocked += 1
        return refused


def refusal_of(response: Response) -> tuple[ColumnStatus, str] | None:
    """What is wrong with an answer that came; null: a page."""
    kept: Kept = response.meta[KEPT]
    if kept.blocked is not None:
        return ColumnStatus.BLOCKED, f"blocked:{kept.blocked} (HTTP {response.status})"
    if response.status != 200:
        return ColumnStatus.UNREACHED, f"HTTP {response.status}"
    return None


def is_gone(response: Response) -> bool:
    """Whether the site says that there is no such page."""
    kept: Kept = response.meta[KEPT]
    return response.status in NOT_THERE or kept.blocked in NOT_THERE


def why_of(failure: Failure) -> str:
    """The error with its class, but for those that speak for themselves."""
    error = failure.value
    text = str(error)
    if isinstance(error, IgnoreRequest):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
