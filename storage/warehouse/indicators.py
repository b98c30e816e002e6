"""The code list of the forms, kept in the warehouse so that every figure can name its label."""

from __future__ import annotations

from sqlalchemy import Connection, Table, select

from pipeline.forms import load_indicators
from storage.warehouse.migrate import lock
from storage.warehouse.models import Base
from storage.warehouse.rows import Row
from storage.warehouse.summary import Counts
from storage.warehouse.sync import rows_of, sync


def sync_indicators(connection: Connection) -> dict[str, Counts]:
    """Bring tables `indicator` and `indicator_form` to the code list of this nianbao.

    Nothing is removed: figures of an older code list keep their labels.
    """
    lock(connection)  # two first loads at once would both insert it
    return {
        "indicator": _sync(connection, "indicator", indicator_rows()),
        "indicator_form": _sync(connection, "indicator_form", indicator_form_rows()),
    }


def indicator_rows() -> list[Row]:
    """The rows of table `indicator`."""
    return [
        {
            "id": indicator.id,
            "position": position,
            "form_table": indicator.table,
            "form_row": indicator.row,
            "form_column": indicator.column,
            "row_label": indicator.label_row,
            "column_label": indicator.label_column,
            "unit": indicator.unit,
            "article": indicator.article,
            "is_total": indicator.is_total,
        }
        for position, indicator in enumerate(load_indicators(), start=1)
    ]


def indicator_form_rows() -> list[Row]:
    """The rows of table `indicator_form`."""
    return [
        {"indicator_id": indicator.id, "form": form}
        for indicator in load_indicators()
        for form in indicator.forms
    ]


def _sync(connection: Connection, name: str, wanted: list[Row]) -> Counts:
    table: Table = Base.metadata.tables[name]
    return sync(connection, table, rows_of(connection, select(table)), wanted, remove=False)
