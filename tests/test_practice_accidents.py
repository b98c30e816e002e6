"""Every accident that the practice data asks for is really on its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import lxml.html
import pytest

from crawlers.practice.accidents import ACCIDENTS
from crawlers.practice.forms import T3_COLUMNS, load_form
from crawlers.practice.library import load_site, load_sites
from crawlers.practice.model import Mishap
from crawlers.practice.render import render_report
from tests.practice_support import REPORTS, rendered


def tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html)


def plain(text: str) -> str:
    """Letters and digits of a label; brackets, blanks and the misprint 由由 do not count."""
    return re.sub(r"\W", "", text).replace("由由", "由")


def row_of(column: str, year: int, row: str) -> lxml.html.HtmlElement:
    """The row of table 三 on the page whose label is the form's label of a row code."""
    heads = {"head1": "申请人情况", "head2": "自然人", "head3": "社会公益组织"}
    form = load_form(load_site(column).report(year).forms["t3"])
    label = heads.get(row) or next(b.rows[row] for b in form.t3 if row in b.rows)
    for tr in tree(rendered(column, year)).iter("tr"):
        if any(plain(td.text_content()) == plain(label) for td in tr.iter("td")):
            return tr
    raise AssertionError(f"{column} {year} prints no row {label}")


def texts_of(row: lxml.html.HtmlElement) -> list[str]:
    return [td.text_content().strip() for td in row.iter("td")]


def table_texts(column: str, year: int, table: str) -> set[str]:
    """Cell texts of the tables that stand below a table's heading, line breaks kept."""
    marks = {"t2": "二、主动公开", "t3": "三、收到和处理", "t4": "四、政府信息公开行政", "": "五、"}
    order = list(marks)
    html = re.sub(r"</p><p[^>]*>|<br/>", "\n", rendered(column, year)).replace("&nbsp;", "")
    start = html.index(f"<strong>{marks[table]}")
    end = html.index(f"<strong>{marks[order[order.index(table) + 1]]}")
    return {
        unescape(re.sub("<[^>]+>", "", t)) for t in re.findall("<td.*?</td>", html[start:end], re.S)
    }


def prose(column: str, year: int) -> str:
    return unescape(re.sub(r"<[^>]+>", "", rendered(column, year)))


def proves_lost_indents(column: str, year: int, o: Mapping[str, Any]) -> bool:
    first = next(row_of(column, year, o["row"]).iter("td"))
    label = next(
        b.rows[o["row"]] for b in load_form("2021").t3 + load_form("2019").t3 if o["row"] in b.rows
    )
    return plain(first.text_content()) == plain(label) and first.get("colspan") == str(o["span"])


def proves_ghost_cells(column: str, year: int, o: Mapping[str, Any]) -> bool:
    ghosts = sum(o.get(k, 0) for k in ("before_label", "after_label", "at_end"))
    return all(texts_of(row_of(column, year, row)).count("") >= ghosts for row in o["rows"])


def proves_label_span(column: str, year: int, o: Mapping[str, Any]) -> bool:
    def label(row: str) -> lxml.html.HtmlElement:
        tds = list(row_of(column, year, row).iter("td"))
        named = [td for td in tds if re.search(r"[一二四六七][）)、]|勾稽", td.text_content())]
        return named[-1]

    return all(label(row).get("colspan", "1") == str(o["span"]) for row in o["rows"])


def proves_group_swallows_rows(column: str, year: int, o: Mapping[str, Any]) -> bool:
    first = next(row_of(column, year, o["row"]).iter("td"))
    return (first.get("rowspan"), first.get("colspan")) == (str(o["height"]), str(o["width"]))


def proves_surplus_zero(column: str, year: int, o: Mapping[str, Any]) -> bool:
    figures = [text for text in texts_of(row_of(column, year, o["row"])) if text.isdigit()]
    return len(figures) == len(T3_COLUMNS) + 1


def proves_page_break(column: str, year: int, o: Mapping[str, Any]) -> bool:
    row = row_of(column, year, o["after"])
    table = next(row.iterancestors("table"))
    following = [e.tag for e in table.itersiblings()][:2]
    return row.getnext() is None and following == ["p", "table"]


def proves_empty_last_row(column: str, year: int, o: Mapping[str, Any]) -> bool:
    rows = [
        tr for t in tree(rendered(column, year)).iter("table") for tr in list(t.iter("tr"))[-1:]
    ]
    return any(
        set(map(str.strip, texts_of(tr))) == {""} and len(texts_of(tr)) == o["cells"] for tr in rows
    )


def proves_relabel(column: str, year: int, o: Mapping[str, Any]) -> bool:
    texts = table_texts(column, year, o["table"])
    widened = {plain(t) for t in texts} | texts
    return all(
        (new in texts or plain(new) in widened) and (old not in texts)
        for old, new in o["texts"].items()
    )


def proves_narrow_brackets(column: str, year: int, o: Mapping[str, Any]) -> bool:
    texts = table_texts(column, year, o["table"])
    return "(一) 予以公开" in texts and "（一）予以公开" not in texts


def proves_total_beside_applicants(column: str, year: int, o: Mapping[str, Any]) -> bool:
    tds = list(row_of(column, year, "head1").iter("td"))
    return [td.get("rowspan") for td in tds if td.text_content() == "总计"] == ["3"]


