"""Personal data is masked; figures never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.warehouse.privacy import mask


@pytest.mark.parametrize(
    ("printed", "masked"),
    [
        ("联系人：王小明，联系电话：0999-1234567", "联系人：***，联系电话：************"),
        ("责任编辑：张 三  审核：李四。", "责任编辑：* *  审核：**。"),
        ("组长：赵一，副组长：钱二、孙三三", "组长：**，副组长：**、***"),
        ("手机13812345678", "手机***********"),
        ("电话：(0999)65919800", "电话：(*************"),
        ("联系电话:8234567", "联系电话:*******"),
        ("邮箱:zhang_san@example.com。", "邮箱:*********************。"),
        ("审核：王五\n二、主动公开", "审核：**\n二、主动公开"),
    ],
)
def test_numbers_addresses_and_names_are_covered(printed: str, masked: str) -> None:
    assert mask(printed) == masked


@pytest.mark.parametrize(
    "printed",
    [
        "全年共发布信息3947条",
        "网站总访问量7854070人次",
        "收取信息处理费13900000000元",
        "热线12345办理4567件",
        "接听电话123456个",
        "编辑：办公室",
        "主任：各科室负责人",
        "成员：信息科、法规科",
        "2019年1月1日至2019年12月31日",
        "电话咨询3456789次",
        "审核制度健全，编辑工作扎实",
    ],
)
def test_figures_dates_and_offices_stay_readable(printed: str) -> None:
    assert mask(printed) == printed


@given(st.text(alphabet="联系人：:电话0123456789-王李、，。条@ab.\n ", max_size=60))
def test_every_character_keeps_its_place(printed: str) -> None:
    masked = mask(printed)

    assert len(masked) == len(printed)
    assert all(m in (p, "*") for p, m in zip(printed, masked, strict=True))
    assert masked.count("\n") == printed.count("\n")


@given(st.text(alphabet="联系人：:电话0123456789-王李、，。条@ab.\n ", max_size=60))
def test_masking_twice_reveals_nothing(printed: str) -> None:
    once = mask(printed)

    assert mask(once).count("*") >= once.count("*")
