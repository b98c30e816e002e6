"""gkmlpt of Guangdong: rows as JSON, a hundred a page, page 0 being page 1."""

from __future__ import annotations

import json
import re

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.addresses import FIRST_CODE
from crawlers.practice.generated.layouts import article_path, layout_of
from crawlers.practice.generated.model import Column, Entry, Listed

PATH = re.compile(r"(?:/[a-z]+\d+)?/gkmlpt/api/all/(\d+)")


def owner(request: Request) -> int | None:
    """The agency of the category; a sub-site's prefix may stand before or not."""
    found = PATH.fullmatch(request.path)
    return int(found[1]) - FIRST_CODE if found else None


def give(column: Column, listed: Listed, request: Request, faults: Faults) -> Answer:
    """A page of rows with what the catalogue knows of each."""
    size, page = layout_of(column).size, max(1, int(request.fields.get("page", "1")))
    name = "政府信息公开年报"
    body = {
        "classify": {
            "id": FIRST_CODE + column.agency.number,
            "name": name,
            "post_count": listed.total,
        },
        "total": listed.total,
        "articles": [_article(column, e) for e in listed.entries[(page - 1) * size : page * size]],
    }
    return Answer(200, "application/json", json.dumps(body, ensure_ascii=False).encode())


def _article(column: Column, entry: Entry) -> dict[str, object]:
    moment = entry.published
    return {
        "id": entry.number,
        "title": entry.title,
        "document_number": "",
        "identifier": f"9{column.agency.number:06}/{moment.year}-{entry.number % 100_000:05}",
        "publisher": column.agency.office,
        "date": int(moment.timestamp()),
        "created_at": f"{moment:%Y-%m-%d %H:%M:%S}",
        "display_publish_time": f"{moment:%Y-%m-%d}",
        "url": entry.href or column.site.base_url + article_path(column, entry),
        "post_url": "",
        "classify_main_name": "政府信息公开年报",
        "is_expired": 0,
        "is_abolished": 0,
        "attachment": [],
    }
