"""What copies of pages as plain text do to a report, beyond the shapes of its tables."""

from __future__ import annotations

from pipeline.model import Report
from pipeline.read import read_page

ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "2.没有现成信息需要另行制作",
)
HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")
TITLE = "青禾市统计局2022年政府信息公开工作年度报告"


def read(text: str) -> Report:
    return read_page(text.encode(), content_type="text/plain")


def report(body: str, overview: str = "本局按条例办事。") -> str:
    return "\n".join((HEADINGS[0], overview, HEADINGS[1], "没有制发。", HEADINGS[2], body))


def cell_lines(first: str) -> str:
    return "\n".join(f"{row}\n{first}\n0\n0\n0\n0\n0\n{first}" for row in ROWS)


def codes(read_report: Report) -> set[str]:
    return {finding.code for finding in read_report.findings}


def test_rows_in_lines_that_contradict_a_table_are_said_to_be_there() -> None:
    table = "\n".join(f"{row}\t3\t0\t0\t0\t0\t0\t3" for row in ROWS)
    assert "row_repeated" in codes(read(report(f"{table}\n\n{cell_lines('8')}")))
    assert "row_repeated" not in codes(read(report(f"{table}\n\n{cell_lines('3')}")))


def test_rows_that_a_table_lacks_are_read_from_the_lines_below_it() -> None:
    table = f"| {ROWS[0]} | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n| {ROWS[1]} | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    rows = ("1.属于国家秘密", "7.属于行政执法案卷", "8.属于行政查询事项")
    rest = "\n".join(f"{row}\n2\n0\n0\n0\n0\n0\n2" for row in rows)
    figures = {f.id: f.value for f in read(report(f"{table}\n{rest}")).figures}
    assert figures["t3.new_received.total"] == 3
    assert figures["t3.denied_state_secret.total"] == 2
    assert figures["t3.denied_enforcement_file.natural_person"] == 2


def test_cells_that_have_a_line_each_are_no_sentences_that_facts_are_read_from() -> None:
    read_report = read(report(cell_lines("8")))
    assert read_report.facts == ()
    assert not any("另行制作" in section.text for section in read_report.sections)


def test_figures_that_no_row_takes_are_said_to_be_left_over() -> None:
    lines = cell_lines("8").replace(ROWS[1], f"另行登记的来信\n5\n0\n0\n0\n0\n0\n5\n{ROWS[1]}")
    unknown = [f for f in read(report(lines)).findings if f.code == "row_unknown"]
    assert [finding.where for finding in unknown] == ["t3"]
    assert "另行登记的来信" in unknown[0].message_zh


def test_figures_beside_lost_blanks_belong_to_no_column() -> None:
    """Pads at the end of a row are not its empty cells: 3 and 3 may stand in any two columns."""
    rows = "\n".join(f"{row} | 3 | 3 | |||||||" for row in ROWS)
    table = f"自然人 | 法人或其他组织 | 总计 | |||||||\n{rows}"
    read_report = read(f"{TITLE}\n{report(table)}")
    assert not [f for f in read_report.figures if f.id.startswith("t3") and f.value is not None]
    assert codes(read_report) & {"row_unreadable", "rows_unreadable"}


def test_a_row_that_lost_its_blanks_is_not_filled_up_from_the_left() -> None:
    rows = "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 5 | ||"
    overview, proactive, _ = HEADINGS
    text = f"{TITLE}\n{overview}\n没有。\n{proactive}\n第二十条第（一）项 | |||\n{rows}"
    read_report = read(f"{text}\n行政规范性文件 | 4 | 0 | 9 |")
    figures = {f.id: f.value for f in read_report.figures if f.value is not None}
    assert not [id_ for id_ in figures if id_.startswith("t2.regulations")]
    assert figures["t2.normative_documents.in_force_count"] == 9


def test_the_year_is_what_most_of_the_text_says_where_nothing_else_says_it() -> None:
    told = read(report(cell_lines("8"), "2020年，本局公开5条。2019年的公开3条。2020年没有收费。"))
    assert told.report_year == 2020
    assert "year_from_prose" in codes(told)
    torn = read(report(cell_lines("8"), "2020年公开5条，2019年公开3条。"))
    assert torn.report_year is None


