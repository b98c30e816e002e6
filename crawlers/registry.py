"""The registry of report columns: TOML rows, a file per region, refused loudly if wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawlers.addresses import column_key
from crawlers.columns import CENTRAL_FILE, PROVINCES, ReportColumn
from crawlers.hosts import is_government, is_loopback
from pipeline.errors import NianbaoError

__all__ = [
    "Problem",
    "RegistryError",
    "ReportColumn",
    "columns_of",
    "default_registry",
    "inspect_registry",
    "is_government",
    "is_loopback",
    "load_registry",
]

REGION = re.compile(r"(?P<place>\d{2,6})_[a-z0-9_]+")
HELP = "See crawlers/README.md, 'Add a site'"


class RegistryError(NianbaoError):
    """A registry folder, file or row that cannot be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a registry folder, and in which row of which file."""

    file: str
    message: str
    row: int | None = None
    """From 1; null where the file as a whole is meant."""
    id: str | None = None

    def __str__(self) -> str:
        """One line, place first."""
        if self.row is None:
            return f"{self.file}: {self.message}"
        return f"{self.file}, [[column]] {self.row} ({self.id or 'without id'}): {self.message}"


@dataclass(frozen=True, slots=True)
class _Row:
    file: str
    number: int
    column: ReportColumn

    def problem(self, message: str) -> Problem:
        return Problem(self.file, message, self.number, self.column.id)

    @property
    def name(self) -> str:
        return f"{self.file} ({self.column.id})"


def default_registry() -> Path:
    """The registry that comes with the program."""
    return Path(__file__).parent / "sites"


def load_registry(folder: Path) -> dict[str, tuple[ReportColumn, ...]]:
    """Region -> its columns, in file order. Loopback hosts only outside the packaged registry."""
    registry, problems = inspect_registry(folder)
    if problems:
        more = f" And {len(problems) - 1} more: nianbao sites check." if len(problems) > 1 else ""
        raise RegistryError(f"{problems[0]}. {HELP}.{more}")
    return registry


def inspect_registry(
    folder: Path,
) -> tuple[dict[str, tuple[ReportColumn, ...]], tuple[Problem, ...]]:
    """The rows that are sound, by region, and everything that is wrong, file by file."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise RegistryError(
            f"{folder}: no registry there; expected one TOML file per region, such as 41_henan.toml"
        )
    loopback = folder.resolve() != default_registry().resolve()
    read = [item for path in files for item in _read_file(path, loopback=loopback)]
    rows = [item for item in read if isinstance(item, _Row)]
    problems = [item for item in read if isinstance(item, Problem)]
    registry: dict[str, list[ReportColumn]] = {}
    for row in rows:
        registry.setdefault(row.column.region, []).append(row.column)
    found = (*problems, *_repeats(rows), *_orphans(rows))
    return {region: tuple(columns) for region, columns in registry.items()}, found


def columns_of(folder: Path, region: str) -> tuple[ReportColumn, ...]:
    """The columns of one region; `RegistryError` names the regions there are."""
    registry = load_registry(folder)
    if region not in registry:
        raise RegistryError(
            f"no region {region!r} in {folder}; there are: {', '.join(sorted(registry))}"
        )
    return registry[region]


def _read_file(path: Path, *, loopback: bool) -> Iterator[_Row | Problem]:
    if problem := _name_problem(path.stem):
        yield Problem(path.name, problem)
        return
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        yield Problem(path.name, f"not TOML: {error}")
        return
    rows = content.pop("column", None)
    if content or not isinstance(rows, list) or not rows:
        yield Problem(path.name, "expected [[column]] rows and nothing else")
        return
    for number, row in enumerate(rows, start=1):
        yield _read_row(path, number, row, loopback=loopback)


def _name_problem(stem: str) -> str | None:
    named = REGION.fullmatch(stem)
    if named is None:
        return "a region is named like 41_henan: GB/T 2260 code, then lower-case ASCII"
    if named["place"][:2] not in PROVINCES | {CENTRAL_FILE}:
        return f"GB/T 2260 has no province {named['place'][:2]}; 00 is for central agencies"
    return None


def _read_row(path: Path, number: int, row: Any, *, loopback: bool) -> _Row | Problem:
    if not isinstance(row, dict):
        return Problem(path.name, "expected a table", number)
    id_ = row.get("id") if isinstance(row.get("id"), str) else None
    if "region" in row:
        return Problem(path.name, "`region` is not written: the file name gives it", number, id_)
    try:
        values, context = {**row, "region": path.stem}, {"loopback": loopback}
        return _Row(path.name, number, ReportColumn.model_validate(values, context=context))
    except ValidationError as error:
        said = "; ".join(_said(dict(detail)) for detail in error.errors())
        return Problem(path.name, said, number, id_)


def _said(detail: dict[str, Any]) -> str:
    field = ".".join(str(part) for part in detail["loc"])
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{field}: {message}" if field else message


def _repeats(rows: Iterable[_Row]) -> Iterator[Problem]:
    """A column stands once in the whole registry, whatever its address is written like."""
    seen: dict[str, _Row] = {}
    for row in rows:
        keys = {row.column.id: row.column.id, column_key(row.column.list_url): row.column.list_url}
        for key, written in keys.items():
            if other := seen.get(key):
                yield row.problem(
                    f"{written!r} stands already in {other.name}; a column has one row"
                )
            seen.setdefault(key, row)


def _orphans(rows: Iterable[_Row]) -> Iterator[Problem]:
    """A parent is a row of the same file, and nobody's own descendant."""
    by_id = {row.column.id: row for row in rows}
    for row in by_id.values():
        column, line = row.column, [row.column.id]
        while column.parent is not None:
            parent = by_id.get(column.parent)
            if parent is None or parent.file != row.file:
                yield row.problem(f"parent {column.parent!r} is no row of this file")
                break
            if parent.column.id in line:
                yield row.problem(f"{' -> '.join([*line, parent.column.id])} leads in a circle")
                break
            line.append(parent.column.id)
            column = parent.column
