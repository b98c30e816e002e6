"""新点 Epoint: lists and articles by POST, `params` being JSON; the pages are shells."""

from __future__ import annotations

import json

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.addresses import FIRST_CODE, article_in, read_address
from crawlers.practice.generated.layouts import article_path, layout_of
from crawlers.practice.generated.model import Column, Listed
from crawlers.practice.generated.pages import body_of
from crawlers.practice.generated.rows import agency_of

LIST, DETAIL = "/qhweb/rest/zfxxgk/getGovInfoList", "/qhweb/rest/zfxxgk/getGovInfoDetail"


def owner(request: Request) -> int | None:
    """The agency of the category or of the article."""
    if request.path == LIST:
        code = str(_params(request).get("cateid", ""))
        return int(code) - FIRST_CODE if code.isdigit() else None
    number = _number(request)
    return agency_of(number) if number is not None else None


def _params(request: Request) -> dict[str, object]:
    found = json.loads(request.fields.get("params") or "{}")
    return found if isinstance(found, dict) else {}


def _number(request: Request) -> int | None:
    if request.path != DETAIL:
        return None
    return article_in(read_address("{article_uuid}", str(_params(request).get("infoid"))) or {})


def give(column: Column, listed: Listed, request: Request, faults: Faults) -> Answer:
    """A page of rows counted from 0, or an article's body."""
    if request.path == LIST:
        return _json(_list(column, listed, _params(request)))
    number = _number(request)
    entry = next((entry for entry in listed.entries if entry.number == number), None)
    if entry is None:
        return _json({"data": None})
    draft, body = body_of(column, entry)
    day = f"{entry.published:%Y-%m-%d}"
    found = {"title": entry.title, "infodate": day, "infosource": column.agency.office}
    if "pdf_only" in faults and entry.is_report:
        pdf = {"attname": "年度报告.pdf", "atturl": f"/qhweb/attach/{entry.number}.pdf"}
        return _json({"data": {**found, "infocontent": "", "pdflist": [pdf]}})
    signed = f"<p>{draft.agency}</p><p>{entry.published:%Y年%m月%d日}</p>"
    return _json({"data": {**found, "infocontent": body + signed}})


def _list(column: Column, listed: Listed, asked: dict[str, object]) -> dict[str, object]:
    size = int(str(asked.get("pageSize", layout_of(column).size)))
    first = int(str(asked.get("pageIndex", 0))) * size
    return {
        "total": listed.total,
        "infolist": [
            {
                "title": entry.title,
                "infodate": f"{entry.published:%Y-%m-%d}",
                "infourl": entry.href or article_path(column, entry),
            }
            for entry in listed.entries[first : first + size]
        ],
    }


def _json(custom: dict[str, object]) -> Answer:
    body = {"status": {"code": 1}, "custom": {"code": 1, **custom}}
    return Answer(200, "application/json;charset=utf-8", json.dumps(body).encode())
