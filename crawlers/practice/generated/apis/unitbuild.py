"""Hanweb JPaaS: a unit of the page is built by the gateway and comes as HTML inside JSON."""

from __future__ import annotations

import json

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.addresses import FIRST_CODE
from crawlers.practice.generated.layouts import layout_of, template
from crawlers.practice.generated.lists import row_html
from crawlers.practice.generated.model import Column, Listed

PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit"
LIST = "信息列表"
UNITS = (("nav", "导航"), ("list", LIST), ("foot", "页脚"))
OTHER = '<ul><li><a href="/col/col1/index.html">网站导航</a></li></ul>'
MOST_ROWS = 50


def owner(request: Request) -> int | None:
    """The agency of the page number, which is 12 and the column's number."""
    page = request.fields.get("pageId", "").removeprefix("12")
    return int(page) - FIRST_CODE if request.path == PATH and page.isdigit() else None


def give(column: Column, listed: Listed, request: Request, faults: Faults) -> Answer:
    """One unit; the list with the page and the size that `paramJson` asks for."""
    asked = request.fields
    wanted = json.loads(asked.get("paramJson") or "{}")
    size = min(MOST_ROWS, int(wanted.get("pageSize", layout_of(column).size)))
    page = 1 if "ignores_page" in faults else int(wanted.get("pageNo", 1))
    html = OTHER
    if asked.get("tagId") == LIST:
        found = listed.entries[(page - 1) * size : page * size]
        html = template(layout_of(column).more["answer"]).substitute(
            rows="".join(row_html(column, entry, "/") for entry in found),
            size=size,
            total=listed.total,
            page=page,
        )
    body = {"success": True, "code": "200", "data": {"html": html}}
    return Answer(200, "application/json;charset=utf-8", json.dumps(body).encode())


def units(column: Column) -> str:
    """The scripts that stand where the units go."""
    shape = template(layout_of(column).more["unit"])
    code = FIRST_CODE + column.agency.number
    return "\n".join(shape.safe_substitute({"class": c, "tag": t, "code": code}) for c, t in UNITS)
