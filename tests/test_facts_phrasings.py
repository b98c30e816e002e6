"""Turns of phrase that a first reading of unseen reports got wrong or passed over."""

from __future__ import annotations

import pytest

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts
from tests.facts_support import YEAR, stated, values

REQUESTS = "全年收到政府信息公开申请40件。"


def test_thousands_with_a_comma_and_a_fraction_are_one_figure() -> None:
    assert values("门户网站年度访问量1,307.5万次。") == {"site_visits": [13_075_000]}


@pytest.mark.parametrize(
    "text",
    [
        "门户网站日均访问量1.3万次。",
        "单篇平均阅读和浏览量620次。",
        "关停长期不更新的政务新媒体账号7个。",
        "通过市政府公报刊登文件88件。",
        "发布统计公报1份。",
        "市政府公报已出版，刊登文件88件。",
        "指导各乡镇、县直部门处理信息公开申请6件。",
        "延期办结2件。",
        "政务服务APP日均活跃用户2万人。",
        "修订公开目录120条。",
        "向图书馆移送纸质公报300份。",
        "全年收到法律援助申请45件，办结44件，提供法律咨询800人次。",
        "全年受理行政许可申请3200件，按时办结率100%。",
        "收到行政复议申请2件，责令重新处理1件。",
        "受理公民电话申请2件。",
        "信息处理费收取标准为每件100元。",
        "2021年、2022年分别收到政府信息公开申请20件、30件。",
        "各乡镇共公开信息1.1万条，县直部门公开信息8600条。",
    ],
)
def test_figures_of_other_things_are_no_facts(text: str) -> None:
    assert values(text) == {}


def test_requests_that_others_were_helped_with_are_not_those_received() -> None:
    text = "全年收到政府信息公开申请3件，指导乡镇处理信息公开申请6件。"

    assert values(text) == {"requests_received": [3]}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("近三年来共收到依申请公开29件，其中2022年8件。", ["cumulative", "year"]),
        ("“十四五”以来，累计主动公开政府信息1.2万条。", ["cumulative"]),
        ("三年来，累计举办新闻发布会41场，其中2022年举办15场。", ["cumulative", "year"]),
        ("截至2022年底，累计公开政府信息900条，2022年公开政府信息80条。", ["cumulative", "year"]),
        ("下一年度计划：一是公开实效再提升；二是举办培训2次。", ["planned"]),
        ("近5年来，举办新闻发布会41场。", ["cumulative"]),
        ("2022年以来，共主动公开政府信息300条。", ["year"]),
        ("二〇二二年以来，共主动公开政府信息300条。", ["year"]),
        ("一年来，共主动公开政府信息300条。", ["year"]),
        ("截至2022年12月31日，本年度主动公开政府信息655条。", ["year"]),
        ("截至2022年12月31日，共主动公开政府信息655条。", ["as_of"]),
    ],
)
def test_the_time_that_a_figure_covers(text: str, facts: list[str]) -> None:
    assert [period for _, _, period in stated(text)] == facts


def test_a_colon_right_before_the_figure_does_not_part_it_from_its_words() -> None:
    assert values("收取信息处理费：300元，涉及申请：2件。") == {"fee_cny": [300], "fee_cases": [2]}
    assert values("信息处理费：0元。") == {"fee_cny": [0]}


def test_of_two_channels_counted_one_by_one_the_first_figure_is_of_the_first() -> None:
    assert values("“长河发布”微博、微信粉丝分别达到12万、9万。") == {"followers.weibo": [120_000]}


