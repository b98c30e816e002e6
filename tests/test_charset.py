"""Bytes are decoded by trial: the labels of these sites lie."""

import pytest

from pipeline.extract.charset import decode

TEXT = "政府信息公开工作年度报告：收到申请3件"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found_without_a_label(encoding: str) -> None:
    text, _, lost = decode(TEXT.encode(encoding))

    assert (text, lost) == (TEXT, 0)


def test_characters_outside_gbk_survive_under_a_gb2312_label() -> None:
    page = f'<meta charset="gb2312"><p>㐂{TEXT}\U0002070e</p>'

    text, charset, lost = decode(page.encode("gb18030"))

    assert (text, charset, lost) == (page, "gb18030", 0)


def test_damaged_bytes_are_counted_not_hidden() -> None:
    text, _, lost = decode(TEXT.encode() + b"\xff\xfe\xff" + TEXT.encode())

    assert lost > 0
    assert text.count("收到申请3件") == 2


def test_nul_bytes_and_control_characters_are_dropped() -> None:
    assert decode(b"a\x00b\x0bc")[0] == "abc"
