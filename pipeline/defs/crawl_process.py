"""The crawl process of a Dagster run: `python -m pipeline.defs.crawl_process --parent PID`.

Started by `pipeline.defs.crawl`; nothing here imports Dagster itself.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from dagster_pipes import open_dagster_pipes

from crawlers.process import crawl_here
from crawlers.summary import CrawlRequest, Progress
from pipeline.errors import NianbaoError

FAILED, ORPHANED = 1, 3
"""Exit statuses: nothing to sum up; the worker died while this process was starting."""

LOG_SECONDS = 5.0
"""At most one line of progress in so many seconds: each is a row in Dagster's event log."""


@dataclass(slots=True)
class RunLog:
    """Writes progress into the log of the run: each column as it is done, and now and then."""

    write: Callable[[str], None]
    columns_done: int = 0
    written_at: float = 0.0

    def __call__(self, progress: Progress) -> None:
        """Take a step of the crawl."""
        now = time.monotonic()
        if progress.columns_done == self.columns_done and now - self.written_at < LOG_SECONDS:
            return
        self.columns_done, self.written_at = progress.columns_done, now
        self.write(
            f"columns={progress.columns_done}/{progress.columns} pages={progress.pages} "
            f"reports={progress.reports}/{progress.reports_found} {progress.message}"
        )


def main(arguments: list[str]) -> int:
    """Crawl what the run asks for; report progress to its log and the summary as a message.

    Returns 1, with the reason in the log of the run, if there is nothing to sum up.
    """
    _, parent = arguments
    if os.getppid() != int(parent):
        return ORPHANED
    with open_dagster_pipes() as pipes:
        request = CrawlRequest.model_validate(pipes.get_extra("request"))
        try:
            summary = crawl_here(request, RunLog(pipes.log.info), watch_parent=True)
        except NianbaoError as error:
            pipes.log.error(f"{type(error).__name__}: {error}")
            return FAILED
        pipes.report_custom_message(summary.model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
