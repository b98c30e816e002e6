"""One self-contained page over all files: no script, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from string import Template

from pipeline.commands.checking.checked import Standing
from pipeline.commands.checking.markup import Markup, join, tag
from pipeline.commands.checking.text import outcome, short_names, summary_line
from pipeline.commands.checking.words import SEVERITIES, Language, Words, visible

TITLE = Words("政府信息公开工作年度报告检查", "Check of annual disclosure reports")
HEADS = (Words("文件", "file"), Words("单位", "agency"), Words("年度", "year"))
RESULT = Words("结果", "result")
LEGEND = (
    (
        "error",
        Words("错误：数字有疑问或互相矛盾", "error: a figure is doubtful or contradicts another"),
    ),
    ("warning", Words("警告：缺少或不清楚", "warning: not there or not clear")),
    ("note", Words("提示：写法特殊，读数无误", "note: printed oddly, read with certainty")),
    ("culprit", Words("疑点：改动这一格则全部成立", "hint: changed alone, this cell mends all")),
    ("suspect", Words("疑点：几格之中改动任一格即可", "hint: one of several cells that would")),
)
FOOT = Words(
    "nianbao check 生成。只指出疑点，不改动报告；改动前请核对原始数据。",
    "Made by nianbao check. It points out, it corrects nothing: compare with your records.",
)


def page(articles: Sequence[Markup], standings: Sequence[Standing], language: Language) -> str:
    """The whole page; with several files an index stands first."""
    index = _index(standings, language) if len(standings) > 1 else Markup("")
    legend = tag("ul", *(tag("li", w.said(language), class_=c) for c, w in LEGEND), class_="legend")
    body = join(index, *articles, tag("footer", legend, tag("p", FOOT.said(language))))
    title = TITLE.said(language)
    if len(standings) == 1:
        title = f"{standings[0].file} · {title}"
    return Template(_packaged("page.html")).substitute(
        lang="zh-CN" if language == "zh" else "en",
        title=join(title),
        style=_packaged("page.css"),
        body=body,
    )


def _index(standings: Sequence[Standing], language: Language) -> Markup:
    words = (*HEADS, *SEVERITIES.values(), RESULT)
    heads = tag("tr", *(tag("th", word.said(language)) for word in words))
    names = short_names(standings)
    rows = [_row(each, names[n - 1], n, language) for n, each in enumerate(standings, 1)]
    summary = tag("p", summary_line(standings, language), class_="counts")
    table = tag("div", tag("table", heads, *rows, class_="index"), class_="scroll")
    return tag("nav", tag("h1", TITLE.said(language)), summary, table)


def _row(each: Standing, name: str, number: int, language: Language) -> Markup:
    year = str(each.report_year) if each.report_year else "-"
    counted = [
        tag("td", str(count) if each.is_read else "-", class_=kind.value if count else "")
        for kind, count in each.counts.items()
    ]
    link = tag("a", name, href=f"#r{number}")
    outcome_ = tag("td", outcome(each).said(language), class_="" if each.is_ok else "error")
    agency = tag("td", visible(each.agency or "-"))
    return tag("tr", tag("td", link), agency, tag("td", year), *counted, outcome_)


def _packaged(name: str) -> str:
    return files("pipeline.commands.checking").joinpath(name).read_text("utf-8")
