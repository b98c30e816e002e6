"""The fifteen traps of prose facts, each in a sentence of our own."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts

YEAR = 2020


def facts(
    text: str, section: str = "overview", scope: Scope = Scope.AGENCY
) -> dict[str, list[Any]]:
    """Facts by id; Any, for a Decimal equals the int that a test names."""
    found: dict[str, list[Any]] = {}
    for fact in read_facts([Section(section, "", text)], YEAR, scope):
        found.setdefault(fact.id, []).append(fact)
    return found


def values(text: str, section: str = "overview") -> dict[str, list[Any]]:
    return {id_: [f.value for f in each] for id_, each in facts(text, section).items()}


def test_a_year_left_over_from_a_copy_does_not_take_the_total_from_the_report_year() -> None:
    (total,) = facts("2019年度主动公开各类信息612条，其中规划计划9条，财政资金3条。")[
        "n.proactive_total"
    ]

    assert (total.value, total.period) == (612, "year")


def test_a_year_before_that_stands_beside_this_year_stays_a_year_before() -> None:
    text = "2019年收到政府信息公开申请31件，2020年收到政府信息公开申请22件。"
    found = facts(text)["n.requests_received"]

    assert [(f.value, f.period) for f in found] == [(31, "prior_year"), (22, "year")]


def test_an_evaluation_of_last_year_is_of_last_year() -> None:
    (found,) = facts("我局2019年度政务公开第三方评估结果为良好。")["n.evaluation"]

    assert (found.value, found.raw, found.period) == (None, "良好", "prior_year")


def test_a_running_total_is_not_the_year() -> None:
    text = (
        "官方微博发布信息820篇。截至2020年12月底，官方微博共发布信息3100余条。"
        "共公开文件57份，历年累计840份。"
    )
    found = facts(text)

    assert [(f.value, f.period) for f in found["n.proactive.weibo"]] == [
        (820, "year"),
        (3100, "cumulative"),
    ]
    assert [(f.value, f.period) for f in found["n.proactive_total"]] == [
        (57, "year"),
        (840, "cumulative"),
    ]


def test_what_is_new_beside_a_running_total_is_the_year() -> None:
    found = facts("累计主动公开政府信息已达410条，2020年新增36条。")["n.proactive_total"]

    assert [(f.value, f.period) for f in found] == [(410, "cumulative"), (36, "year")]


def test_the_items_of_a_list_are_no_total_and_one_without_a_counter_counts() -> None:
    text = "全年主动公开各类信息90条。其中包括规划计划30条、社会民生25、应急管理30条。"
    found = values(text)

    assert found["n.proactive_total"] == [90]
    assert found["n.proactive.by_topic"] == [30, 25, 30]


def test_posts_about_news_are_no_press_conferences_and_posts_about_proposals_no_proposals() -> None:
    text = "主动公开信息300条，其中新闻发布18条，建议提案办理7条，本级政策解读6条。"
    found = values(text)

    assert not found.keys() & {"n.press_conferences", "n.proposals", "n.proposals_npc"}
    assert found["n.proactive.by_topic"] == [18, 7, 6]
    assert found["n.interpretations.own"] == [6]


@pytest.mark.parametrize(
    "text",
    [
        "行政许可公开信息3121条。",
        "重点领域公开222条。",
        "“双随机一公开”21条。",
        "受理行政许可申请120件。",
        "答复书一式三份，登记、转办、答复三个环节都有专人。",
    ],
)
def test_a_narrower_or_another_thing_is_neither_total_nor_request(text: str) -> None:
    assert values(text) == {}


def test_the_power_list_is_no_count_of_decisions() -> None:
    found = facts("权责清单现有行政许可事项6项、行政处罚事项120项。")

    assert {id_: f[0].value for id_, f in found.items()} == {
        "n.power_list.licensing": 6,
        "n.power_list.penalty": 120,
    }


def test_cases_decided_as_authority_are_not_those_against_the_agency() -> None:
    text = "全年作为复议机关办理行政复议案件12件；对我厅行政行为不服的行政诉讼案件3件，无一败诉。"
    found = facts(text, "disputes")

    assert set(found) == {
        "n.other_cases.reconsideration",
        "n.other_cases.litigation",
        "n.other_cases.litigation_lost",
    }
    assert found["n.other_cases.reconsideration"][0].scope == "reviewing_authority"
    assert found["n.other_cases.litigation_lost"][0].value == 0


def test_cases_on_file_with_a_higher_authority_are_not_those_of_table_four() -> None:
    assert "n.reconsideration" not in values("全市复议备案134件。", "disputes")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全市主动公开政府信息18万余条。", "region"),
        ("2020年，全区各单位通过政府网站，主动公开信息90条。", "region"),
        ("我局主动公开政府信息90条。", "agency"),
        ("按照全省统一部署，主动公开政府信息90条。", "agency"),
        ("为全省发展营造环境，主动公开政府信息90条。", "agency"),
    ],
)
def test_scope_is_the_region_only_where_the_region_is_the_subject(text: str, scope: str) -> None:
    (fact,) = facts(text)["n.proactive_total"]

    assert fact.scope == scope


def test_a_government_speaks_for_its_region_unless_it_says_its_own_office() -> None:
    found = facts("共收到政府信息公开申请90件。本机关收到政府信息公开申请5件。", scope=Scope.REGION)

    assert [(f.value, f.scope) for f in found["n.requests_received"]] == [
        (90, "region"),
        (5, "agency"),
    ]


@pytest.mark.parametrize(
    "text", ["2020年末收取信息处理费。", "2020 年末收取信息处理费用。", "末发生收费情况。"]
)
def test_a_misprinted_not_before_collected_means_nothing_was_collected(text: str) -> None:
    (fact,) = facts(text, "other_matters")["n.fee_cny"]

    assert (fact.value, fact.period) == (0, "year")


def test_the_end_of_the_year_with_an_amount_is_the_end_of_the_year() -> None:
    assert values("2020年末收取信息处理费用260元。", "other_matters") == {"n.fee_cny": [260]}


def test_a_fact_is_as_printed_even_where_a_table_says_otherwise() -> None:
    (fact,) = facts("全年受理申请258件。")["n.requests_received"]

    assert (fact.value, fact.raw) == (258, "258")


def test_people_trained_are_no_training_sessions_and_leaflets_are_nothing() -> None:
    text = "共培训260余人。办宣传咨询日活动5300余场，发宣传资料12万册，挂标语5万条。"

    assert values(text) == {"n.people_trained": [260]}


def test_names_telephones_and_addresses_are_no_facts() -> None:
    text = (
        "联系人：张某某，联系电话：0371-65500000，传真65500001，邮箱a1234@example.gov.cn，"
        "邮编450000，地址：和平路3号2楼。"
    )

    assert values(text) == {}
    assert values(text, "preface") == {}


def test_two_equal_statements_are_one_fact() -> None:
    text = "全年收到依申请公开申请7起。全年收到依申请公开申请7起。"

    assert values(text) == {"n.requests_received": [7]}


def test_a_sentence_about_another_body_keeps_the_words_that_say_so() -> None:
    (fact,) = facts("市人力资源部门共接到政府信息公开申请4件。")["n.requests_received"]

    assert "市人力资源部门" in fact.sentence


def test_a_rate_is_no_count() -> None:
    text = "主动公开率90.2%，满意率100%，全文电子化率100%，依申请公开答复率100%。"
    found = facts(text)

    assert all(id_.startswith("n.rate.") for id_ in found)
    assert {f[0].counter for f in found.values()} == {"%"}


@pytest.mark.parametrize(
    ("words", "value", "raw", "qualifier"),
    [
        ("1500余", 1500, "1500余", "余"),
        ("18万余", 180000, "18万余", "余"),
        ("20余万", 200000, "20余万", "余"),
        ("近300", 300, "300", "近"),
        ("约30", 30, "30", "约"),
        ("超过20", 20, "20", "超"),
        ("四十余", 40, "四十余", "余"),
        ("1,559", 1559, "1,559", "exact"),
        ("１２", 12, "１２", "exact"),
        ("2.5万", 25000, "2.5万", "exact"),
    ],
)
def test_a_word_that_blurs_a_figure_survives(
    words: str, value: int, raw: str, qualifier: str
) -> None:
    (fact,) = facts(f"全年主动公开政府信息{words}条。")["n.proactive_total"]

    assert (fact.value, fact.qualifier, fact.counter) == (value, qualifier, "条")
    assert fact.raw == raw.translate(str.maketrans("１２", "12"))


@pytest.mark.parametrize(("behind", "qualifier"), [("左右", "左右"), ("以上", "以上")])
def test_a_word_behind_the_counter_blurs_too(behind: str, qualifier: str) -> None:
    (fact,) = facts(f"全年主动公开政府信息500条{behind}。")["n.proactive_total"]

    assert (fact.value, fact.qualifier) == (500, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "我局认真办理，全年共收到政府信息公\n开申请15件，均已答复。",
        "我局认真办理，全年共收到政府信息公开申请1\n5件，均已答复。",
        "我局认真办理，全年共收到政府信息公开申请\n- 3 -\n15件，均已答复。",
    ],
)
def test_a_sentence_torn_by_a_page_break_is_read_and_found_where_it_is_stored(text: str) -> None:
    (fact,) = facts(text)["n.requests_received"]

    assert fact.value == 15
    clause = text[fact.start : fact.end]
    assert clause.startswith("全年共收到")
    assert clause.endswith("5件")


def test_a_heading_is_not_joined_with_the_line_below() -> None:
    found = facts("（二）依申请公开情况\n全年收到申请3件。")["n.requests_received"]

    assert [f.sentence for f in found] == ["全年收到申请3件。"]


@pytest.mark.parametrize(
    "text", ["无", "无。", "我局无其他需要报告的事项", "没有需要报告的其他事项。"]
)
def test_section_six_may_say_that_there_is_nothing(text: str) -> None:
    assert values(text, "other_matters") == {"n.section6": [0]}


def test_section_six_may_hold_the_fee_and_more() -> None:
    text = "本年度发出收费通知2件，总金额380元，实际收取380元。2021年计划举办培训2期。"
    found = facts(text, "other_matters")

    assert (found["n.fee_notices"][0].value, found["n.fee_notified_cny"][0].value) == (2, 380)
    assert found["n.fee_cny"][0].value == 380
    assert found["n.training_sessions"][0].period == "planned"
    assert "n.section6" not in found


@pytest.mark.parametrize("text", ["（二）行政诉讼——未经复议直接起诉", "未经行政复议直接起诉2件。"])
def test_a_suit_without_reconsideration_does_not_say_that_there_was_none(text: str) -> None:
    assert "n.reconsideration" not in values(text, "disputes")
