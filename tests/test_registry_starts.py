"""The spider of every row's family starts on it, and asks nobody but the hosts of the rows."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest

from crawlers.families import FAMILIES
from crawlers.registry import ReportColumn, default_registry, load_registry

COLLECT = Path(__file__).with_name("collect_first_requests.py")
COLUMNS = [c for region in load_registry(default_registry()).values() for c in region]
DUE = [column for column in COLUMNS if column.due(set(range(2008, 2026)))]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One crawl of all rows with a handler in place of the network that says 404 to everything."""
    captures = tmp_path_factory.mktemp("all")
    done = subprocess.run(
        [sys.executable, str(COLLECT), str(captures)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_the_crawl_of_all_rows_runs_to_its_end(crawl: Any) -> None:
    assert crawl["reason"] == "finished"
    assert len(DUE) >= 140
    assert crawl["problems"] == {column.id: "HTTP 404" for column in DUE}


@pytest.mark.parametrize("column", DUE, ids=lambda column: column.id)
def test_the_first_request_of_a_column_is_what_its_family_asks_for(
    crawl: Any, column: ReportColumn
) -> None:
    ask = FAMILIES[column.family].first(column.list_url)

    assert [ask.method, urldefrag(ask.url).url] in crawl["asked"]
    assert urlsplit(ask.url).hostname == column.host


def test_nobody_else_is_asked_and_every_host_for_its_rules_first(crawl: Any) -> None:
    hosts = {column.host for column in DUE}
    asked = [urlsplit(url) for _, url in crawl["asked"]]
    rules = Counter(parts.hostname for parts in asked if parts.path == "/robots.txt")

    assert {parts.hostname for parts in asked} == hosts
    assert rules.keys() == hosts
