"""Which links are annual reports, and of which year."""

from __future__ import annotations

import csv

import pytest

from crawlers.titles import Title, read_title, why_not_a_report
from tests.shared_support import SHARED

SHARED_CASES = SHARED / "sites/title_cases.csv"
UNDECIDABLE = "市教育局"  # a title that is only the agency: no title rule can know

REPORTS = [
    ("青禾市统计局2022年政府信息公开工作年度报告", None, (2022,)),
    ("青禾市政府信息公开2021年年报", None, (2021,)),
    ("二〇一九年青禾县政府信息公开年度报告", None, (2019,)),
    ("青禾县政府信息公开工作年度报告（２０２０年）", None, (2020,)),
    ("青禾县2019年政府信息公开工作年度报告（2020年3月更正）", None, (2019,)),
    ("青禾县2018、2019年政府信息公开工作年度报告", None, (2018, 2019)),
    ("寧河縣2023年政府信息公開年度報告", None, (2023,)),
    ("青禾县2019年政府信息公开工作年度…", None, (2019,)),
    ("青禾县水利局政府信息公开工作年度报告", "2020-01-20", (2019,)),
    ("政府信息公开工作年度报告", "2021-03-02", (2020,)),
    ("青禾县水利局政府信息公开工作年度报告", None, ()),
    ("关于2023年度政府信息公开工作情况的报告", None, (2023,)),
    ("青禾县教育局2012年信息公开工作报告", None, (2012,)),
    ("2010年信息公开工作情况的报告", None, (2010,)),
    ("青禾县环保局2012年度环境信息公开工作年度报告", None, (2012,)),
    ("青禾市绩效考核办公室2019年政府信息公开年度报告", None, (2019,)),
    ("青禾县2O22年政府信息公开工作年度报告", "2024-01-15", (2022,)),
    ("青禾县政府信息公开年度报告2015.pdf", None, (2015,)),
    ("2008年5月1日至12月31日青禾县政府信息公开年度报告", None, (2008,)),
]
OTHERS = [
    "政府信息公开年报",
    "信息公开年度报告",
    "政府信息公开工作年度报告",
    "历年政府信息公开年报",
    "关于编制2022年政府信息公开工作年度报告的通知",
    "图解：青禾县2022年政府信息公开工作年度报告",
    "青禾县2022年政府信息公开工作年度报告解读",
    "青禾县政府网站2022年度工作报表",
    "青禾县关于公共机构节能信息公开情况的报告",
    "青禾县财政局2022年度部门决算公开报告",
    "青禾县政府工作报告",
    "2023年青禾县政务公开工作总结",
    "青禾县2023年政务公开工作总结报告",
    "2023年政府信息公开工作年度报告（英文版）",
    "2023 Annual Report on Government Information Disclosure",
    "图说2023年政府信息公开年报",
    "动漫：2023年政府信息公开年报",
    "一图看懂2023年政府信息公开年度报告",
    "青禾县2023年第一季度政府信息公开工作报告",
    "青禾县2023年上半年政府信息公开工作情况报告",
    "2023年政府信息公开自查自纠情况报告",
    "2023年青禾县政务公开第三方评估报告",
    "关于2022年政府信息公开年报编制情况的通报",
    "政府信息公开年报编制工作培训会召开",
    "青禾学院2022-2023学年信息公开工作年度报告",
    "2022年度企业环境信息公开年度报告",
    "青禾县水务局2010年水质信息公开工作报告",
    "2022年政府信息公开工作年报目录",
    "",
]


@pytest.mark.parametrize(("text", "published", "years"), REPORTS)
def test_a_report_is_known_by_its_title(
    text: str, published: str | None, years: tuple[int, ...]
) -> None:
    title = read_title(text, published)

    assert title.is_report
    assert title.years == years


@pytest.mark.parametrize("text", OTHERS)
def test_a_near_miss_is_not_a_report(text: str) -> None:
    assert read_title(text) == Title(is_report=False)


@pytest.mark.parametrize("text", ["政府工作报告", "年度工作报告", "政府网站年度报告"])
def test_a_date_makes_no_report_of_another_paper(text: str) -> None:
    assert not read_title(text, "2023-01-20").is_report


def test_the_year_in_the_title_wins_over_the_date() -> None:
    late = read_title("青禾县2018年政府信息公开工作年度报告", "2020-07-08")

    assert late == Title(is_report=True, years=(2018,), from_date=False)


def test_a_year_from_the_date_says_so() -> None:
    assert read_title("青禾县政府信息公开年报", "2020-01-08").from_date


def test_a_column_of_one_year_says_what_a_title_does_not() -> None:
    title = "青禾县政府信息公开年报"

    assert read_title(title, "2023-01-20", column_year=2020).years == (2020,)
    assert read_title("青禾县2021年政府信息公开年报", column_year=2020).years == (2021,)


@pytest.mark.parametrize(
    "name", [UNDECIDABLE, "城关镇人民政府", "新下陆街道办事处", "县卫生健康委"]
)
def test_a_row_that_is_an_agency_is_a_report_where_a_column_lists_agencies(name: str) -> None:
    assert not read_title(name).is_report
    assert read_title(name, column_year=2022, lists_agencies=True) == Title(True, (2022,))


@pytest.mark.parametrize("name", ["首页", "政务公开", "2022年", "下一页", "关于我们", "各部门年报"])
def test_a_column_of_agencies_has_other_links_too(name: str) -> None:
    assert not read_title(name, column_year=2022, lists_agencies=True).is_report


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("青禾县2022年政府信息公开工作年度报告解读", "another paper: 解读"),
        ("青禾县2022年政府信息公开工作要点", "another paper: 要点"),
        ("领导之窗", "names no report"),
        ("政府信息公开年报", "the name of a column, without a date"),
        ("2022年度部门决算公开报告", "names no 政府信息公开"),
        ("青禾县2022年政府信息公开工作年度报告", None),
    ],
)
def test_it_is_said_why_a_link_is_passed_over(text: str, why: str | None) -> None:
    assert why_not_a_report(text) == why


@pytest.mark.skipif(not SHARED_CASES.exists(), reason="the collected titles are not here")
def test_the_collected_titles_are_all_told_apart() -> None:
    wrong = []
    with SHARED_CASES.open(encoding="utf-8") as stream:
        for case in csv.DictReader(stream):
            years = tuple(int(year) for year in case["report_year"].split(";") if year)
            is_report = case["class"] == "report"
            title = read_title(case["title"])
            right = title.is_report == is_report and (not is_report or title.years == years)
            if not right and case["title"] != UNDECIDABLE:
                wrong.append((case["title"], title))

    assert wrong == []
