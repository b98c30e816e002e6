"""From a case to its draft: an orderly report, then its deviations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from crawlers.practice.corpus import prose
from crawlers.practice.corpus.deviations import STEPS
from crawlers.practice.corpus.figures import figures
from crawlers.practice.corpus.grids import grids
from crawlers.practice.corpus.model import Block, Case, Draft, Grid, Heading, Prose, dice
from crawlers.practice.model import PracticeError

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
FORMS = {
    "2019": {"t2": "2019", "t3": "2019", "t4": "2019"},
    "2021": {"t2": "2021", "t3": "2021", "t4": "2021"},
    "2021+2019": {"t2": "2021", "t3": "2019", "t4": "2021"},
    "2019+2021": {"t2": "2019", "t3": "2021", "t4": "2019"},
    "2014": {"s14": "2014"},
    "none": {},
}
"""The name of a form, or of a mixture as pages print it -> the form of each table."""


def compose(case: Case) -> Draft:
    """The draft of a case; the same name gives the same draft."""
    random = dice(case.name)
    draft = orderly(case, random)
    for name, options in case.steps:
        if name not in STEPS:
            raise PracticeError(f"{case.name}: no step {name!r}; there are: {', '.join(STEPS)}")
        draft = STEPS[name](draft, random, **options)
    return draft


def orderly(case: Case, random: Random, drawn: Mapping[str, Decimal] | None = None) -> Draft:
    """A report without any deviation; its figures are those given, or drawn too."""
    forms = FORMS[case.form]
    truth = figures(forms, random, case.scale) if drawn is None else drawn
    return Draft(
        agency=case.agency,
        title=f"{case.agency}{case.year}年政府信息公开工作年度报告",
        year=case.year,
        forms=forms,
        truth=truth,
        blocks=tuple(_blocks(case, random, grids(forms, truth))),
        published=f"{case.year + 1}-01-{random.randint(10, 28)}",
        style=case.style,
        expects=case.expects,
    )


def _blocks(case: Case, random: Random, tables: dict[str, Grid]) -> Iterator[Block]:
    yield prose.preamble(case.agency, case.year, random)
    headings = iter(Heading(text, place) for place, text in enumerate(HEADINGS, start=1))
    yield next(headings)
    yield from prose.section("overview", case.agency, case.year, random, case.length * 3 // 4)
    for table in ("t2", "t3", "t4"):
        yield next(headings)
        if table in tables:
            yield tables[table]
        elif not tables:
            yield Prose("本节数字见上文。")
    yield next(headings)
    yield from prose.section("problems", case.agency, case.year, random, case.length // 4)
    yield next(headings)
    yield prose.other(case.year, random)
    if "s14" in tables:
        yield Prose(f"附表：政府信息公开情况统计表（{case.year}年度）")
        yield tables["s14"]
