"""Page templates of eleven content-management systems, from `data/families.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from zlib import crc32

from crawlers.practice.corpus.model import Draft

DATA = Path(__file__).parent / "data"
META = {
    "SiteName": "site",
    "SiteIDCode": "site_code",
    "ArticleTitle": "title",
    "ContentSource": "agency",
}


@cache
def templates() -> Mapping[str, Mapping[str, str]]:
    """Family -> its templates."""
    return tomllib.loads((DATA / "families.toml").read_text("utf-8"))


def family_names() -> tuple[str, ...]:
    """The families whose pages are HTML."""
    return tuple(name for name in templates() if name != "epoint-json")


def page(draft: Draft, body: str, family: str) -> str:
    """The finished body inside the family's page."""
    return fill(templates()[family], draft, body)


def fill(template: Mapping[str, str], draft: Draft, body: str) -> str:
    """The finished body inside a page template, by the names that `_fields` gives."""
    for change in draft.around:
        body = change(body)
    fields = _fields(draft, body)
    if draft.style.get("copies") == "2":
        second = template.get("second") or templates()["ucap"]["second"]
        fields["second"] = Template(second).substitute(fields)
    html = Template(template["page"]).substitute(fields)
    if fields["second"] and "$second" not in template["page"]:
        html = html.replace("</body>", f"{fields['second']}</body>")
    return html


def _fields(draft: Draft, body: str) -> dict[str, str]:
    site = draft.style.get("site", "青禾市人民政府")
    signed = draft.style.get("signed", draft.agency)
    year, month, day = draft.published.split("-")
    fields = {
        "agency": draft.style.get("source", draft.agency),
        "title": draft.title,
        "headline": "<br/>".join(map(escape, (draft.headline or draft.title).split("\n"))),
        "head_title": draft.head_title or draft.title,
        "published": draft.published,
        "published_zh": f"{year}年{month}月{day}日",
        "year": str(draft.year),
        "site": site,
        "site_code": "9907010001",
        "index": f"11990700MB0000001X/{year}-{crc32(draft.title.encode()) % 100_000:05}",
        "charset": draft.style.get("charset", "utf-8"),
        "other_title": f"{draft.agency}{draft.year - 1}年政府信息公开工作年度报告",
        "signature": f'<p style="text-align:right">{signed}</p><p style="text-align:right">'
        f"{year}年{int(month)}月{int(day)}日</p>",
        "body": body,
        "second": "",
    }
    fields["meta"] = _meta(fields)
    fields["json_title"] = json.dumps(draft.title)
    fields["json_body"] = json.dumps(body + fields["signature"]).replace("<", "\\u003C")
    return fields


def _meta(fields: Mapping[str, str]) -> str:
    named = {name: fields[key] for name, key in META.items()}
    named |= {"PubDate": f"{fields['published']} 09:31", "ColumnName": "政府信息公开年报"}
    return "\n".join(f'<meta name="{n}" content="{escape(v)}"/>' for n, v in named.items())
