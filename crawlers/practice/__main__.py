"""`python -m crawlers.practice`: serve the practice province until told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import tomllib
from pathlib import Path

from crawlers.practice.faults import Faults
from crawlers.practice.model import DEFAULT_PORT, PracticeError
from crawlers.practice.server import Province, serve


def main() -> int:
    """Serve in the foreground; 0 after SIGTERM or SIGINT, 2 if it cannot start."""
    wanted = _arguments()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with serve(wanted.port, wanted.region, _faults(wanted.faults), wanted.registry) as province:
            sys.stdout.write(table(province))
            sys.stdout.flush()
            stop.wait()
    except PracticeError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m crawlers.practice", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0 takes a free one")
    parser.add_argument(
        "--registry", type=Path, metavar="DIR", help="where to write registry files"
    )
    parser.add_argument("--region", action="append", help="serve this region alone; repeatable")
    parser.add_argument(
        "--faults", type=Path, metavar="TOML", help="[column.fault] tables with the fault's options"
    )
    return parser.parse_args()


def _faults(path: Path | None) -> dict[str, Faults]:
    return {} if path is None else tomllib.loads(path.read_text("utf-8"))


def table(province: Province) -> str:
    """What is served, a line per site, and where the registry files are."""
    rows = [
        (site.region, site.id, site.family, str(len(site.reports)), province.url(column))
        for column in province.columns
        for site in (province.site(column),)
    ]
    rows.insert(0, ("region", "column", "family", "reports", "list"))
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows)
    return "\n".join(lines) + f"\nregistry: {province.registry}\nCtrl-C stops.\n"


if __name__ == "__main__":
    sys.exit(main())