def test_a_video_channel_of_wechat_is_one_for_videos() -> None:
    assert values("微信视频号发布短视频61个。") == {"proactive.other_media.short_video": [61]}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我镇信息主动公开292条。", {"proactive_total": [292]}),
        ("共发布微信公众号文章219篇。", {"proactive.wechat": [219]}),
        ("村级公告栏张贴信息190份。", {"proactive.other_media.bulletin_board": [190]}),
        ("依申请公开收件24件。", {"requests_received": [24]}),
        ("收到并办理政府信息公开申请67件。", {"requests_received": [67]}),
        ("新闻发布会召开4次。", {"press_conferences": [4]}),
        ("因疫情影响，未举办政府开放日活动。", {"open_days": [0]}),
        ("公开征集意见建议5次。", {"consultations": [5]}),
        ("公开征集意见建议50条。", {"consultations.opinions": [50]}),
        ("市政府规章新制定3件。", {"regulations": [3]}),
        ("废止规范性文件5件，新制定7件。", {"normative.repealed": [5], "normative": [7]}),
        ("政务新媒体205个纳入备案管理。", {"platforms.new_media": [205]}),
        ("无上年度结转的信息公开申请。", {"requests.carried_in": [0]}),
    ],
)
def test_a_plain_statement_in_another_order_of_words(
    text: str, facts: dict[str, list[int]]
) -> None:
    assert values(text) == facts


def test_the_growth_of_requests_may_be_told_before_their_number() -> None:
    assert values("与上年相比，依申请公开数量增长31%，全年共收到88件。") == {
        "requests_yoy": [31],
        "requests_received": [88],
    }


def test_a_sentence_that_answers_or_closes_goes_on_about_the_requests_before_it() -> None:
    closed = f"{REQUESTS}已办结38件。"
    results = f"{REQUESTS}作出答复38件。按办理结果分，不予处理5件，其他处理6件。"

    assert values(closed) == {"requests_received": [40], "requests_processed": [38]}
    assert values(results) == {
        "requests_received": [40],
        "requests_processed": [38],
        "results.not_processed": [5],
        "results.other": [6],
    }


def test_cases_carried_in_stand_beside_those_newly_received() -> None:
    assert values("依申请公开：上年结转1件，本年新收14件，办结15件。") == {
        "requests.carried_in": [1],
        "requests_received": [14],
        "requests_processed": [15],
    }


def test_organisations_of_several_kinds_are_not_companies() -> None:
    text = f"{REQUESTS}其中自然人申请35件；商业企业等组织申请5件。"

    assert values(text) == {
        "requests_received": [40],
        "requests.by_applicant.natural_person": [35],
        "requests.by_applicant.organisation": [5],
    }


def test_results_named_in_short_belong_to_the_list_they_end() -> None:
    text = f"{REQUESTS}其中予以公开28件、不存在8件、其他4件。"

    assert values(text) == {
        "requests_received": [40],
        "results.granted": [28],
        "results.unavailable.not_held": [8],
        "results.other": [4],
    }


def test_a_training_attended_does_not_hide_those_held() -> None:
    assert values("组织政务公开培训2场、参加上级培训4次。") == {"training_sessions": [2]}


def test_other_outcomes_end_the_list_of_the_reviews() -> None:
    text = "因信息公开被申请行政复议9件，维持5件，纠正2件，其他2件。"

    assert values(text)["reconsideration.other"] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "举办专题培训1期，各医疗卫生单位40余人参加。",
        "组织全局培训1次，40多名干部参加。",
        "举办专题讲座1次，参加人员40人。",
        "举办1期培训班，共有40人次受训。",
    ],
)
def test_people_who_took_part_in_the_training_just_named_were_trained(text: str) -> None:
    assert values(text) == {"training_sessions": [1], "people_trained": [40]}


def test_people_at_other_things_were_not_trained() -> None:
    text = "举办政务公开培训1期，组织志愿者30人参加宣传。"

    assert values(text) == {"training_sessions": [1]}


def test_the_government_and_its_office_are_an_agency_in_a_report_of_the_region() -> None:
    text = "市政府及市政府办公室制发行政规范性文件21件，废止9件。"
    found = read_facts([Section("overview", "", text)], YEAR, Scope.REGION)

    assert {fact.scope for fact in found} == {"agency"}


def test_a_rate_of_growth_is_of_those_whose_figure_it_follows() -> None:
    text = "市政府本级收到申请112件，较上年下降6%，全市收到申请900件，较上年增长8%。"
    found = read_facts([Section("overview", "", text)], YEAR, Scope.REGION)

    assert [(str(fact.value), fact.scope) for fact in found] == [
        ("112", "agency"),
        ("-6", "agency"),
        ("900", "region"),
        ("8", "region"),
    ]
