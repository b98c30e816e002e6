"""Pages to check, sound and wrong, and `nianbao check` run on them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crawlers.practice.library import load_site
from crawlers.practice.render import render_report
from pipeline.cli import app


def page_of(column: str, year: int, folder: Path) -> Path:
    site = load_site(column)
    path = folder / f"{column}_{year}.html"
    path.write_bytes(render_report(site.report(year), site))
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """（七）总计 of natural persons prints 8 where three identities ask for 9."""
    return page_of("qinghe_yjglj", 2021, tmp_path)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return page_of("yunjiang_sgj", 2024, tmp_path)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Markup, quotes and terminal commands wherever a report prints text."""
    text = '<script>alert(1)</script>" onmouseover="x'
    name = '<b onmouseover="alert(1)">'  # two signs ">" would be a trail of where the page hangs
    ones = "\t".join("1" * 14)
    body = f"""{name}局2021年政府信息公开工作年度报告

一、总体情况

{text}\x1b[31m\u202e 共公开2019年度收到申请3件。

四、政府信息公开行政复议、行政诉讼情况

行政复议\t行政诉讼
结果维持\t结果纠正\t其他结果\t尚未审结\t总计
{ones}\t9
"""
    path = tmp_path / "hostile<b>.txt"
    path.write_text(body, "utf-8")
    return path


def objects(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A report whose dates lost their characters, and whose headings are worded otherwise."""
    path = tmp_path / "damaged.txt"
    path.write_text(
        "青禾市教育局2020年政府信息公开工作年度报告\n\n统计期限自202011日起，至20201231日止。\n\n"
        "一、概述\n\n全年公开信息31条。\n\n二、主动公开政府信息情况\n\n见网站。\n\n"
        "三、收到和处理政府信息公开申请情况\n\n没有收到申请。\n\n"
        "四、政府信息公开行政复议、行政诉讼情况\n\n没有发生。\n",
        "utf-8",
    )
    return path
