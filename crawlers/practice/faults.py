"""Switching faults on: which there are, which answers they are for, and their order.

`SITE_FAULTS` change a hand-written site's data, `ANSWER_FAULTS` an answer on its way out; the
generated province has `generated.faults` besides. `down` is in none: nobody listens then.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Mapping

from crawlers.practice.answer_faults import ANSWER_FAULTS
from crawlers.practice.exchange import Answer
from crawlers.practice.model import PracticeError, Site
from crawlers.practice.site_faults import SITE_FAULTS

DOWN = "down"
FILTERS = frozenset({"path", "part", "column", "year"})
"""Options that every answer fault takes: only answers at, of or about these are touched."""
ROBOTS = "robots"

Faults = Mapping[str, Mapping[str, object]]
"""Fault name -> its options, for one site."""


def check_faults(faults: Faults, others: Mapping[str, Callable[..., object]] | None = None) -> None:
    """Refuse a fault that nobody wrote, and options that it does not take."""
    known = {DOWN: _down, **SITE_FAULTS, **ANSWER_FAULTS} if others is None else others
    for name, options in faults.items():
        if name not in known:
            raise PracticeError(f"no fault {name!r}; there are: {', '.join(sorted(known))}")
        takes = inspect.signature(known[name])
        places = [p for p in takes.parameters.values() if p.kind is not p.KEYWORD_ONLY]
        named = {p.name for p in takes.parameters.values() if p.kind is p.KEYWORD_ONLY}
        own = {k: v for k, v in options.items() if k not in FILTERS or k in named}
        try:
            takes.bind(*places, **own)
        except TypeError as error:
            raise PracticeError(f"fault {name}: {error}") from error


def _down(site: object) -> object:
    return site


def faulty_site(site: Site, faults: Faults) -> Site:
    """The site with its data faults applied."""
    for name, options in faults.items():
        if name in SITE_FAULTS:
            site = SITE_FAULTS[name](site, **options)
    return site


def faulty_answer(answer: Answer, faults: Faults, path: str, seen: Counter[str]) -> Answer:
    """The answer with its faults applied; `seen` counts how often each has struck.

    robots.txt is spared unless asked for: a site that fails there is a different story.
    """
    for name, options in faults.items():
        if name not in ANSWER_FAULTS or not _is_meant(answer, options, path):
            continue
        seen[name] += 1
        own = {key: value for key, value in options.items() if key not in FILTERS}
        answer = ANSWER_FAULTS[name](answer, seen[name], **own)
    return answer


def _is_meant(answer: Answer, options: Mapping[str, object], path: str) -> bool:
    wanted = str(options.get("path", "/"))
    if path == "/robots.txt" and options.get("part") != ROBOTS and wanted != path:
        return False
    about = {"part": answer.part, "column": answer.column, "year": answer.year}
    return path.startswith(wanted) and all(
        options.get(key, value) == value for key, value in about.items()
    )
