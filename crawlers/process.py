"""A crawl in this process: `crawl_here`, and `python -m crawlers.process` around it.

Scrapy runs once per process (a Twisted reactor cannot be started twice): call `crawlers.run.crawl`
unless this process is for the crawl alone.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from pydantic_core import to_json
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawlers.found_again import YearColumns
from crawlers.hosts import allow_list
from crawlers.hours import today_in_china
from crawlers.job import CrawlJob
from crawlers.manners import check_manners
from crawlers.registry import ReportColumn, columns_of
from crawlers.spiders.annual_reports import AnnualReportsSpider
from crawlers.summary import (
    FINISHED,
    ColumnSummary,
    CrawlError,
    CrawlRequest,
    CrawlSummary,
    Progress,
)
from crawlers.tally import Tally
from pipeline.errors import NianbaoError
from storage.captures import CaptureStore, CrawlWriter

EXIT_COMPLETE, EXIT_INCOMPLETE, EXIT_ERROR, EXIT_ORPHANED = 0, 1, 2, 3
# How soon a crawl ends after its parent was killed. The archive is whole at any moment.
PARENT_SECONDS = 2.0
# How often progress is said: a bar looks smooth, and a kill is told of no step that is long past.
STEP_SECONDS = 0.05
# New objects after which the cycle collector looks for waste: some fifty pages' worth. Python's own
# number, 700, makes it look at each page, a twentieth of the time of a crawl.
YOUNG = 10_000
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")

SHOWN = 4
"""Columns that an error names one by one."""

_started = False


def crawl_here(
    request: CrawlRequest,
    on_progress: Callable[[Progress], None] | None = None,
    *,
    watch_parent: bool = False,
) -> CrawlSummary:
    """Run a crawl in this process and return its summary, which then stands beside the WARC file.

    With `watch_parent` the process ends itself soon after its parent has died. The first SIGINT or
    SIGTERM ends the crawl in order, the second at once; either way the same request goes on later.
    Raises `NianbaoError` where there is nothing to sum up: registry, lock, disk, rude settings.
    """
    global _started  # noqa: PLW0603 - as the reactor: once per process
    if _started:
        raise CrawlError("this process has crawled already; Scrapy runs once per process")
    columns = columns_of(request.registry, request.region)
    tally = _tally(request, chosen(columns, request.agencies))
    settings = _settings(request)
    check_manners(settings, columns)
    legacy = sorted({column.host for column in columns if column.tls == "legacy"})
    settings.set("LEGACY_TLS_HOSTS", legacy, priority="cmdline")
    if watch_parent:
        _watch(os.getppid())
    started = datetime.now(UTC)
    with CaptureStore(request.captures) as store, _open(store, request, settings) as writer:
        _started = True
        asked = tuple(column for column in columns if column.id in tally.ledgers)
        _remember(tally, writer, settings.getfloat("DEEP_AFTER_DAYS"), request.sample)
        job = CrawlJob(
            columns=asked,
            hosts=allow_list(host for column in columns for host in column.hosts),
            years=frozenset(request.years),
            writer=writer,
            tally=tally,
            on_progress=on_progress or (lambda _: None),
            hours=_hours(asked),
            year_columns=YearColumns.of(columns),
        )
        _run_spider(job, settings, writer, log_file=request.log_file)
        return _conclude(job, columns, started)


def chosen(columns: tuple[ReportColumn, ...], agencies: Sequence[str]) -> tuple[ReportColumn, ...]:
    """The columns of these agencies, by id or official name; all of them where none is named."""
    known = {name for column in columns for name in (column.id, column.agency)}
    if unknown := [name for name in agencies if name not in known]:
        near = {name: get_close_matches(name, known, n=3, cutoff=0.4) for name in unknown}
        hints = "; ".join(f"{name} (near: {', '.join(n) or 'none'})" for name, n in near.items())
        place = columns[0].region
        raise CrawlError(
            f"no column or agency of {place} is called {hints}. All of them: "
            f"nianbao sites list --region {place}"
        )
    return tuple(c for c in columns if not agencies or {c.id, c.agency} & set(agencies))


def _remember(tally: Tally, writer: CrawlWriter, deep_after: float, sample: int | None) -> None:
    """What each column named before, and whether its pages are all to be asked for again."""
    for ledger in tally.ledgers.values():
        last = writer.memory.last_deep(ledger.column.id, sorted(ledger.years))
        ledger.deep = last is None or datetime.now(UTC) - last >= timedelta(days=deep_after)
        ledger.before = writer.memory.entries(ledger.column.id)
        ledger.sample = sample


def _hours(columns: tuple[ReportColumn, ...]) -> dict[str, set[str]]:
    return {
        host: {column.hours for column in columns if column.host == host and column.hours}
        for host in {column.host for column in columns if column.hours}
    }


def _tally(request: CrawlRequest, columns: tuple[ReportColumn, ...]) -> Tally:
    tally = Tally(columns, request.years)
    if not tally.ledgers:
        whys = [f"{c.id} {_not_due(c, set(request.years))}" for c in columns]
        more = [f"and {len(whys) - SHOWN} more"] if len(whys) > SHOWN else []
        why = "; ".join(whys[:SHOWN] + more)
        years = ", ".join(map(str, request.years))
        raise CrawlError(f"no column of {request.region} holds reports of {years}: {why}")
    return tally


def _not_due(column: ReportColumn, years: Iterable[int]) -> str:
    if column.due(set(years)):
        return "not among the agencies asked for"
    if not column.is_asked:
        return f"{column.status} {column.as_of}: {column.reason}"
    return f"holds {column.first_year}-{column.last_year or 'now'}"


def _settings(request: CrawlRequest) -> Settings:
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.setdict(request.settings, priority="cmdline")
    return settings


def _open(store: CaptureStore, request: CrawlRequest, settings: Settings) -> CrawlWriter:
    return store.open_crawl(
        request.region, request.years, software=settings["USER_AGENT"], options=request.options
    )


def _run_spider(job: CrawlJob, settings: Settings, writer: CrawlWriter, *, log_file: bool) -> None:
    if log_file:
        settings.set("LOG_FILE", str(_beside(writer, ".log")), priority="cmdline")
    job.say(None, f"crawl {writer.crawl} {'goes on' if writer.resumed else 'begins'}")
    process = AsyncCrawlerProcess(settings)
    process.crawl(AnnualReportsSpider, job=job)
    gc.freeze()  # what is there by now stays: the cycle collector need not look through it
    gc.set_threshold(YOUNG)
    process.start()
    if job.error is not None:
        raise job.error
    if job.reason is None:
        raise CrawlError(f"crawl {writer.crawl}: the spider did not start; see Scrapy's log above")


def _conclude(job: CrawlJob, columns: tuple[ReportColumn, ...], started: datetime) -> CrawlSummary:
    writer, reason = job.writer, job.reason or ""
    today = today_in_china()
    not_asked = {c.id: _not_due(c, job.years) for c in columns if c.id not in job.tally.ledgers}
    summary = CrawlSummary(
        crawl=writer.crawl,
        region=writer.region,
        years=tuple(sorted(job.years)),
        warc=f"{writer.region}/{writer.path.name}",
        started_at=started,
        ended_at=datetime.now(UTC),
        reason=reason,
        resumed=writer.resumed,
        from_archive=job.tally.from_archive,
        columns=tuple(_close_columns(job, today)),
        not_asked=not_asked,
        hosts=job.host_summaries(),
    )
    summary.write(_beside(writer, ".json"))
    if reason == FINISHED:
        writer.finish(reason)  # else it stays open: the same request goes on with it
    return summary


def _close_columns(job: CrawlJob, today: date) -> Iterator[ColumnSummary]:
    """Sum up each column, note what its lists named, and let go of it: there are thousands."""
    for column in list(job.tally.ledgers):
        ledger = job.tally.ledgers.pop(column)
        if job.reason == FINISHED and ledger.lists:
            job.writer.note_listing(ledger.listing())
        yield ledger.summary(today)


def _beside(writer: CrawlWriter, suffix: str) -> Path:
    return writer.path.with_name(f"{writer.crawl}{suffix}")


def _watch(parent: int) -> None:
    """End this process when its parent is another one: ours was killed without a word."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_SECONDS)
        os._exit(EXIT_ORPHANED)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl as told by the arguments; JSON lines on stdout, the last one summary or error."""
    asked = _parser().parse_args(arguments)
    if asked.parent is not None and os.getppid() != asked.parent:
        return EXIT_ORPHANED
    try:
        summary = _crawl(asked)
    except NianbaoError as error:
        told = {"type": type(error).__name__, "message": str(error)}
        _say(json.dumps({"error": told}, ensure_ascii=True))
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201
        return EXIT_ERROR
    sys.stdout.buffer.write(b'{"summary": %b}\n' % to_json(summary))
    return EXIT_COMPLETE if summary.complete else EXIT_INCOMPLETE


def _crawl(asked: argparse.Namespace) -> CrawlSummary:
    steps = _Steps()
    try:
        return crawl_here(_request(asked), steps.tell, watch_parent=asked.parent is not None)
    finally:
        steps.flush()


def _request(asked: argparse.Namespace) -> CrawlRequest:
    settings = dict(pair.split("=", 1) for pair in asked.settings)
    return CrawlRequest(
        region=asked.region,
        years=asked.years,
        registry=asked.registry,
        captures=asked.captures,
        agencies=tuple(asked.agencies),
        sample=asked.sample,
        settings={name: json.loads(value) for name, value in settings.items()},
        log_file=asked.log_file,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m crawlers.process", description=__doc__)
    parser.add_argument("--region", required=True)
    parser.add_argument(
        "--year", dest="years", type=_years, required=True, help="2019 or 2019-2022"
    )
    parser.add_argument("--registry", type=Path, required=True)
    parser.add_argument("--captures", type=Path, required=True)
    parser.add_argument("--agency", dest="agencies", action="append", default=[])
    parser.add_argument("--sample", type=int, help="so many reports of each column")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=JSON")
    parser.add_argument("--log-file", action="store_true", help="log beside the WARC file")
    parser.add_argument("--parent", type=int, help="end when this process is gone")
    return parser


def _years(text: str) -> tuple[int, ...]:
    """`2019`, `2019-2022`, `2019,2021`."""
    years: set[int] = set()
    for part in text.split(","):
        found = YEARS.fullmatch(part)
        if found is None:
            raise argparse.ArgumentTypeError(f"{text!r}: expected years such as 2019-2022")
        years.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    return tuple(sorted(years))


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


class _Steps:
    """Lines that are said at once, but for those that come too fast: they wait for the next.

    Whoever reads is woken up for each, and on a busy machine takes the processor from the crawl.
    """

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._said = 0.0

    def tell(self, step: Progress) -> None:
        self._waiting.append(f'{{"progress": {step.model_dump_json(ensure_ascii=True)}}}')
        if time.monotonic() - self._said >= STEP_SECONDS:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            _say("\n".join(self._waiting))
            self._waiting.clear()
            self._said = time.monotonic()


if __name__ == "__main__":
    sys.exit(main())
