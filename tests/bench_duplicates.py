"""Duplicates among 20,000 pages with known truth, beside MinHash-LSH on the same pages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from math import comb
from os import cpu_count
from typing import Any, Literal

from datasketch import MinHash, MinHashLSH

from pipeline.dedup.copies import CopyIndex
from pipeline.dedup.plan import Seen, identified, plan, see
from pipeline.model import Capture, CapturedReport, CaptureKind, Report
from pipeline.read import read_page
from tests.duplicates_town import TownPage, town
from tests.memory_support import most_in_use

SIZES = (2_000, 20_000)
NIGHT = 200
"""Pages of one more night."""

LEAST_RECALL = LEAST_PRECISION = 0.999
MOST_GROWTH = 1.5
"""Seconds per document at the larger size against the smaller; 1.0 is linear, clocks are noisy."""

PART = 50
"""Pages that a worker is handed at once."""

PERMUTATIONS = 64
SCHEME: Literal["affine32"] = "affine32"
THRESHOLD = 0.8
SHINGLE = 5
"""What is usual for MinHash over text."""

START = datetime(2026, 1, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Looked:
    """What both methods keep of a page, and the processor time that each took for it."""

    truth: Hashable
    seen: Seen
    seconds: float
    sketch: Any
    """Hash values of the text's MinHash."""
    sketch_seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """Over all pairs of pages; `lost` are reports that stand under another report's name only."""

    recall: float
    precision: float
    lost: int
    seconds: float

    def line(self, name: str, pages: int) -> str:
        return (
            f"{name:<34} recall {self.recall:.4f}  precision {self.precision:.4f}  "
            f"reports lost {self.lost:>5}  {pages / self.seconds:>7.0f} documents/s"
        )


def look(pages: Sequence[tuple[int, TownPage]]) -> list[Looked]:
    """In a worker: read the pages, and let both methods take what they need."""
    return [_look(number, page) for number, page in pages]


def _look(number: int, page: TownPage) -> Looked:
    report = read_page(page.body, content_type="text/html", claim=page.claim)
    capture = Capture(
        id=number,
        crawl="town",
        region="98_town",
        column=page.url.split("/")[2],
        kind=CaptureKind.REPORT,
        report_year=page.claim.report_year,
        url=page.url,
        status=200,
        content_type="text/html",
        fetched_at=START,
        digest=f"sha256:{number}",
        warc="town.warc.gz",
        offset=0,
        is_new=True,
    )
    start = time.process_time()
    seen = see(CapturedReport(capture, report))
    between = time.process_time()
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=SCHEME)
    text = _text(report)
    shingles = {text[i : i + SHINGLE] for i in range(len(text) - SHINGLE + 1)}
    sketch.update_batch([shingle.encode() for shingle in shingles])
    return Looked(
        page.truth, seen, between - start, sketch.hashvalues, time.process_time() - between
    )


def _text(report: Report) -> str:
    """The whole text of the report, tables included, as an extractor gives it."""
    prose = (f"{section.heading}{section.text}" for section in report.sections)
    cells = (figure.raw or "" for figure in report.figures)
    return f"{report.title}{''.join(prose)}{' '.join(cells)}"


def looked_at(count: int) -> Iterator[Looked]:
    with ProcessPoolExecutor(cpu_count()) as pool:
        for part in pool.map(look, _parts(count)):
            yield from part


def _parts(count: int) -> Iterator[list[tuple[int, TownPage]]]:
    numbered = enumerate(town(count))
    while part := list(islice(numbered, PART)):
        yield part


def ours(pages: Sequence[Looked]) -> Score:
    start = time.process_time()
    planned = plan(identified(page.seen for page in pages))
    seconds = time.process_time() - start + sum(page.seconds for page in pages)
    truth = {page.seen.capture.id: page.truth for page in pages}
    groups = [
        [capture.id for wording in each.wordings for capture in wording.captures]
        for each in planned
    ]
    return score(groups, truth, seconds)


def minhash(pages: Sequence[Looked]) -> Score:
    """Each page joins the first report that the index finds similar enough."""
    start = time.process_time()
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    groups: dict[int, list[int]] = {}
    for page in pages:
        number = page.seen.capture.id
        sketch = MinHash(num_perm=PERMUTATIONS, hashvalues=page.sketch, scheme=SCHEME)
        similar = min(index.query(sketch), default=None)
        if similar is None:
            index.insert(number, sketch)
        groups.setdefault(number if similar is None else similar, []).append(number)
    seconds = time.process_time() - start + sum(page.sketch_seconds for page in pages)
    truth = {page.seen.capture.id: page.truth for page in pages}
    return score(groups.values(), truth, seconds)


def score(groups: Iterable[Sequence[int]], truth: dict[int, Hashable], seconds: float) -> Score:
    """A report is lost where no group has it as its most frequent one, or as its first."""
    together = right = 0
    shown = set()
    for group in groups:
        counts = Counter(truth[number] for number in group)
        together += comb(len(group), 2)
        right += sum(comb(n, 2) for n in counts.values())
        shown.add(counts.most_common(1)[0][0])
    sizes = Counter(truth.values())
    pairs = sum(comb(n, 2) for n in sizes.values())
    precision = right / together if together else 1.0
    return Score(right / pairs, precision, len(sizes.keys() - shown), seconds)


def one_more_night(pages: Sequence[Looked]) -> tuple[float, float]:
    """Seconds to take up all but the last pages, and then those of one more night."""
    index = CopyIndex()
    clocks = []
    for part in (pages[:-NIGHT], pages[-NIGHT:]):
        start = time.process_time()
        for page in part:
            index.original(page.seen.sketch)
            index.add(page.seen.sketch)
        clocks.append(time.process_time() - start)
    return clocks[0], clocks[1]


def test_copies_are_found_and_no_report_is_lost() -> None:
    pages: list[Looked] = []
    per_document = []
    sizes = iter(SIZES)
    size = next(sizes)
    print()
    for page in looked_at(SIZES[-1]):
        pages.append(page)
        if len(pages) == size:
            found = ours(pages)
            per_document.append(found.seconds / size)
            print(found.line(f"{size:>6} pages, ours", size), f" {most_in_use():.0f} MB at most")
            assert found.recall >= LEAST_RECALL
            assert found.precision >= LEAST_PRECISION
            assert found.lost == 0
            size = next(sizes, 0)

    reports = len({page.truth for page in pages})
    beside = minhash(pages)
    print(beside.line(f"{len(pages):>6} pages, datasketch {THRESHOLD}", len(pages)))
    whole, night = one_more_night(pages)
    growth = per_document[-1] / per_document[0]
    print(f"{reports} reports on {len(pages)} pages")
    print(f"growth per document {growth:.2f} (at most {MOST_GROWTH})")
    print(f"taking up all but {NIGHT} pages {whole:.2f} s, one more night of {NIGHT} {night:.3f} s")
    assert growth <= MOST_GROWTH
    assert beside.lost > found.lost
    assert night / NIGHT <= 3 * whole / (len(pages) - NIGHT)
