"""Whose report, of which year: the title first, contradictions named."""

import pytest

from pipeline.model import Claim, PageFields, Scope, Section
from pipeline.parse.dates import read_date, read_period, read_year
from pipeline.parse.identity import PLACE, agency_in_row, agency_in_title, best_title, identify

TITLE = "青禾区应急管理局2020年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        (TITLE, "青禾区应急管理局", 2020),
        ("2023年青禾市应急管理局政府信息公开工作年度报告", "青禾市应急管理局", 2023),
        ("青禾县人民政府２０２１年度政府信息公开年度报告", "青禾县人民政府", 2021),
        ("青禾市财政局关于2009年政府信息公开工作情况的报告", "青禾市财政局", 2009),
        ("青禾镇二〇一九年政府信息公开工作年度报告", "青禾镇", 2019),
        ("应急管理局 2022 年政府信息公开工作年度报告", "应急管理局", 2022),
        ("2022年政府信息公开工作年度报告", None, 2022),
        ("关于青禾县教育局2023年度政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("[年度报告]青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("【年报】青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("青教〔2024〕1号 青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("附件1：青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("1.青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("二、青禾县教育局2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("青禾县教育局公布2023年政府信息公开工作年度报告", "青禾县教育局", 2023),
        ("2023年1-12月青禾县教育局政府信息公开工作年度报告", "青禾县教育局", 2023),
    ],
)
def test_a_title_gives_agency_and_year(title: str, agency: str | None, year: int) -> None:
    assert agency_in_title(title) == agency
    assert read_year(title) == year


def test_a_title_on_two_lines_is_joined() -> None:
    assert best_title(("青禾区应急管理局2020年", "政府信息公开工作年度报告")) == TITLE


def test_a_truncated_first_line_loses_against_the_whole_title() -> None:
    assert best_title(("青禾区应急管理局2020年政", TITLE)) == TITLE


def test_a_title_element_loses_its_column_and_site_name() -> None:
    assert best_title((f"{TITLE}_政府信息公开年报_青禾区人民政府",)) == TITLE


def test_no_candidate_that_names_no_report_is_a_title() -> None:
    assert best_title(("首页", "政务公开")) is None


def identity_of(title: str, claim: Claim, text: str = "", published: str | None = None):  # type: ignore[no-untyped-def]
    fields = PageFields(titles=(title,), published=published)
    return identify(fields, (Section("preface", "", text),), claim)


@pytest.mark.parametrize(
    ("row", "agency"),
    [
        (TITLE, "青禾区应急管理局"),
        ("市教育局", "市教育局"),
        ("青禾市水利局_青禾市人民政府", "青禾市水利局"),
        ("应急管理局2022年政府信息公开年报", None),
        ("2022年政府信息公开工作年度报告", None),
        (None, None),
    ],
)
def test_in_a_list_of_many_agencies_the_row_says_whose_report_it_is(
    row: str | None, agency: str | None
) -> None:
    assert agency_in_row(row) == agency


def test_the_registry_completes_an_agency_without_its_place() -> None:
    found = identity_of("应急管理局2022年政府信息公开工作年度报告", Claim("青禾市应急管理局", 2022))

    assert found.agency == "青禾市应急管理局"
    assert [finding.code for finding in found.findings] == ["agency_completed"]


def test_without_a_registry_an_agency_without_its_place_is_said_to_be_one() -> None:
    found = identity_of("应急管理局2022年政府信息公开工作年度报告", Claim())

    assert found.agency == "应急管理局"
    assert [finding.code for finding in found.findings] == ["agency_without_place"]


def test_another_agency_than_the_column_s_is_kept_and_named() -> None:
    found = identity_of(TITLE, Claim("红石区应急管理局", 2020))

    assert found.agency == "青禾区应急管理局"
    assert [finding.code for finding in found.findings] == ["agency_differs"]


PERIOD = "本报告统计期限自2019年1月1日起至2019年12月31日止。"


def test_the_statistical_period_wins_and_contradictions_are_named() -> None:
    found = identity_of(TITLE, Claim(None, 2020), PERIOD)

    assert found.report_year == 2019
    assert [finding.code for finding in found.findings] == ["year_differs"]
    assert "标题 2020, 列表 2020" in found.findings[0].message_zh


def test_a_period_that_title_and_publication_contradict_is_last_year_s() -> None:
    found = identity_of(TITLE, Claim(None, None), PERIOD, "2021-01-20")

    assert found.report_year == 2020
    assert [finding.code for finding in found.findings] == ["year_differs"]
    assert "统计期限 2019" in found.findings[0].message_zh


@pytest.mark.parametrize(
    ("text", "title", "listed", "published", "year"),
    [
        (PERIOD, TITLE, 2021, "2023-01-20", 2019),
        ("", TITLE, 2021, "2023-01-20", 2020),
        ("", "市教育局", 2021, "2023-01-20", 2021),
        ("", "市教育局", None, "2023-01-20", 2022),
        ("统计期限自201911日起", TITLE, None, None, 2020),
    ],
)
def test_the_year_is_that_of_period_title_list_and_publication_in_this_order(
    text: str, title: str, listed: int | None, published: str | None, year: int
) -> None:
    assert identity_of(title, Claim(None, listed), text, published).report_year == year


@pytest.mark.parametrize(
    ("claimed", "source", "signed", "agency"),
    [
        ("青禾市教育局", "青禾市人民政府", "青禾市体育局", "青禾市教育局"),
        (None, "青禾市人民政府", "青禾市体育局", "青禾市人民政府"),
        (None, "本站", "青禾市体育局", "青禾市体育局"),
        (None, None, "青禾市体育局", "青禾市体育局"),
    ],
)
def test_a_title_without_agency_gets_it_from_list_source_and_signature_in_this_order(
    claimed: str | None, source: str | None, signed: str, agency: str
) -> None:
    fields = PageFields(titles=("2019年政府信息公开工作年度报告",), source=source)
    closing = Section("closing", "", f"{signed}\n2020年1月20日")

    assert identify(fields, (closing,), Claim(claimed)).agency == agency


def test_the_year_falls_back_on_the_date_of_publication() -> None:
    assert identity_of("青禾区某局年报", Claim(), published="2021-01-13").report_year == 2020


def test_nothing_known_is_a_finding_not_a_guess() -> None:
    found = identity_of("", Claim())

    assert (found.agency, found.report_year) == (None, None)
    assert {"year_unknown", "title_missing"} <= {finding.code for finding in found.findings}


def test_a_government_speaks_for_its_region_and_its_office_for_itself() -> None:
    of = [
        identity_of(f"{who}2020年政府信息公开工作年度报告", Claim()).scope
        for who in ("青禾县人民政府", "青禾县人民政府办公室")
    ]

    assert of == [Scope.REGION, Scope.AGENCY]


@pytest.mark.parametrize(
    "text", ["自201911日起，至20191231日止", "2020120", "202020年", "2019年13月1日"]
)
def test_damaged_dates_are_no_dates(text: str) -> None:
    assert read_date(text) is None
    assert read_period(f"统计期限{text}") is None


@pytest.mark.parametrize(
    "text", ["2020-01-20 16:31", "2020年1月20日", "２０２０.1.20", "发布 2020/01/20"]
)
def test_whole_dates_are_read_however_printed(text: str) -> None:
    date = read_date(text)

    assert date is not None
    assert date.isoformat() == "2020-01-20"


@pytest.mark.parametrize(
    "title",
    [
        "青禾区应急管理局2020年政府信息公开 工作告年度报",
        "青禾区应急管理局政府信息公开工作2020年度报告",
    ],
)
def test_a_title_with_its_fixed_words_misplaced_is_one(title: str) -> None:
    found = identity_of(title, Claim())

    assert (found.agency, found.report_year) == ("青禾区应急管理局", 2020)


@pytest.mark.parametrize(
    ("source", "agency", "code"),
    [
        ("青禾市应急管理局", "青禾市应急管理局", "agency_completed"),
        ("局办公室", "应急管理局", "agency_without_place"),
        ("青禾市人民政府", "应急管理局", "agency_without_place"),
    ],
)
def test_the_page_s_source_completes_the_agency_it_names_in_full(
    source: str, agency: str, code: str
) -> None:
    fields = PageFields(titles=("应急管理局2022年政府信息公开工作年度报告",), source=source)

    found = identify(fields, (), Claim())

    assert found.agency == agency
    assert [finding.code for finding in found.findings] == [code]


@pytest.mark.parametrize("office", ["市场监督管理局", "乡村振兴局", "市政公用事业管理局"])
def test_an_offices_own_words_are_no_place(office: str) -> None:
    assert not PLACE.search(office)


@pytest.mark.parametrize("agency", ["青禾市民政局", "青禾市政府办公室", "青禾市政务服务局"])
def test_a_city_before_its_office_is_a_place(agency: str) -> None:
    assert PLACE.search(agency)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("现公布青禾市人民政府2017年政府信息公开工作年度报告。", "青禾市人民政府"),
        (
            "特向社会公布2019年度青禾市公安局城东分局政府信息公开工作年度报告。",
            "青禾市公安局城东分局",
        ),
        (
            "现将青禾高新区发展改革局（以下简称发改局）2024年度信息公开工作报告如下：",
            "青禾高新区发展改革局",
        ),
        ("我镇编制并公布《柳湾镇2021年政府信息公开工作年度报告》。", "柳湾镇"),
        ("现公布2021年度双桥镇人民政府信息公开工作年度报告。", "双桥镇人民政府"),
        ("本年度报告由双桥县石门街道办事处综合各项数据编制。", "双桥县石门街道办事处"),
        ("本报告由青禾高新区党政办公室按照《条例》和《格式》的要求编制。", "青禾高新区党政办公室"),
        ("如有疑问，请与青禾市柳湾镇人民政府党政办公室联系（电话略）。", "青禾市柳湾镇人民政府"),
        ("如有疑问，请联系青禾市教育局办公室，地址：市民路。", "青禾市教育局"),
        ("按条例要求，青禾市司法局认真编写了2025年政府信息公开工作年度报告。", "青禾市司法局"),
        ("2024年，青禾工业园区管委会严格按条例办事。", "青禾工业园区管委会"),
        ("2024年，园区认真按条例办事，区教育局高度重视。", None),
        ("如有疑问，请与云江海关办公室新闻科联系。", None),
        ("特向社会公布2021年度本镇政府信息公开年度报告。", None),
        ("本报告由概述、主动公开情况等部分组成，由区政府办公室汇总编制。", None),
        ("结合实际工作情况特编制了2024年政府信息公开工作年度报告。", None),
    ],
)
def test_the_opening_names_the_agency_where_no_title_does(text: str, agency: str | None) -> None:
    identity = identity_of("2021年政府信息公开工作年度报告", Claim(), text)

    assert identity.agency == agency
    assert [f.code for f in identity.findings if f.where == "agency"] == [
        "agency_not_in_title" if agency else "agency_unknown"
    ]


