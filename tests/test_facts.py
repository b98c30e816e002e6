"""Facts of the prose: their wordings, their places, their data, their cost."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crawlers.practice.library import load_site
from pipeline.forms.facts import compile_pattern, fact_table, load_facts
from pipeline.jsonl import report_object
from pipeline.model import Fact, Scope, Section
from pipeline.parse.facts.numbers import chinese
from pipeline.parse.facts.read import read_facts
from tests.practice_support import REPORTS, read

GOLDEN = Path(__file__).parent / "golden" / "practice_facts.json"
MILLION = 1_000_000
MILLISECONDS = 5
"""Ten times what a page costs on a quiet machine; the benchmark prints the exact cost."""


def in_words(fact: Fact) -> str:
    """A fact as a line of the golden file."""
    value = "-" if fact.value is None else f"{fact.value.normalize():f}"
    return " ".join(
        (fact.id, value, fact.raw, fact.counter or "-", fact.qualifier, fact.scope, fact.period)
    )


def said(text: str, section: str = "overview") -> dict[str, Any]:
    found = read_facts([Section(section, "", text)], 2020, Scope.AGENCY)
    return {fact.id: fact.value for fact in found}


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_the_facts_of_each_practice_page_are_the_golden_ones(column: str, year: int) -> None:
    """Read by a person once, entry by entry; a change of the reader shows here as a diff."""
    facts = [in_words(fact) for fact in read(column, year).facts]

    assert facts == json.loads(GOLDEN.read_text("utf-8"))[f"{column} {year}"]


@pytest.mark.parametrize(("column", "year"), REPORTS)
def test_the_figure_of_every_fact_stands_at_its_place(column: str, year: int) -> None:
    report = read(column, year)
    texts = {section.id: section.text for section in report.sections}

    for fact in report.facts:
        clause = "".join(texts[fact.section][fact.start : fact.end].split())
        assert fact.raw.split("…")[0] in clause
        assert "".join(fact.sentence.split()) in "".join(texts[fact.section].split())


def test_the_prose_facts_of_the_invented_province_are_its_data() -> None:
    """The sentences are filled from these figures, so what is read must be what was filled in."""
    site = load_site("yunjiang_yjglt")
    for report in site.reports:
        facts = read(site.id, report.report_year).facts
        found: dict[str, Any] = {f.id: f.value for f in facts}
        assert found["n.proactive_total"] == (
            found["n.proactive.website"] + found["n.proactive.weibo"] + found["n.proactive.wechat"]
        )
        assert found["n.requests_received"] == report.figures["t3.new_received.total"]
        by_channel = (found[f"n.requests.by_channel.{c}"] for c in ("online", "letter"))
        assert sum(by_channel) == found["n.requests_received"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("通过门户网站公开政府信息120条。", {"n.proactive.website": 120}),
        ("短信平台发布预警信息45条。", {"n.proactive.other_media.sms": 45}),
        ("制作短视频58条。", {"n.proactive.other_media.short_video": 58}),
        (
            "召开新闻发布会4场、新闻通气会9场。",
            {"n.press_conferences": 4, "n.press_conferences.briefings": 9},
        ),
        ("发布政策解读共32件。", {"n.interpretations": 32}),
        ("制发规范性文件0件，废止1件。", {"n.normative": 0, "n.normative.repealed": 1}),
        ("承办人大建议、政协提案13件。", {"n.proposals": 13}),
        ("代表建议6件，委员提案4件。", {"n.proposals_npc": 6, "n.proposals_cppcc": 4}),
        (
            "征集调查3期，收到公众意见38条。",
            {"n.consultations": 3, "n.consultations.opinions": 38},
        ),
        ("在线访谈24场，政府开放日2次。", {"n.interviews": 24, "n.open_days": 2}),
        (
            "收到政府信息公开申请9件，同比下降12.3%。",
            {"n.requests_received": 9, "n.requests_yoy": Decimal("-12.3")},
        ),
        (
            "收到申请9件，其中自然人申请8件，法人或其他组织申请1件。",
            {
                "n.requests_received": 9,
                "n.requests.by_applicant.natural_person": 8,
                "n.requests.by_applicant.organisation": 1,
            },
        ),
        ("收到公民、法人和其他组织政府信息公开申请9件。", {"n.requests_received": 9}),
        (
            "未发生因信息公开引起的行政复议、行政诉讼。",
            {"n.reconsideration": 0, "n.litigation": 0},
        ),
        ("行政复议、行政诉讼均为0件。", {"n.reconsideration": 0, "n.litigation": 0}),
        (
            "未发生被行政复议纠错或行政诉讼败诉情形。",
            {"n.corrected_or_lost.reconsideration": 0, "n.corrected_or_lost.litigation": 0},
        ),
        (
            "被申请行政复议5件，其中维持3件，纠正1件，尚未审结1件。",
            {
                "n.reconsideration": 5,
                "n.reconsideration.upheld": 3,
                "n.reconsideration.corrected": 1,
                "n.reconsideration.pending": 1,
            },
        ),
        (
            "对6件政府信息公开申请收取了信息处理费950元。",
            {"n.fee_cases": 6, "n.fee_cny": 950},
        ),
        (
            "举办2期政务公开培训班，培训工作人员300人。",
            {"n.training_sessions": 2, "n.people_trained": 300},
        ),
        ("举办第六期政务公开培训班，每季度培训1次。", {}),
        ("网站总访问次数达785407人次。", {"n.site_visits": 785407}),
        ("编辑政府公报24期。", {"n.gazette_issues": 24}),
        (
            "备案政务新媒体176个，政府网站1个。",
            {"n.platforms.new_media": 176, "n.platforms.website": 1},
        ),
        ("收到网民留言85条，回复80条。", {"n.messages_received": 85, "n.messages_answered": 80}),
    ],
)
def test_a_wording_states_its_facts_and_no_other(text: str, facts: dict[str, Any]) -> None:
    assert said(text) == facts


def test_all_within_the_time_limit_are_those_received_in_the_same_sentence() -> None:
    found = said("全年收到申请7件，均在法定期限内办结。")

    assert (found["n.answered_on_time"], found["n.requests_processed"]) == (7, 7)
    carried = said("全年收到申请7件，上年结转1件，均按期答复。")
    assert carried["n.answered_on_time"] is None


def test_what_section_five_denies_is_a_shortcoming_and_no_zero() -> None:
    assert said("群众申请时未收到答复，没有发生行政复议。", "problems") == {}


def test_problems_and_improvements_are_counted_by_their_numbers() -> None:
    text = (
        "（一）存在的问题\n1.更新慢。\n2.解读少。\n（二）改进情况\n1.多培训。\n2.多解读。\n3.多看。"
    )

    assert said(text, "problems") == {"n.problems": 2, "n.improvements": 3}
    assert said("公开得慢，解读也少。", "problems") == {}


@pytest.mark.parametrize(
    ("words", "value"), [("十二", 12), ("两千三百", 2300), ("四十", 40), ("一百零五", 105)]
)
def test_a_chinese_numeral_has_its_value(words: str, value: int) -> None:
    assert chinese(words) == value


def test_a_figure_torn_by_a_blank_is_not_guessed() -> None:
    assert said("全年收到政府信息公开申请1 5件。") == {}


def test_the_line_of_a_report_says_in_which_section_a_fact_stands() -> None:
    line = report_object(read("henan_yjglt", 2019), "x.html")

    fact = next(f for f in line["facts"] if f["id"] == "n.proactive_total")
    assert fact["section"] == "overview"
    text = next(s["text"] for s in line["sections"] if s["id"] == "overview")
    assert text[fact["start"] : fact["end"]] == "全年共发布信息3947条"


def test_a_pattern_that_could_take_for_ever_is_refused_when_it_is_loaded() -> None:
    with pytest.raises(ValueError, match=r"n\.x.*repeats without end"):
        compile_pattern("(?:共|共计)*#", "n.x")


def test_every_wording_has_a_figure_or_a_zero_and_needs_words_for_its_figure() -> None:
    for wording in load_facts().wordings:
        assert wording.figure or wording.zero, wording.id
        assert bool(wording.figure) == bool(wording.needs), wording.id


def test_the_table_in_the_folder_of_forms_is_current() -> None:
    """To refresh it: write what `fact_table` gives below the first paragraph of `facts.md`."""
    text = (Path(__file__).parents[1] / "pipeline/forms/facts.md").read_text("utf-8")

    assert text.endswith(f"\n\n{fact_table()}\n")


def test_the_table_of_ids_names_every_fact_that_a_page_can_give() -> None:
    known = {row.split("|")[1].strip(" `") for row in fact_table().splitlines()[2:]}

    given = {f.id for column, year in REPORTS for f in read(column, year).facts}
    assert given <= known


FOOD = [
    ("overview", "主动公开政府信息共"),
    ("overview", "公开、"),
    ("overview", "、信息"),
    ("problems", "\n"),
]
DENSE = [
    "收到申请1件",
    "1,",
    "一件",
    "从2.5万增长到",
    "(1)",
    "一是",
    "，其中1条",
    "一、问题\n",
    "未",
    "都按",
]


@pytest.mark.parametrize(("section", "seed"), FOOD)
def test_a_megabyte_of_hostile_prose_takes_seconds(section: str, seed: str) -> None:
    text = seed * (MILLION // len(seed))
    start = time.process_time()
    read_facts([Section(section, "", text)], 2020, Scope.AGENCY)

    assert time.process_time() - start < 60


@pytest.mark.parametrize("section", ["overview", "problems"])
@pytest.mark.parametrize("seed", DENSE)
def test_ten_times_the_figures_take_no_more_than_their_share(seed: str, section: str) -> None:
    def seconds(length: int) -> float:
        text = seed * (length // len(seed))
        start = time.process_time()
        read_facts([Section(section, "", text)], 2020, Scope.AGENCY)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(50_000) < 10 * 5 * max(seconds(5_000), 0.002)


def test_facts_cost_little_beside_the_reading_of_a_page() -> None:
    reports = [read(column, year) for column, year in REPORTS]
    start = time.process_time()
    for report in reports:
        read_facts(report.sections, report.report_year, report.scope)
    cost = (time.process_time() - start) / len(reports) * 1000

    assert cost < MILLISECONDS, f"{cost:.2f} ms a page"
