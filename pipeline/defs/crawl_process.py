"""The crawl process of a Dagster run: `python -m pipeline.defs.crawl_process --parent PID`.

Started by `pipeline.defs.crawl`; nothing here imports Dagster itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dagster_pipes import PipesContext, open_dagster_pipes

from crawlers.process import crawl_here
from pipeline.defs.watch import end_with


def main(arguments: list[str]) -> None:
    """Crawl what the run asks for; report progress to its log and the summary as a message."""
    _, parent = arguments
    end_with(int(parent))
    with open_dagster_pipes() as pipes:
        summary = crawl_here(pipes.get_extra("region"), pipes.get_extra("years"))
        pipes.report_custom_message(summary.model_dump(mode="json"))


if __name__ == "__main__":
    main(sys.argv[1:])
