"""How reports of 2008 to 2025 word their facts: each shape met there in a sentence of our own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts
from tests.facts_support import YEAR, stated, values


def test_the_year_of_a_comparison_in_brackets_does_not_date_the_figures_behind_it() -> None:
    text = "2022年收到信息公开申请18件，比2021年（24件）下降25%，答复18件。"

    assert stated(text)[:4] == [
        ("requests_received", 18, "year"),
        ("requests_received", 24, "prior_year"),
        ("requests_yoy", -25, "year"),
        ("requests_processed", 18, "year"),
    ]


def test_a_rate_against_a_year_named_before_it_is_of_the_year_reported_on() -> None:
    assert stated("全年受理政府信息公开申请22件，比2021年下降29%。") == [
        ("requests_received", 22, "year"),
        ("requests_yoy", -29, "year"),
    ]
    assert stated("全年受理政府信息公开申请22件，较2021年同期增长10%。")[1][2] == "year"


def test_nobody_held_to_account_is_a_fact_however_it_is_said() -> None:
    for said in ("未发生因政府信息公开被追究责任的情况。", "没有因信息公开工作被追责的情况。"):
        assert values(said) == {"accountability": [0]}


def test_the_year_that_requests_come_from_or_go_to_dates_no_figure() -> None:
    text = "办结依申请公开件61件（含2021年结转的4件），其中，予以公开30件，不予公开2件。"
    onward = "我局收到政府信息公开申请6件，1件结转2023年度继续办理，已办理申请5件。"

    assert stated(text) == [
        ("requests_processed", 61, "year"),
        ("requests.carried_in", 4, "year"),
        ("results.granted", 30, "year"),
        ("results.denied", 2, "year"),
    ]
    assert {period for _, _, period in stated(onward)} == {"year"}


def test_what_was_added_by_the_last_day_of_the_year_is_the_year() -> None:
    assert stated("截至2022年12月31日，全局新增主动公开政府信息210条。") == [
        ("proactive_total", 210, "year")
    ]
    assert stated("本局到2022年底累计主动公开政府信息330条。") == [
        ("proactive_total", 330, "as_of")
    ]


def test_a_quarter_or_half_a_year_is_not_the_year() -> None:
    assert values("三季度收到申请公开2件，上半年主动公开信息90条。") == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“云江医保”抖音公众号发布稿件31条。", {"proactive.other_media.short_video": [31]}),
        ("我局微信公众号、微博、抖音账号共发布信息700条。", {"proactive.new_media": [700]}),
        (
            "“云江医保”微信、微博分别发布信息41条、52条。",
            {"proactive.wechat": [41], "proactive.weibo": [52]},
        ),
        ("微信公众号（1个）发布信息61条。", {"proactive.wechat": [61]}),
        ("门户网站公开政策、动态、公告等信息86条。", {"proactive.website": [86]}),
        ("全年通过各类平台主动公开政府信息共计930条。", {"proactive_total": [930]}),
        ("通过政务网、微信公众号等网络渠道主动公开信息72条。", {"proactive_total": [72]}),
        ("2022年度共新增主动公开政府信息64条。", {"proactive_total": [64]}),
        ("我局主动公开的信息35条。", {"proactive_total": [35]}),
        (
            "依托微信公众号、视频号等平台，采用短视频等形式，全年发布信息100余条。",
            {"proactive.new_media": [100]},
        ),
        ("信息公开平台建设中街道政府信息公开60条。", {}),
        ("水利部主动公开政府信息1100条。", {"proactive_total": [1100]}),
        ("通过云江民政网公开各类政府信息350篇。", {"proactive.website": [350]}),
        ("“云江政府网”微信公众号推送各类信息75条。", {"proactive.wechat": [75]}),
        (
            "在政府信息平台、微博、微信等媒介上公开政务信息87条。",
            {"proactive_total": [87]},
        ),
        ("通过“三农热线”等平台主动公开信息量62条。", {"proactive_total": [62]}),
    ],
)
def test_who_published_is_read_from_all_channels_that_the_words_join(
    text: str, expected: dict[str, list[int]]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2022年更新政府信息23条。",
        "全年发布预警信息25条。",
        "网站公开行政许可、行政处罚等信息44条。",
        "公文修订3份文件的征求意见稿。",
        "门户网站办事服务注册用户数量为4100人。",
        "向图书馆、档案馆报送纸质信息各46条。",
        "发布便民热线、规划等其他类信息64条。",
        "公报刊载法规、数据公报等50件。",
        "其中主动公开来信9件。",
    ],
)
def test_what_is_narrower_or_something_else_is_no_fact(text: str) -> None:
    assert values(text) == {}


def test_a_later_figure_without_the_word_of_a_total_is_no_second_total() -> None:
    text = "县局网站发布信息310条，发布预警信息25条，微信公众号推送信息80条。"

    assert values(text) == {"proactive.website": [310], "proactive.wechat": [80]}


def test_accounts_named_together_have_their_followers_and_posts_together() -> None:
    text = "“清河应急”微博、微信公众号关注量达9万，全年发布信息1.2万余条。"

    assert values(text) == {"followers.new_media": [90_000], "proactive.new_media": [12_000]}


def test_a_list_may_open_with_a_comma_or_name_what_was_published() -> None:
    text = "全年主动公开信息90条，其中，动态信息70条、机构信息20条，组织在线访谈3场。"
    electronic = "主动公开信息40条，全文电子化率达100%。其中，机构类信息13条，占比32.5%。"
    older = (
        "共主动公开政府信息60条。\n在主动公开的信息中，政策类信息40条，占66.7%；其他类信息20条。"
    )

    assert values(text) == {
        "proactive_total": [90],
        "proactive.by_topic": [70, 20],
        "interviews": [3],
    }
    assert values(electronic)["proactive.by_topic"] == [13]
    assert values(older) == {"proactive_total": [60], "proactive.by_topic": [40, 20]}


def test_pieces_about_proposals_in_a_list_are_items_of_the_list() -> None:
    text = "门户网站公开信息80条，其中公示公告50条，建议提案回复4条，公开指南26条。"

    assert values(text) == {"proactive.website": [80], "proactive.by_topic": [50, 4, 26]}


def test_a_clause_of_its_own_ends_the_list() -> None:
    text = "网站共发布信息18篇，其中规划2篇；我局在信用平台共发布许可信息76条，处罚信息2条。"

    assert values(text) == {"proactive.website": [18], "proactive.by_topic": [2]}


def test_what_follows_a_list_with_a_counter_of_events_is_no_piece_of_it() -> None:
    text = "公开政府信息70条，其中本单位预算2条，回应关切6次；创建“保障”“人事”两个板块分类。"

    assert values(text) == {"proactive_total": [70], "proactive.by_topic": [2]}


def test_a_clause_that_counts_nothing_ends_the_list() -> None:
    text = (
        "网站公开信息90条，其中政务信息42条，采购公告全部通过政府门户网站发布；县长信箱收件75件。"
    )

    assert values(text)["proactive.by_topic"] == [42]


def test_what_was_published_in_other_ways_is_no_second_total() -> None:
    text = "全年主动公开概况、文件、公告等政府信息235条。通过查阅点、公开平台等渠道公开信息26条。"

    assert values(text)["proactive_total"] == [235]


def test_what_was_new_this_year_is_no_part_of_a_running_total() -> None:
    text = "本区到年底累计主动公开政府信息600条，其中，本年度新增主动公开政府信息210条。"

    assert stated(text) == [
        ("proactive_total", 600, "cumulative"),
        ("proactive_total", 210, "year"),
    ]


def test_a_meeting_that_is_named_national_does_not_make_the_figure_national() -> None:
    text = "网站开设了全国水利工作会议等6个专题。"
    (fact,) = read_facts([Section("overview", "", text)], YEAR, Scope.AGENCY)

    assert (fact.id, fact.value, fact.scope) == ("n.columns", Decimal(6), "agency")


def test_a_part_is_not_given_as_the_whole() -> None:
    text = "全年收到群众咨询92件，其中电话咨询65余次，来信4件。"
    columns = "局网站发布政府信息825条，其中，公告栏发布信息94条。"

    assert values(text) == {"messages_received": [92]}
    assert "proactive.other_media.bulletin_board" not in values(columns)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2022年公开政府信息100条，机构职能20条，工作动态80条。",
            {"proactive_total": [100], "proactive.by_topic": [20, 80]},
        ),
        ("2022年公开政府信息100条，机构职能20条，工作动态70条。", {"proactive_total": [100]}),
        (
            "在政府信息公开平台上公开水位、河道巡查、项目建设等信息493条。",
            {"proactive.website": [493]},
        ),
        (
            "通过网站公开信息29条，其中教育、文化、卫生、体育和养老服务等群众关心的办事指南、工作动态信息27条。",
            {"proactive.website": [29], "proactive.by_topic": [27]},
        ),
        (
            "主动公开信息39条，其中通过官网发布34条，其它方式发布5条。",
            {"proactive_total": [39], "proactive.website": [34], "proactive.other_media": [5]},
        ),
        ("本年度我镇无依申请公开政府信息。", {"requests_received": [0]}),
        ("依申请公开文件12件、不予公开文件36件。", {}),
        ("2022年上半年，全区共受理信息公开申请267件，答复263件。", {}),
        (
            "2022年上半年，受理信息公开申请7件；全年受理信息公开申请9件。",
            {"requests_received": [9]},
        ),
        ("受理申请81件，其中同意公开或部分公开共80件。", {"requests_received": [81]}),
        (
            "信息公开行政复议、诉讼情况：发生行政诉讼案件2件，被纠错0件。",
            {"litigation": [2]},
        ),
        (
            "我苏木主动公开143条信息，其中政务制度7条。",
            {"proactive_total": [143], "proactive.by_topic": [7]},
        ),
        (
            "主动公开信息共41条。按信息类别分，部门动态40条，通知公告1条。",
            {"proactive_total": [41], "proactive.by_topic": [40, 1]},
        ),
        (
            "主动公开职能职责、法规、行政许可、行政处罚、招投标等政府信息89条。",
            {"proactive_total": [89]},
        ),
        ("我苏木依申请公开政府信息共4件。", {"requests_received": [4]}),
        ("全年行政执法工作均无被申请行政复议和提起行政诉讼。", {}),
        (
            "公开政府信息600条，包括动态39条；通过新媒体（微信平台：青禾教育）公开信息数276条。",
            {"proactive_total": [600], "proactive.by_topic": [39]},
        ),
        ("微博、微信两个自媒体各有专人打理，全年从未停更。", {}),
        (
            "接到依申请公开事项3项，均已答复办结，未产生依申请公开政府信息案例。",
            {"requests_received": [3]},
        ),
        ("热线受理咨询2226件，热线新媒体发布微信426条。", {"hotline_cases": [2226]}),
        (
            "收到申请12件，其中12件属于本机关不掌握的信息。",
            {"requests_received": [12], "results.unavailable.not_held": [12]},
        ),
    ],
)
def test_lists_and_parts_that_look_like_other_things(
    text: str, expected: dict[str, list[int]]
) -> None:
    assert values(text) == expected


def test_traditional_characters_state_the_same_facts_in_the_words_printed() -> None:
    text = "2022年度，我局通過門戶網站公開信息1184條，未收到政府信息公開申請。"
    facts = read_facts([Section("overview", "", text)], YEAR, Scope.AGENCY)

    assert [(fact.id, str(fact.value)) for fact in facts] == [
        ("n.proactive.website", "1184"),
        ("n.requests_received", "0"),
    ]
    assert all(fact.sentence == text for fact in facts)