def test_a_sentence_that_names_the_report_is_not_its_title() -> None:
    sentence = (
        "根据《中华人民共和国政府信息公开条例》，现公布区统计局2023年政府信息公开工作年度报告。"
    )
    read_report = read(f"{sentence}\n{report(cell_lines('8'))}")
    assert read_report.title is None
    assert read_report.agency is None


def test_two_hyphens_before_a_number_are_one_minus() -> None:
    head = "第二十条第（六）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量"
    rows = "行政处罚\t53\t--53\t0\n行政强制\t0\t0\t0"
    text = f"{HEADINGS[0]}\n没有。\n{HEADINGS[1]}\n{head}\n{rows}"
    figures = {f.id: f.value for f in read(text).figures}
    assert figures["t2.administrative_penalty.item_change"] == -53


def test_a_wrong_sum_below_a_header_of_two_storeys_moves_no_column() -> None:
    header = "申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织"
    cells = f"{header}\n法律服务机构\n其他\n{ROWS[0]}\n3\n3\n0\n0\n0\n0\n0"
    figures = {f.id: f.value for f in read(f"{TITLE}\n{report(cells)}").figures}
    assert figures["t3.new_received.commercial_enterprise"] == 3
    assert figures["t3.new_received.total"] == 0


ONE_LINE = (
    "本局按条例办事，数据从2022年1月1日算到12月31日。 一、总体情况 全年主动公开信息 36 条。"
    " 二、主动公开政府信息情况 规章 0 0 0 行政规范性文件 1 0 4"
    " 第二十条第（五）项 信息内容 本年处理决定数量 行政许可 7"
    " 三、收到和处理政府信息公开申请情况 申请人情况 自然 人 总计"
    " 一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3"
    " 三、本年 度办理 结果 （一）予以公开 2 0 0 0 0 0 2"
    " 2.没有现成信息 需要另行制作 1 0 0 0 0 0 1"
    " 四、政府信息公开行政复议、行政诉讼情况 行政复议 行政诉讼 结果 维持 总计 复议后起诉 总计"
    " 1 0 0 0 1 0 0 0 0 0 0 0 0 0 0 五、存在的主要问题及改进情况 人手少，路也远。"
    " 六、其他需要报告的事项 无。" + " 附件已随文公布。" * 10
)


def test_a_report_on_one_line_is_read_row_by_row() -> None:
    read_report = read(f"{TITLE}\n{ONE_LINE}")
    figures = {f.id: f.value for f in read_report.figures if f.value is not None}

    assert figures["t2.administrative_licensing.decisions_count"] == 7
    assert figures["t3.granted.natural_person"] == figures["t3.granted.total"] == 2
    assert figures["t3.unavailable_needs_creation.natural_person"] == 1
    assert figures["t4.reconsideration.upheld"] == figures["t4.reconsideration.total"] == 1
    assert len([id_ for id_ in figures if id_.startswith("t3.")]) == 21
    assert "section_missing" not in codes(read_report)
    assert [fact.value for fact in read_report.facts if fact.id == "n.proactive_total"] == [36]


def test_a_paragraph_of_a_page_that_holds_a_report_is_read_alike() -> None:
    html = f"<h1>{TITLE}</h1><p>{ONE_LINE}</p>".encode()
    here, there = read_page(html), read(f"{TITLE}\n{ONE_LINE}")

    assert [(f.id, f.value) for f in here.figures] == [(f.id, f.value) for f in there.figures]


def test_long_prose_with_numbers_between_blanks_stays_one_paragraph() -> None:
    sentence = "全年收到来信 3 件，回复 3 件，办理行政许可 7 件。"
    overview = "一、总体情况\n" + sentence * 20

    assert read(report("", sentence * 20)).figures == ()
    assert sentence * 20 in {section.text for section in read(overview).sections}


def test_a_preface_that_names_a_notice_makes_no_other_paper_of_the_report() -> None:
    preface = (
        "根据《中华人民共和国政府信息公开条例》和《关于编制年度报告的通知》《气象部门信息公开办法》，"
        "现将青禾市气象局2020年政府信息公开工作年度报告向社会公布。"
    )
    read_report = read(f"{preface}\n一、总体情况\n全年主动公开信息九条。")

    assert "not_a_report" not in codes(read_report)
    assert read_report.agency == "青禾市气象局"
