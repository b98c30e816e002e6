"""`scout`: a look at a site, taken by a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import IO

from crawlers.scout.model import Scouted, ScoutRequest
from crawlers.summary import CrawlError

TAIL_CHARACTERS = 2_000


def scout(request: ScoutRequest, on_page: Callable[[str], None] | None = None) -> Scouted:
    """Take the look that is asked for; `on_page` hears of every page before it is asked for.

    Raises `CrawlError` where no look could be taken; a host that refuses is an answer.
    """
    command = [sys.executable, "-m", "crawlers.scout.process"]
    with tempfile.TemporaryFile("w+", errors="replace") as stderr:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(request.model_dump_json())
            child.stdin.close()
            outcome = _relay(child.stdout, on_page or (lambda _: None))
        if isinstance(outcome, Scouted):
            return outcome
        stderr.seek(0)
        said = outcome or stderr.read()[-TAIL_CHARACTERS:].strip() or "nothing"
        raise CrawlError(f"{request.url} could not be looked at: {said}")


def _relay(lines: IO[str], on_page: Callable[[str], None]) -> Scouted | str | None:
    """What was seen, or the error; null where the child ended without a word."""
    for line in lines:
        message = json.loads(line)
        if "scouted" in message:
            return Scouted.model_validate_json(json.dumps(message["scouted"]))
        if "error" in message:
            return str(message["error"])
        on_page(message["asked"])
    return None
