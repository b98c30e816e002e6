"""Columns that move each year, found again from the column that leads to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawlers.addresses import column_key
from crawlers.columns import ReportColumn
from crawlers.families.base import Link
from crawlers.listed import named_years


@dataclass(slots=True)
class YearColumns:
    """The rows of a region, as far as one leads to others."""

    rows: dict[str, ReportColumn] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    """Of every address that has a row."""
    _named: set[str] = field(default_factory=set)
    """Of those that were named as rows to add."""

    @classmethod
    def of(cls, columns: Iterable[ReportColumn]) -> YearColumns:
        """Those of all columns of a region, asked or not."""
        rows = {column.id: column for column in columns}
        return cls(rows, {column_key(column.list_url) for column in rows.values()})

    def parent_of(self, column: ReportColumn) -> ReportColumn | None:
        """The row that leads to a column."""
        return self.rows.get(column.parent) if column.parent else None

    def candidates(self, columns: Iterable[Link], years: frozenset[int]) -> list[Link]:
        """The links of a parent's page that lead to where a lost column may stand now.

        Those named by a year asked for; where there is none, by the year after it, in which the
        report comes out. What has a row of its own is none.
        """
        free = [link for link in columns if column_key(link.url) not in self._keys]
        exact = [link for link in free if year_of(link) in years]
        return exact or [link for link in free if (year := year_of(link)) and year - 1 in years]

    def opens_years(self, column: ReportColumn) -> bool:
        """Whether a column has a row for each year below it, and so may lead to a new one."""
        return any(row.parent == column.id and row.only_year for row in self.rows.values())

    def row_to_add(self, model: ReportColumn, link: Link) -> str | None:
        """A registry row for a column that was found, to be reviewed; null: it has or had one.

        `model` is the row that it is found for: the lost one, or the parent.
        """
        key = column_key(link.url)
        if key in self._keys | self._named:
            return None
        self._named.add(key)
        year, parent = year_of(link), model.parent or model.id
        stem = f"{parent}_{year or 'found'}"
        values: dict[str, object] = {
            "id": stem if stem not in self.rows else f"{stem}_new",
            "agency": model.agency,
            **({"owner": model.owner} if model.owner != "column" else {}),
            "level": model.level,
            **({"division": model.division} if model.division else {}),
            "family": model.family,
            "list_url": link.url,
            "parent": parent,
            "first_year": year or model.first_year,
            **({"last_year": year, "reason": "one column per report year"} if year else {}),
            "evidence": "seen",
            "source": f"linked as {link.text!r} from {self.rows[parent].list_url}",
        }
        lines = (f"{name} = {json.dumps(v, ensure_ascii=False)}" for name, v in values.items())
        return "\n".join(["[[column]]", *lines])


def year_of(link: Link) -> int | None:
    """The last year that a column is named by."""
    named = named_years(link)
    return named[-1] if named else None