def test_a_name_without_its_place_is_completed_by_the_opening() -> None:
    text = "现向社会公布2022年青禾县公安局政府信息公开工作年度报告。"
    identity = identity_of("公安局2022年政府信息公开工作年度报告", Claim(), text)

    assert identity.agency == "青禾县公安局"
    assert [finding.code for finding in identity.findings] == ["agency_completed"]


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("海关总署（本级机关）2020年政府信息公开工作年度报告", "海关总署(本级机关)"),
        ("青禾县水利局（2021年度）政府信息公开工作年度报告", "青禾县水利局"),
        ("（青禾县水利局2021年政府信息公开工作年度报告", "青禾县水利局"),
        ("某部办公厅关于发布《2010年教育部政府信息公开工作年度报告》的公告", "教育部"),
    ],
)
def test_brackets_and_quotes_of_a_title(title: str, agency: str) -> None:
    assert agency_in_title(title.replace("（", "(").replace("）", ")")) == agency


@pytest.mark.parametrize("agency", ["教育部", "海关总署", "黄埔海关"])
def test_what_is_the_nation_s_or_a_custom_house_lacks_no_place(agency: str) -> None:
    assert identity_of(f"{agency}2020年政府信息公开工作年度报告", Claim()).findings == ()


def test_where_a_page_hangs_is_no_title() -> None:
    where = "您的位置:首页 > 政务公开 > 2023年政府信息公开工作年度报告"

    assert best_title((where,)) is None
    assert best_title((where, TITLE)) == TITLE


