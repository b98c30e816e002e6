"""A scout in this process, `python -m crawlers.scout.process`, told by a JSON object on stdin."""

from __future__ import annotations

import json
import sys
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawlers.hosts import allow_list, host_of
from crawlers.job import CrawlJob
from crawlers.manners import check_manners_of
from crawlers.scout.model import Scouted, ScoutRequest
from crawlers.scout.walks import walk_of
from crawlers.spiders.scout import ScoutSpider
from crawlers.summary import CrawlError, Progress
from crawlers.tally import Tally
from pipeline.errors import NianbaoError
from storage.captures import CaptureStore, CrawlWriter

# Captures of scouts stand beside those of regions, where no partition looks for them.
PLACE = "scouts"


def scout_here(request: ScoutRequest) -> Scouted:
    """Take one look; Scrapy runs once per process, so this does too.

    Raises `NianbaoError` where there is nothing to tell: rude settings, no disk, another scout.
    A host that does not answer is told by `Scouted.refusals`.
    """
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict({"LOG_LEVEL": "WARNING", **request.settings}, priority="cmdline")
    check_manners_of(settings, request.hosts)
    legacy = list(request.hosts) if request.legacy_tls else []
    settings.set("LEGACY_TLS_HOSTS", legacy, priority="cmdline")
    walk = walk_of(request)
    with (
        CaptureStore(request.captures) as store,
        store.open_crawl(PLACE, (), software=settings["USER_AGENT"]) as writer,
    ):
        job = _job(request, writer)
        process = AsyncCrawlerProcess(settings)
        process.crawl(ScoutSpider, job=job, walk=walk)
        process.start()
        if job.error is not None or job.reason is None:
            why = job.error or "the spider did not start; see Scrapy's log above"
            raise CrawlError(f"{request.url}: {why}")
        writer.finish(job.reason)
        certificate = job.note(host_of(request.url)).certificate_state
        scouted = walk.scouted(writer.crawl, job.tally.pages)
        return scouted.model_copy(update={"certificate": certificate})


def _job(request: ScoutRequest, writer: CrawlWriter) -> CrawlJob:
    return CrawlJob(
        columns=(),
        hosts=allow_list(request.hosts),
        years=frozenset(),
        writer=writer,
        tally=Tally((), ()),
        on_progress=_tell,
        hours={host: {request.hours} for host in request.hosts if request.hours},
    )


def _tell(step: Progress) -> None:
    _print("asked", step.message)


def _print(name: str, value: Any) -> None:
    print(json.dumps({name: value}, ensure_ascii=True), flush=True)  # noqa: T201


def main() -> int:
    """Read the request, print a line per page asked for, at the end what was seen."""
    try:
        scouted = scout_here(ScoutRequest.model_validate_json(sys.stdin.read()))
    except NianbaoError as error:
        _print("error", str(error))
        return 2
    _print("scouted", scouted.model_dump(mode="json"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