def proves_outcomes_in_one_row(column: str, year: int, o: Mapping[str, Any]) -> bool:
    return '<td rowspan="2" colspan="5">行政复议</td>' in rendered(column, year)


def proves_cell_markup(column: str, year: int, o: Mapping[str, Any]) -> bool:
    marks = {
        "o_p": r"<td[^>]*><p class=\"MsoNormal\"[^>]*><o:p>\d+</o:p></p></td>",
        "center": r"<td[^>]*><center>\d+</center></td>",
        "st1": r"<td[^>]*><st1:chmetcnv [^>]*>\d+</st1:chmetcnv></td>",
        "nested_p": r"<td[^>]*><p align=\"center\">\d+</p></td>",
    }
    return re.search(marks[o["markup"]], rendered(column, year)) is not None


def proves_word_spans(column: str, year: int, o: Mapping[str, Any]) -> bool:
    html = rendered(column, year)
    run = '<span lang="EN-US">{}</span>'
    return run.format(year) + "<span>年</span>" in html or f"{run.format(year)} <span>年" in html


def proves_br_paragraphs(column: str, year: int, o: Mapping[str, Any]) -> bool:
    html = rendered(column, year)
    return "一、总体情况<br/>" in html and "<p><strong>" not in html


def proves_cut_sentence(column: str, year: int, o: Mapping[str, Any]) -> bool:
    return (
        re.search(re.escape(o["after"]) + r"</p>\s*<p[^>]*>[^<]", rendered(column, year))
        is not None
    )


def proves_title_without_region(column: str, year: int, o: Mapping[str, Any]) -> bool:
    headline = next(e.text_content() for e in tree(rendered(column, year)).iter("h1", "h2"))
    site = load_site(column)
    return headline.startswith("应急管理局") and site.agency.endswith("市应急管理局")


def proves_broken_title(column: str, year: int, o: Mapping[str, Any]) -> bool:
    return f"{o['after']}<br/>政府信息公开" in rendered(column, year)


def proves_truncated_head_title(column: str, year: int, o: Mapping[str, Any]) -> bool:
    title = load_site(column).report(year).title
    return f"<title>{title[: o['length']]} - " in rendered(column, year)


def proves_body_twice(column: str, year: int, o: Mapping[str, Any]) -> bool:
    opening = load_site(column).report(year).preamble[0]
    return prose(column, year).count(opening) == 2


def proves_tables_as_images(column: str, year: int, o: Mapping[str, Any]) -> bool:
    html = rendered(column, year)
    return "<table" not in html and 'alt="说明: 表2-1(1)依申请公开"' in html


def proves_gb18030_called_gb2312(column: str, year: int, o: Mapping[str, Any]) -> bool:
    site = load_site(column)
    return b'<meta charset="gb2312">' in render_report(site.report(year), site)


def proves_as_written(column: str, year: int, o: Mapping[str, Any]) -> bool:
    return o["text"] in prose(column, year)


PROOFS: dict[str, Callable[[str, int, Mapping[str, Any]], bool]] = {
    name.removeprefix("proves_"): function
    for name, function in list(globals().items())
    if name.startswith("proves_")
}
MISHAPS = [
    pytest.param(s.id, r.report_year, m, id=f"{s.id}-{r.report_year}-{n}-{m.name}")
    for s in load_sites()
    for r in s.reports
    for n, m in enumerate(r.accidents)
]


@pytest.mark.parametrize(("column", "year", "mishap"), MISHAPS)
def test_an_accident_of_the_data_is_really_on_its_page(
    column: str, year: int, mishap: Mishap
) -> None:
    assert PROOFS[mishap.name](column, year, mishap.options)


def test_every_accident_is_used_and_has_its_proof() -> None:
    used = {m.name for s in load_sites() for r in s.reports for m in r.accidents}
    assert used == set(ACCIDENTS) == set(PROOFS)


def test_accident_proofs_fail_on_a_page_without_the_accident() -> None:
    clean = ("yunjiang_sgj", 2019)
    for column, year in REPORTS:
        for mishap in load_site(column).report(year).accidents:
            if mishap.name in {"lost_indents", "label_span", "relabel"}:
                continue  # their options name rows or texts of one form; two have cases below
            try:
                proved = PROOFS[mishap.name](*clean, mishap.options)
            except (AssertionError, ValueError, StopIteration):
                proved = False
            assert not proved, mishap.name
    assert not proves_lost_indents(*clean, {"row": "not_processed_publication", "span": 2})
    assert not proves_label_span(*clean, {"rows": ["carried_out"], "span": 2})
    assert not proves_relabel(*clean, {"table": "t4", "texts": {"结果维持": "结果 维持"}})


def test_the_gb18030_page_decodes_as_nothing_else() -> None:
    for column, year in (("xiangshan_yjglj", 2020), ("qinghe_yjglj", 2019)):
        site = load_site(column)
        body = render_report(site.report(year), site)
        for label in ("utf-8", "gb2312", "gbk"):
            with pytest.raises(UnicodeDecodeError):
                body.decode(label)
        assert site.printed in body.decode("gb18030")


def test_the_rows_of_report_004_have_ghosts_that_vary() -> None:
    widths = {
        len(texts_of(row_of("henan_sgj", 2019, row)))
        for row in ("granted", "carried_out", "new_received")
    }
    assert len(widths) > 1
