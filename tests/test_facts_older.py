"""How the prose of the reports before 2019, and of later ones that kept its ways, states facts."""

from __future__ import annotations

import pytest

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts
from tests.facts_support import stated, values

SINCE_2008 = "2008年5月以来，我局累计主动公开政府信息1630条，其中2022年新增471条。"


def test_what_was_published_since_the_regulation_is_no_figure_of_an_earlier_year() -> None:
    assert stated(SINCE_2008) == [
        ("proactive_total", 1630, "cumulative"),
        ("proactive_total", 471, "year"),
    ]


def test_a_running_total_in_brackets_dates_nothing_behind_them() -> None:
    text = "官方微博发布信息840篇（开通以来累计发布2100条，粉丝3150人）；网站发布信息377条。"
    found = {(id_, period) for id_, _, period in stated(text)}

    assert ("proactive.website", "year") in found
    assert ("followers.weibo", "as_of") in found


def test_the_rate_of_growth_is_of_the_year_reported_on_whatever_year_stands_beside_it() -> None:
    text = "2022年共收到政府信息公开申请18件，2021年为24件，同比减少25%。"

    assert ("requests_yoy", -25, "year") in stated(text)


def test_cases_of_every_kind_that_the_agency_handled_are_not_those_about_disclosure() -> None:
    found = values("全年我局办理治安行政复议案件13件，行政诉讼案件5件。")

    assert "litigation" not in found
    assert found["other_cases.litigation"] == [5]


def test_what_an_applicant_was_told_is_not_what_was_published() -> None:
    found = values("收到申请9件，予以公开6件，告知不属于本机关公开3件。")

    assert "proactive_total" not in found
    assert found["results.unavailable.not_held"] == [3]


def test_each_account_is_counted_under_its_own_name() -> None:
    found = values("全局开设网站1个、政务新媒体账号3个。")

    assert (found["platforms.website"], found["platforms.new_media"]) == ([1], [3])


def test_a_numbered_heading_is_no_beginning_of_the_line_below_it() -> None:
    section = Section("preface", "", "三、监督培训\n全县举办业务培训4期，培训310人次。")
    trained = read_facts([section], 2022, Scope.AGENCY)[-1]

    assert (trained.id, trained.scope) == ("n.people_trained", "region")
    assert trained.sentence.startswith("全县")


@pytest.mark.parametrize(
    ("text", "id_", "value"),
    [
        ("收到申请20件。其中，“非本部门掌握”的2件。", "results.unavailable.not_held", 2),
        ("收到申请23件，属于已公开范围7件、同意公开14件、不同意公开2件。", "results.granted", 14),
        ("收到公开政府信息申请16件，按时办结16件。同意公开11件。", "results.granted", 11),
        ("收到申请8件；答复公开3件、部分公开1件。", "results.granted", 3),
        ("收到公开政府信息申请16件。", "requests_received", 16),
        ("上半年收到申请5件，下半年收到申请8件，全年共13件。", "requests_received", 13),
        ("收到申请31件，比2021年（44件）下降29%。", "requests_yoy", -29),
        ("收到依申请公开9件（网上8件，当面1件）。", "requests.by_channel.online", 8),
        ("通过互联网提交申请9件，以信函形式申请7件。", "requests.by_channel.online", 9),
        ("收到申请2件，均以信函方式提出。", "requests.by_channel.letter", 2),
        ("受理申请5件，都是当面申请。", "requests.by_channel.in_person", 5),
        ("受理申请2件，均通过网络平台提交，均按时答复。", "requests.by_channel.online", 2),
        ("因信息公开被申请行政复议2件、行政诉讼1件，未发生败诉。", "litigation", 1),
        ("引发行政复议1件，未引发行政诉讼。", "reconsideration", 1),
        ("因政府信息公开引起的行政复议、行政诉讼均为零。", "reconsideration", 0),
        ("因政府信息公开引起的行政复议、行政诉讼均为零。", "litigation", 0),
        ("因信息公开的行政复议数、行政诉讼数均为0。", "reconsideration", 0),
        ("不存在因政府信息公开被复议、诉讼的情形。", "litigation", 0),
        ("未发出收费通知。", "fee_notices", 0),
        ("本年度收取检索、复制等费用826.50元。", "fee_cny", 826),
        ("召开新闻发布会（通气会）4场。", "press_conferences", 4),
        ("举办“政府开放日”活动2场。", "open_days", 2),
        ("办理建议、提案11件，其中建议5件、提案6件。", "proposals_npc", 5),
        ("办理建议、提案11件，其中建议5件、提案6件。", "proposals_cppcc", 6),
        ("举办政务公开培训班1期，86人参加。", "people_trained", 86),
        ("举办了2期信息员培训班，培训信息员96名。", "people_trained", 96),
        ("办理人大议案建议5件，政协提案9件。", "proposals_npc", 5),
        ("开通政务微博58个、政务微信41个。", "platforms.wechat", 41),
        ("网上征集民意8期，收到建议56条。", "consultations.opinions", 56),
        ("微信公众号推送图文信息96期。", "proactive.wechat", 96),
        ("全年未发生检索、复制、邮寄等收费。", "fee_cny", 0),
        ("全年无政府信息公开申请，无行政复议和行政诉讼。", "requests_received", 0),
        ("本年度信息处理费为零。", "fee_cny", 0),
        ("市环保局公开空气、水质监测等各类信息18万余条。", "proactive_total", 180000),
        ("收到的19件申请中，网上提交12件。", "requests_received", 19),
    ],
)
def test_a_fact_in_the_words_of_older_reports_is_read(text: str, id_: str, value: int) -> None:
    assert value in values(text)[id_]


