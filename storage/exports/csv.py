"""CSV for people and spreadsheets: the current data and a dictionary that explains it.

UTF-8 with a byte order mark, because Excel reads Chinese as garbage without it; lines end as
RFC 4180 has it. The same warehouse gives the same bytes, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from storage.atomic import replacing
from storage.exports.dictionary import HEADER, dictionary_rows
from storage.exports.tables import EXPORTED

ROWS_AT_A_TIME = 2000
"""Rows held in memory while a file is written; a report has some two hundred."""
_RISKY = re.compile(r"[=+@\t\r]|-+[^\s—-]")
_NUMBER = re.compile(r"(?<![\d.,])[+-]?[\d.,]+%?\Z")


def export_csv(engine: Engine, folder: Path) -> list[Path]:
    """Write reports, figures, facts and findings of the current versions, and `dictionary.csv`.

    Each file takes the place of the old one when it is whole. Text that a spreadsheet would run as
    a formula gets a `'` before it.

    Returns:
        The files, `dictionary.csv` last.
    """
    with _snapshot(engine) as connection:
        paths = [
            _write(
                folder / f"{name}.csv",
                query.selected_columns.keys(),
                connection.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}),
            )
            for name, query in EXPORTED.items()
        ]
    return [*paths, _write(folder / "dictionary.csv", HEADER, dictionary_rows())]


def _snapshot(engine: Engine) -> Connection:
    """A connection that sees one moment, so that the files agree while others load."""
    if engine.dialect.name == "sqlite":
        return engine.connect()
    return engine.connect().execution_options(isolation_level="REPEATABLE READ")


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    with replacing(path) as file, closing(_Text(file)) as text:
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows([_shown(value) for value in row] for row in rows)
    return path


class _Text(io.TextIOWrapper):
    """Text over a file that somebody else closes."""

    def __init__(self, file: Any) -> None:
        super().__init__(file, encoding="utf-8-sig", newline="")

    def close(self) -> None:
        """Flush and let the file go on living."""
        self.detach()


def _shown(value: Any) -> str:
    """A value as text: empty for null, never a rounded number, times in UTC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return _defused(value) if isinstance(value, str) else str(value)


def _defused(text: str) -> str:
    """Pages are not ours: `=HYPERLINK(...)` as a title must stay text in a spreadsheet."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.match(text) else text
