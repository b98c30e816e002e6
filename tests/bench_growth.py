"""How the cost of reading grows with the number of pages: it does not, in time nor in memory."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from os import cpu_count
from statistics import median

from pipeline.read import read_page
from tests.duplicates_town import TownPage, town
from tests.memory_support import most_in_use

SIZES = (200, 2_000, 20_000)

PART = 50
"""Pages that a worker makes and reads at once; the clock stands still while it makes them."""

MOST_WAITING = 6

FRESH = multiprocessing.get_context("spawn")
"""A worker begins with nothing of what this process holds by now."""

MOST_GROWTH = 1.15
"""Seconds for a page of the largest number against one of the smallest."""

MOST_MEGABYTES_MORE = 20
"""What bounded caches of labels and words fill until they are full: 13 MB from 200 to 20,000."""


@dataclass(frozen=True, slots=True)
class Part:
    """What reading so many pages took one worker, and the most memory it ever had."""

    seconds: float
    megabytes: float


def read_part(pages: Sequence[TownPage]) -> Part:
    """In a worker: read the pages and forget them."""
    start = time.process_time()
    for page in pages:
        read_page(page.body, content_type="text/html", claim=page.claim)
    seconds = time.process_time() - start
    return Part(seconds / len(pages), most_in_use())


def parts(count: int) -> Iterator[list[TownPage]]:
    pages = town(count)
    while part := list(islice(pages, PART)):
        yield part


def read_all(pool: ProcessPoolExecutor, count: int) -> Iterator[Part]:
    """Each part in its turn; few of them wait, so that memory holds few pages."""
    waiting: deque[Future[Part]] = deque()
    for part in parts(count):
        waiting.append(pool.submit(read_part, part))
        if len(waiting) > MOST_WAITING:
            yield waiting.popleft().result()
    yield from (each.result() for each in waiting)


def test_a_page_costs_the_same_however_many_were_read_before() -> None:
    found: list[Part] = []
    workers = cpu_count() or 1
    with ProcessPoolExecutor(workers, FRESH) as pool:
        list(read_all(pool, PART * MOST_WAITING))  # words and patterns are loaded
        start = time.perf_counter()
        found.extend(read_all(pool, SIZES[-1]))
        wall = time.perf_counter() - start

    print()
    seen = {size: found[: size // PART] for size in SIZES}
    seconds = {size: median(part.seconds for part in seen[size]) for size in SIZES}
    megabytes = {size: max(part.megabytes for part in seen[size]) for size in SIZES}
    for size in SIZES:
        print(
            f"{size:>6} pages  {seconds[size] * 1000:6.2f} ms a page  "
            f"{megabytes[size]:5.0f} MB at most in a worker"
        )
    busy = sum(part.seconds for part in found) * PART
    print(f"{workers} workers: {SIZES[-1] / wall:.0f} pages/s, {busy / wall:.2f} processors busy")
    assert seconds[SIZES[-1]] <= MOST_GROWTH * seconds[SIZES[0]]
    assert megabytes[SIZES[-1]] <= megabytes[SIZES[0]] + MOST_MEGABYTES_MORE
