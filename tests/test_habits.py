"""Many findings of one kind in one table are one."""

from __future__ import annotations

from pipeline.findings import finding
from pipeline.parse.habits import HABITS, folded


def missing(table: str, count: int) -> list:  # type: ignore[type-arg]
    return [finding("row_missing", f"{table}.row_{n}", label=f"第{n}行") for n in range(count)]


def test_a_few_findings_of_a_kind_stay_each_in_its_place() -> None:
    few = missing("t3", HABITS["row_missing"].most)

    assert list(folded(few)) == few


def test_many_are_one_at_their_table_with_their_number_and_the_first_of_them() -> None:
    (one,) = folded(missing("t3", 20))

    assert (one.code, one.where) == ("rows_missing", "t3")
    assert "20" in one.message_zh
    assert "第0行" in one.message_zh


def test_tables_are_counted_apart_and_other_kinds_are_left_alone() -> None:
    other = finding("cell_unreadable", "t3.granted.total", raw="x")

    found = list(folded([*missing("t2", 2), other, *missing("t3", 20)]))

    codes = [each.code for each in found]
    assert codes == ["row_missing", "row_missing", "cell_unreadable", "rows_missing"]
