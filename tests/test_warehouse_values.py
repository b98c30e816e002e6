"""Values in the warehouse: exact, their states told apart, and what cannot be is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from pipeline.model import CellState, Figure
from storage.warehouse.load import load
from storage.warehouse.types import NotExactError, to_sqlite
from tests.storage_support import (
    AGENCY,
    MONEY,
    NOW,
    figures,
    many,
    report,
    version,
)
from tests.warehouse_support import TABLES, rows, value

pytest_plugins = ("tests.warehouse_support",)


def test_money_is_exact_and_counts_stay_whole(engine: Engine) -> None:
    cells = figures(
        changes={"t3.granted.total": "7", "t2.administrative_licensing.item_change": "-51"}
    )
    load(engine, [version(report=report(cells))], loaded_at=NOW)

    assert str(value(engine, MONEY)) == "521.0592"
    assert value(engine, "t3.granted.total") == 7
    with engine.connect() as connection:
        total = connection.execute(text("SELECT SUM(value) FROM figure WHERE value = 7")).scalar()
        found = connection.execute(
            text("SELECT COUNT(*) FROM figure WHERE value = 521.0592")
        ).scalar()
        lowest = connection.execute(text("SELECT raw FROM figure ORDER BY value LIMIT 1")).scalar()
    assert total == 7
    assert found == 1
    assert lowest == "-51"


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_sqlite_gives_money_back_to_the_last_digit(printed: Decimal) -> None:
    kept = to_sqlite(printed)

    assert Decimal(repr(kept)) == printed


def test_sqlite_refuses_a_number_it_would_change() -> None:
    with pytest.raises(NotExactError, match=r"12345678901234567\.5 has more than the 15 digits"):
        to_sqlite(Decimal("12345678901234567.5"))
    with pytest.raises(NotExactError, match="PostgreSQL"):
        to_sqlite(Decimal(2**63))
    assert to_sqlite(Decimal(2**63 - 1)) == 2**63 - 1


def test_a_number_too_long_for_sqlite_is_named_and_the_other_reports_are_loaded(
    engine: Engine,
) -> None:
    long = version(report=report(figures(changes={MONEY: "12345678901234567.8901"})))

    summary = load(engine, [long, *many(2)], loaded_at=NOW)

    if engine.dialect.name == "sqlite":
        ((agency, year, reason),) = [(r.agency, r.report_year, r.reason) for r in summary.refused]
        assert (agency, year) == (AGENCY, 2019)
        assert "12345678901234567.8901" in reason
        assert summary.tables["report"].inserted == 2
    else:
        assert summary.refused == ()
        stored = [row["value"] for row in rows(engine, "figure") if row["indicator_id"] == MONEY]
        assert Decimal("12345678901234567.8901") in stored


def test_the_states_of_a_cell_are_told_apart(engine: Engine) -> None:
    ids = [figure.id for figure in figures()]
    states = [state for state in CellState if state is not CellState.REPORTED]
    cells = tuple(
        Figure(cell, None, None, state, None) for cell, state in zip(ids, states, strict=False)
    )
    load(engine, [version(report=report(cells))], loaded_at=NOW)

    found = {row["state"] for row in rows(engine, "figure") if row["value"] is None}
    assert found == {state.value for state in states}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (Figure("t3.made.up", Decimal(1), "1", CellState.REPORTED, None), "not in the code list"),
        (Figure(MONEY, None, "1", CellState.REPORTED, None), "value_if_reported"),
        (Figure(MONEY, Decimal(0), "/", CellState.SLASH, None), "value_if_reported"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_report(
    engine: Engine, cell: Figure, reason: str
) -> None:
    summary = load(engine, [version(report=report((cell,))), *many(1)], loaded_at=NOW)

    (refusal,) = summary.refused
    assert reason in refusal.reason
    assert [row["agency"] for row in rows(engine, "report")] == [f"{AGENCY}第0局"]


def test_a_cell_given_twice_is_refused(sqlite: Engine) -> None:
    summary = load(sqlite, [version(report=report((*figures(), figures()[0])))], loaded_at=NOW)

    assert [r.reason for r in summary.refused] == [
        f"{figures()[0].id} is there twice; expected each cell once"
    ]


def test_references_hold(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(
            TABLES["figure"].insert(),
            {"report_id": "none", "indicator_id": MONEY, "state": "blank"},
        )
