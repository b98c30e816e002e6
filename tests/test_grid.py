"""Tables are read from the DOM, spans and all."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.extract.grid import MAX_COLUMNS, is_cut, is_layout, read_grid
from pipeline.model import Cell


def table(html: str) -> etree._Element:
    found = etree.fromstring(html, parser=etree.HTMLParser()).find(".//table")
    assert found is not None
    return found


def grid(html: str) -> tuple[tuple[Cell, ...], ...]:
    return read_grid(table(html))


def arranges(rows: tuple[tuple[Cell, ...], ...]) -> bool:
    return is_layout(rows, [len(cell.text) for row in rows for cell in row])


def places(html: str) -> list[list[tuple[str, int]]]:
    return [[(cell.text, cell.column) for cell in row] for row in grid(html)]


def test_a_cell_stands_in_the_column_where_a_browser_draws_it() -> None:
    html = (
        "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td></tr>"
        "<tr><td>c</td></tr><tr><td>d</td><td>e</td><td>f</td></tr></table>"
    )

    assert places(html) == [
        [("a", 1), ("b", 3)],
        [("c", 3)],
        [("d", 1), ("e", 2), ("f", 3)],
    ]


def test_two_rowspans_side_by_side_end_on_their_own_rows() -> None:
    html = (
        "<table><tr><td rowspan=3>a</td><td rowspan=2>b</td><td>c</td></tr>"
        "<tr><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>"
    )

    assert places(html)[1:] == [[("d", 3)], [("e", 2), ("f", 3)]]


def test_text_is_taken_from_whatever_inline_tag_carries_it() -> None:
    html = (
        "<table><tr><td><p><o:p>7</o:p></p></td><td><center>8</center></td>"
        "<td><st1:chmetcnv>9</st1:chmetcnv></td><td><span>1</span><span>0</span></td>"
        "<td><input value=11></td></tr></table>"
    )

    assert [cell.text for cell in grid(html)[0]] == ["7", "8", "9", "10", "11"]


def test_a_cell_without_a_figure_of_its_own_is_what_its_field_or_its_picture_says() -> None:
    html = (
        "<table><tr><td><input value=11>件</td><td><input value=无></td>"
        "<td><img alt=7></td><td><img src=a.png></td><td><img alt=x width=1></td>"
        "<td>5<img alt=7></td></tr></table>"
    )

    assert [cell.text for cell in grid(html)[0]] == ["11件", "无", "[图]7", "[图]", "", "5"]


def test_a_rowspan_of_a_billion_ends_with_its_table() -> None:
    html = (
        "<table><tr><td rowspan=999999999 colspan=999999999>a</td></tr><tr><td>b</td></tr></table>"
    )

    assert places(html) == [[("a", 1)], [("b", 2)]]


def test_a_colspan_that_no_form_has_counts_as_one_and_loses_no_cell() -> None:
    html = "<table><tr><td colspan=300>a</td><td>1</td><td>2</td></tr></table>"

    assert places(html) == [[("a", 1), ("1", 2), ("2", 3)]]


def test_a_table_too_wide_is_cut_and_said_to_be() -> None:
    html = f"<table><tr>{'<td>1</td>' * 10_000}</tr></table>"

    read = grid(html)

    assert len(read[0]) == MAX_COLUMNS
    assert is_cut(table(html), read)


def test_a_table_round_one_heading_is_layout() -> None:
    assert arranges(grid("<table><tr><td></td><td>一、总体情况</td></tr></table>"))
    assert not arranges(grid("<table><tr><td>行政许可</td><td>7</td></tr></table>"))


def test_a_table_that_arranges_the_page_is_layout() -> None:
    assert arranges(grid(f"<table><tr><td>{'正文' * 400}</td><td>栏目</td></tr></table>"))
    assert not arranges(grid("<table><tr><td>规章</td><td>0</td></tr></table>"))


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=9), min_size=1, max_size=9))
def test_a_plain_table_comes_back_cell_by_cell(rows: list[list[int]]) -> None:
    body = "".join(f"<tr>{''.join(f'<td>{n}</td>' for n in row)}</tr>" for row in rows)

    read = grid(f"<table>{body}</table>")

    assert [[int(cell.text) for cell in row] for row in read] == rows
    assert [[cell.column for cell in row] for row in read] == [
        list(range(1, len(row) + 1)) for row in rows
    ]