@pytest.mark.parametrize(
    ("agency", "scope"),
    [
        ("青禾市", Scope.REGION),
        ("双桥县人民政府", Scope.REGION),
        ("南浦区", Scope.REGION),
        ("青禾经济开发区", Scope.AGENCY),
        ("青禾高新区", Scope.AGENCY),
        ("云江海关关区", Scope.AGENCY),
        ("双桥县水利局", Scope.AGENCY),
    ],
)
def test_a_place_in_a_title_stands_for_its_government(agency: str, scope: Scope) -> None:
    assert identity_of(f"{agency}2022年政府信息公开工作年度报告", Claim()).scope is scope


@pytest.mark.parametrize(
    "text",
    [
        "报告中所列数据的统计时限为2020年1月1日起至2020年12月31日止。",
        "本报告数据自2020年1月1日至2020年12月31日。",
        "報告中所列數據的統計期限自2020年1月1日起至2020年12月31日止。",
        "（总结中数据统计时间自2020年1月1日至2020年12月31日）",
    ],
)
def test_the_period_is_worded_in_many_ways(text: str) -> None:
    identity = identity_of("青禾市水利局政府信息公开工作年度报告", Claim(), text)

    assert identity.report_year == 2020
    assert not {"year_from_prose", "year_unknown"} & {f.code for f in identity.findings}


@pytest.mark.parametrize("printed", ["区财金局", "市教育局", "县政府办公室", "自治区教育厅"])
def test_a_name_that_says_what_kind_of_place_but_not_which_is_said_to_lack_it(printed: str) -> None:
    title = f"{printed}2025年政府信息公开工作年度报告"
    alone = identity_of(title, Claim())
    told = identity_of(title, Claim(f"青禾{printed}", 2025))

    assert [f.code for f in alone.findings if f.where == "agency"] == ["agency_without_place"]
    assert (told.agency, [f.code for f in told.findings]) == (
        f"青禾{printed}",
        ["agency_completed"],
    )


def test_a_title_that_lost_its_year_s_word_on_its_first_line_is_joined() -> None:
    lines = ("青禾县人民政府办公室2022", "政府信息公开工作年度报告")

    assert agency_in_title(best_title(lines) or "") == "青禾县人民政府办公室"
