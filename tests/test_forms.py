"""The forms as data against the field's code list and the law's own arithmetic."""

import json

import pytest

from pipeline.forms import forms_with, load_forms, load_indicators
from pipeline.forms.comparable import load_relations
from pipeline.forms.model import Comparability, forms_said
from pipeline.forms.sections import load_sections, section_of
from tests.shared_support import SHARED

CODELIST = SHARED / "domain" / "codelist.json"


@pytest.mark.parametrize(("form", "cells"), [("2014", 58), ("2019", 198), ("2021", 200)])
def test_each_form_has_every_cell_of_the_official_form(form: str, cells: int) -> None:
    ids = [id_ for table in load_forms()[form].tables.values() for id_ in table.cell_ids()]

    assert len(ids) == len(set(ids)) == cells


@pytest.mark.skipif(not CODELIST.exists(), reason="the shared code list is not beside this clone")
def test_the_code_list_derived_from_the_forms_is_the_field_s_code_list() -> None:
    """The field's list knows the forms of 2019 and 2021; the older list comes behind them."""
    official = json.loads(CODELIST.read_text("utf-8"))["indicators"]
    ours = load_indicators()[: len(official)]

    assert {i.id: list(i.forms) for i in ours} == {row["id"]: row["forms"] for row in official}
    assert {i.table for i in load_indicators()[len(official) :]} == {"s14"}
    assert {i.id: i.unit for i in ours} == {
        row["id"]: row["unit"].removesuffix(" (signed)") for row in official
    }


def test_a_total_is_marked_so_that_nobody_adds_it_to_its_parts() -> None:
    totals = {i.id for i in load_indicators() if i.is_total}

    assert "t3.granted.total" in totals
    assert "t3.processed_total.natural_person" in totals
    assert "t4.reconsideration.total" in totals
    assert not totals & {"t3.new_received.natural_person", "t3.granted.natural_person"}


def test_the_outcome_identity_of_each_form_names_all_its_outcome_rows() -> None:
    for table in forms_with("t3").values():
        (outcomes,) = (i for i in table.identities if i.code == "outcomes_add_up")
        rows = [row.id for row in table.blocks[0].rows]

        assert list(outcomes.right) == rows[2:-2]


def test_every_cell_says_what_it_may_be_compared_with() -> None:
    known = {i.id: i for i in load_indicators()}
    told = {
        "t3.granted.total": (Comparability.SAME, ()),
        "t2.administrative_penalty.decisions_count": (Comparability.SAME, ()),
        "t2.regulations.issued_count": (
            Comparability.NEAR,
            ("t2.regulations.new_made_count",),
        ),
        "t2.regulations.total_disclosed_count": (
            Comparability.DIFFERENT,
            ("t2.regulations.in_force_count",),
        ),
        "t3.other_processing.total": (
            Comparability.SUM,
            (
                "t3.other_overdue_no_correction.total",
                "t3.other_overdue_fee_unpaid.total",
                "t3.other_misc.total",
            ),
        ),
        "t2.regulations.repealed_count": (Comparability.NONE, ()),
        "s14.received.count": (Comparability.NONE, ()),
    }

    assert {id_: (known[id_].comparability, known[id_].comparable_with) for id_ in told} == told


def test_relations_name_cells_of_different_forms_that_exist() -> None:
    known = {i.id: i for i in load_indicators()}

    for id_, relation in load_relations().items():
        assert len(known[id_].forms) == 1
        for other in relation.with_:
            assert not {*known[other].forms} & {*known[id_].forms}
            assert known[other].unit == known[id_].unit or relation.how is Comparability.DIFFERENT


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、总体情况", "overview"),
        ("1、 总体情况", "overview"),
        ("一、概述", "overview"),
        ("2024年度政府信息公开工作的总体情况", "overview"),
        ("、主动公开政府信息情况", "proactive_disclosure"),
        ("二、政府信息主动公开情况", "proactive_disclosure"),
        ("三、行政机关收到和处理政府信息公开申请情况", "applications"),
        ("三、政府信息依申请公开情况", "applications"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "disputes"),
        ("四、行政复议和行政诉讼情况", "disputes"),
        ("五、存在的问题及改进情况", "problems"),
        ("五、存在问题及改进措施", "problems"),
        ("六、其他需要汇报事项", "other_matters"),
        ("**六、其他需要报告的事项**", "other_matters"),
        ("第一章　总体情况", "overview"),
        ("【五、存在的主要问题及改进情况】", "problems"),
        ("■ 六、其他需要报告的事项", "other_matters"),
        ("二、2023年主动公开政府信息情况", "proactive_disclosure"),
        ("2023年主动公开政府信息情况", None),
        ("（一）主动公开情况", None),
        ("(一)存在的问题", None),
        ("全文包括概述，主动公开情况，存在的问题五部分。", None),
        ("", None),
    ],
)
def test_a_heading_is_known_by_its_words_whatever_its_number(
    line: str, section: str | None
) -> None:
    assert section_of(line) == section


def test_every_official_heading_is_its_own_section() -> None:
    for id_, (label, _) in load_sections().items():
        assert section_of(label) == id_


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ({"t2": "2021", "t3": "2021", "t4": "2021"}, "2021"),
        ({"t2": "2021", "t3": "2019", "t4": None}, "t2 2021, t3 2019"),
        ({"t2": None, "t3": None, "t4": None}, ""),
    ],
)
def test_the_form_of_a_report_is_said_once_where_its_tables_agree(
    forms: dict[str, str | None], said: str
) -> None:
    assert forms_said(forms) == said
