"""How reports of 2008 to 2025 word what was asked and answered, in sentences of our own."""

from __future__ import annotations

import pytest

from pipeline.model import Scope, Section
from pipeline.parse.facts.read import read_facts
from tests.facts_support import YEAR, values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "收到政府信息公开申请3项全部予以公开。",
            {"results.granted": [3], "requests_received": [3]},
        ),
        ("2022年，我局收到依申请公开办理事项1件。", {"requests_received": [1]}),
        ("我局接收到申请书55份，均涉及征地信息公开。", {"requests_received": [55]}),
        (
            "共收到依申请公开申请3件，其中2起为网上申请，1起为信函申请。",
            {
                "requests_received": [3],
                "requests.by_channel.online": [2],
                "requests.by_channel.letter": [1],
            },
        ),
        ("通过网站和信函受理依申请公开申请15件。", {"requests_received": [15]}),
        (
            "未收到政府信息公开申请、行政复议和行政诉讼等情况。",
            {"requests_received": [0], "reconsideration": [0], "litigation": [0]},
        ),
        ("依申请公开件中，来信申请的69件。", {"requests.by_channel.letter": [69]}),
        ("依申请公开管理系统中收到12封申请。", {"requests_received": [12]}),
        ("我局收到1条申请政府信息公开的受理件。", {"requests_received": [1]}),
        ("结转上年后新收到依申请公开事项47件。", {"requests_received": [47]}),
        (
            "收到申请公开件24件，结转到2023年办理7件。",
            {"requests_received": [24], "results.carried_forward": [7]},
        ),
        ("答复申请中，部分予以公开1件。", {"results.partially_granted": [1]}),
        (
            "依申请公开中，因本机关不掌握等原因无法提供84件，属于信访、重复申请等情形不予处理24件。",
            {"results.unavailable": [84], "results.not_processed": [24]},
        ),
        ("办理申请中，予以公开及部分公开101件。", {}),
        (
            "因政府信息公开被行政复议5宗、行政诉讼0宗，其中2宗维持，1宗结果纠正，1宗尚未审结。",
            {
                "reconsideration": [5],
                "litigation": [0],
                "reconsideration.upheld": [2],
                "reconsideration.corrected": [1],
                "reconsideration.pending": [1],
            },
        ),
        ("结转上年度政府信息公开申请3件。", {"requests.carried_in": [3]}),
        (
            "办理政府信息公开申请8件。上年无结转。",
            {"requests_processed": [8], "requests.carried_in": [0]},
        ),
        ("其中，发生1起有关政府信息公开的行政复议案件。", {"reconsideration": [1]}),
    ],
)
def test_requests_are_told_in_many_ways(text: str, expected: dict[str, list[int]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理10件人大建议和28件政协提案。", {"proposals_npc": [10], "proposals_cppcc": [28]}),
        ("人大代表建议5起、政协委员提案12起。", {"proposals_npc": [5], "proposals_cppcc": [12]}),
        ("答复办理提案议案共7件。", {"proposals": [7]}),
        ("制定1条行政规范性文件。", {"normative": [1]}),
        ("全文电子化达100%。", {"rate.electronic": [100]}),
        ("征求公众意见2次。", {"consultations": [2]}),
        ("网站全年政策解读稿件发布2篇。", {"interpretations": [2]}),
    ],
)
def test_other_wordings_that_reports_use(text: str, expected: dict[str, list[int]]) -> None:
    assert values(text) == expected


def test_a_rate_behind_the_number_it_is_the_rate_of_is_that_of_the_requests() -> None:
    for between in ("", "比上年", "同比", "较2021年"):
        text = f"收到政府信息公开申请22件，{between}减少9件，下降29.0%。"
        assert values(text) == {"requests_received": [22], "requests_yoy": [-29]}


def test_a_rate_of_something_else_is_none_of_the_requests() -> None:
    for other in ("办理结果减少9件", "网站留言减少9次", "其中网络申请10件，减少9件"):
        text = f"收到政府信息公开申请22件，{other}，下降29.0%。"
        assert "requests_yoy" not in values(text)


def test_an_amount_right_behind_the_cases_it_was_collected_in_is_the_fee() -> None:
    fee = {"fee_cases": [1], "fee_cny": [500]}
    for text in (
        "发出收费通知3件，总金额900元，实际收取1件，500元。",
        "发出收费通知3件，总金额900元，实际收取1件、共计500元。",
    ):
        assert values(text) == {"fee_notices": [3], "fee_notified_cny": [900], **fee}
    assert values("本年度收取信息处理费1件，500元。") == fee
    assert values("本年收取行政事业性收费3件，500元。") == {}


def test_an_agencys_own_figure_behind_its_regions_is_a_fact_beside_it() -> None:
    for text in (
        "全市收到政府信息公开申请120件，市政府办公室收到22件。",
        "全市共收到政府信息公开申请120件，其中我局收到22件。",
        "全市各级行政机关收到政府信息公开申请120件，其中市本级收到申请22件。",
    ):
        found = read_facts([Section("overview", "", text)], YEAR, Scope.AGENCY)
        assert [(f.id, int(f.value or 0), f.scope) for f in found] == [
            ("n.requests_received", 120, "region"),
            ("n.requests_received", 22, "agency"),
        ]
    published = "全区主动公开政府信息1200条，其中区政府办公室主动公开政府信息300条。"
    assert values(published) == {"proactive_total": [1200, 300]}
    assert values("我局收到政府信息公开申请20件，其中本机关收到12件。") == {
        "requests_received": [20]
    }
