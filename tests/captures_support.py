"""An archive, a crawl that writes into it, and a page as its server sent it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.captures import CaptureStore, CrawlWriter, Exchange, PageClaim

REGION = "99_qinghe"
URL = "http://slj.qinghe.gov.cn/2020/01-20/1.html"
PAGE = "<html>青禾县水利局2019年政府信息公开工作年度报告</html>".encode("gb18030") * 40
REPORT = PageClaim("qinghe_slj", "report", 2019, "青禾县水利局2019年…")


def exchange(body: bytes = PAGE, *, url: str = URL, status: int = 200, **headers: str) -> Exchange:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        url=url,
        method="GET",
        request_headers=(("User-Agent", "nianbao"),),
        status=status,
        headers=(("Content-Type", "text/html; charset=gb2312"), *pairs),
        body=body,
        fetched_at=datetime.now(UTC),
        ip="127.0.0.1",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CaptureStore]:
    with CaptureStore(tmp_path) as store:
        yield store


@pytest.fixture
def writer(store: CaptureStore) -> Iterator[CrawlWriter]:
    with store.open_crawl(REGION, [2019]) as writer:
        yield writer