def test_a_sum_behind_its_channels_is_the_total_and_another_figure_is_not() -> None:
    channels = "网站公开政府信息820条，微信公众号发布信息316条，"

    assert values(f"{channels}共计1136条。")["proactive_total"] == [1136]
    assert "proactive_total" not in values(f"{channels}共计1400条。")


def test_items_without_counters_are_counted_where_a_channel_is_named() -> None:
    found = values("全年在政府网站发布信息42、微信公众号发布信息96条。")

    assert (found["proactive.website"], found["proactive.wechat"]) == ([42], [96])


def test_a_year_and_a_range_are_no_items_without_counters() -> None:
    assert values("在政府网站发布2021、2022年决算。") == {}
    assert "proactive_total" not in values("发布信息1500、1600条。")


def test_channels_that_close_with_and_the_like_keep_their_name() -> None:
    text = "主动公开信息300条，其中网站102条，微信公众等平台发布86条，广播、电视、报刊等112条。"
    found = values(text)

    assert found["proactive.new_media"] == [86]
    assert found["proactive.other_media.press"] == [112]


def test_two_websites_are_two_figures() -> None:
    found = values("主动公开信息208条，其中在本局网站公开120条，在县政府网站公开88条。")

    assert found["proactive.website"] == [120, 88]


@pytest.mark.parametrize("nothing", ["无。", "没有发生。", "未发生", "0件。"])
def test_nothing_below_a_heading_of_disputes_is_two_zeros(nothing: str) -> None:
    found = read_facts([Section("disputes", "三、复议诉讼", nothing)], 2022, Scope.AGENCY)

    assert [(fact.id, str(fact.value)) for fact in found] == [
        ("n.reconsideration", "0"),
        ("n.litigation", "0"),
    ]


def test_nothing_below_another_heading_says_nothing_of_disputes() -> None:
    assert values("（三）复议建议办理。无。") == {}
    assert values("（三）行政复议。没有发生。") == {"reconsideration": [0]}


@pytest.mark.parametrize("cut", ["3\n6210", "36\n210", "3621\n0"])
def test_a_count_cut_by_a_line_is_one_figure_however_short_the_line(cut: str) -> None:
    assert values(f"全年网站访问{cut}人次，较上年有所增加。")["site_visits"] == [36210]


def test_two_years_side_by_side_are_two_totals() -> None:
    here, before = ("proactive_total", 830, "year"), ("proactive_total", 702, "prior_year")

    assert stated("2021年公开信息702条，2022年公开信息830条。") == [before, here]
    assert stated("2022年公开信息830条，2021年公开信息702条。") == [here, before]
    assert stated("2022年发布信息830条，2022年推送信息702条。") == [here]


def test_the_year_within_a_running_total_is_the_year_s() -> None:
    published = "截止2022年12月31日，共主动公开信息1208条，其中2022年度主动公开264条。"
    received = "2012年以来累计收到申请86件，2022年收到19件。"

    assert stated(published) == [
        ("proactive_total", 1208, "cumulative"),
        ("proactive_total", 264, "year"),
    ]
    assert stated(received) == [
        ("requests_received", 86, "cumulative"),
        ("requests_received", 19, "year"),
    ]


def test_one_kind_of_information_among_others_is_no_total() -> None:
    assert "proactive_total" not in values("全年公开政务信息43条、财务信息12条、村务信息88条。")
    assert values("主动公开政府信息143条、依申请公开信息2条。")["proactive_total"] == [143]


@pytest.mark.parametrize(
    "text",
    [
        "全年受理行政许可申请312件，办结308件。",
        "行政审批中心受理申请5620件，办结5611件。",
        "受理不动产登记申请96件，答复91件。",
        "举办农民实用技术培训班12期，培训农民3600人次。",
        "县政府常务会议审议规范性文件12件。",
        "电子政务内网发布信息300条。",
    ],
)
def test_the_agency_s_other_business_is_no_fact_of_disclosure(text: str) -> None:
    assert values(text) == {}
