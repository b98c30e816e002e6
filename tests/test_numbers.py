"""What stands in a figure cell: a number, or one of the ways to print none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import CellState
from pipeline.parse.numbers import read_number


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", "0"),
        (" 7 ", "7"),
        ("１２", "12"),
        ("1,068", "1068"),
        ("1，068件", "1068"),
        ("-51", "-51"),
        ("−51", "-51"),
        ("减4", "-4"),
        ("减少44", "-44"),
        ("+5", "5"),
        ("↓3项", "-3"),
        ("↑6", "6"),
        ("521.0592", "521.0592"),
        ("22（其中修订16件）", "22"),
        ("55 (含自然失效29件)", "55"),
        ("20\u200b23", "2023"),
        ("41303（不含咨询8件）件", "41303"),
        ("3482①", "3482"),
        ("12²", "12"),
        ("126[2]", "126"),
        ("36件【注】", "36"),
        ("1324*", "1324"),
        ("零", "0"),
        ("〇", "0"),
        ("0\u00ad", "0"),
        ("\u202d7\u202c", "7"),
        ("[图]9", "9"),
        ("'46", "46"),
        ("18。", "18"),
        ("0；", "0"),
        ("\u20117", "-7"),
    ],
)
def test_a_number_is_read_however_it_is_printed(raw: str, value: str) -> None:
    assert read_number(raw) == (CellState.REPORTED, Decimal(value))


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("", CellState.BLANK),
        ("\u3000\xa0", CellState.BLANK),
        ("/", CellState.SLASH),
        ("／", CellState.SLASH),
        ("-", CellState.DASH),
        ("—", CellState.DASH),
        ("——", CellState.DASH),
        ("无", CellState.NONE),
        ("若干", CellState.UNREADABLE),
        ("①", CellState.UNREADABLE),
        ("2、", CellState.UNREADABLE),
        ("5.", CellState.UNREADABLE),
        ("；", CellState.UNREADABLE),
        ("[图]", CellState.UNREADABLE),
        ("[图]未标题-1", CellState.UNREADABLE),
        ("7 8件9", CellState.UNREADABLE),
        ("1,06", CellState.UNREADABLE),
        ("1234567890123", CellState.UNREADABLE),
        ("028-8663366", CellState.UNREADABLE),
    ],
)
def test_what_is_no_number_never_becomes_one(raw: str, state: CellState) -> None:
    assert read_number(raw) == (state, None)


@given(st.integers(-999_999, 999_999), st.sampled_from(["", "件", "项", "个"]))
def test_any_count_comes_back_as_printed(count: int, unit: str) -> None:
    assert read_number(f"{count}{unit}") == (CellState.REPORTED, Decimal(count))


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail_or_report_without_a_digit(raw: str) -> None:
    state, value = read_number(raw)

    assert (value is not None) == (state is CellState.REPORTED)
    if value is not None:
        assert any(letter.isdigit() or letter.isnumeric() for letter in raw)
