"""`data/catalogue/*.toml` -> cases: each deviation on its forms and in its shapes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

from crawlers.practice.corpus.families import family_names
from crawlers.practice.corpus.model import Case
from crawlers.practice.corpus.shapes import SHAPES

DATA = Path(__file__).parent / "data"
YEARS = {
    "2014": (2014, 2015, 2016, 2017, 2018),
    "2019": (2019, 2020),
    "2021": (2021, 2022, 2023, 2024, 2025),
}
LENGTHS = (700, 1500, 4000, 1100, 9000, 2200)
"""Characters of prose, drawn by the document's name; bodies have 10 to 120 KB."""
CELL_STYLES = ("plain", "word", "nested_p", "o_p", "center", "span", "indented", "st1", "th")
PARAGRAPHS = ("plain", "word", "plain", "br")
ROTATION = tuple(name for name in family_names() if name != "gkmlpt")
"""Families drawn for documents that name none; gkmlpt hides its body in a script, and is named."""


@cache
def cases() -> tuple[Case, ...]:
    """All cases, in the order of the files and of their entries."""
    files = sorted((DATA / "catalogue").glob("*.toml"))
    return tuple(case for path in files for case in _of_file(path))


def _of_file(path: Path) -> Iterator[Case]:
    for entry in tomllib.loads(path.read_text("utf-8"))["deviation"]:
        for form, shape in product(entry["forms"], entry.get("shapes", ["table"])):
            yield _case(f"{path.stem}.{entry['id']}", entry, form, shape)


def _case(deviation: str, entry: Mapping[str, Any], form: str, shape: str) -> Case:
    name = f"{deviation.replace('.', '_')}-{form.replace('+', 'x')}-{shape}"
    chance = crc32(name.encode())
    years = YEARS.get(form.split("+", maxsplit=1)[0], YEARS["2021"])
    return Case(
        name=name,
        deviation=deviation,
        note=entry["note"],
        form=form,
        shape=shape,
        family=_family(entry, shape, chance),
        year=entry.get("year", years[chance // 7 % len(years)]),
        agency=entry.get("agency") or _pick(agencies(), chance // 11),
        length=entry.get("length", _pick(LENGTHS, chance // 13)),
        steps=tuple(
            (step["do"], {k: v for k, v in step.items() if k != "do"}) for step in entry["steps"]
        ),
        scale=entry.get("scale", _pick(("small", "middle", "large"), chance // 17)),
        expects=tuple(entry.get("expects", ())),
        style={
            "cell": _pick(CELL_STYLES, chance // 19),
            "paragraph": _pick(PARAGRAPHS, chance // 23),
            **entry.get("style", {}),
        },
    )


def _family(entry: Mapping[str, Any], shape: str, chance: int) -> str:
    if SHAPES[shape][0] != ".html":
        return "text"
    return str(entry.get("family") or _pick(ROTATION, chance))


def _pick(choices: tuple[Any, ...], chance: int) -> Any:
    return choices[chance % len(choices)]


@cache
def agencies() -> tuple[str, ...]:
    """Invented agencies."""
    return tuple(tomllib.loads((DATA / "agencies.toml").read_text("utf-8"))["agencies"])
