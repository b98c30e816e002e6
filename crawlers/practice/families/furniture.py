"""What stands around an article: neighbours, related links, footer; and the paging of lists."""

from __future__ import annotations

import hashlib
from html import escape

from crawlers.practice.markup import body_html, lines_html
from crawlers.practice.model import Entry, Site
from crawlers.practice.page import Page

SHARE = (
    '<div class="bdsharebuttonbox"><a class="bds_weixin">微信</a><a class="bds_tsina">新浪微博</a>'
    '<a class="bds_more">更多</a></div>'
)
RELATED = 3


def number(key: str, digits: int) -> str:
    """A stable article number of so many digits, never with a zero in front."""
    value = int(hashlib.sha256(key.encode()).hexdigest(), 16)
    return str(10 ** (digits - 1) + value % (9 * 10 ** (digits - 1)))


def page_count(site: Site) -> int:
    """How many list pages the column has; an empty column has one."""
    return max(1, -(-len(site.entries) // site.page_size))


def on_page(site: Site, page: int) -> tuple[Entry, ...]:
    """The entries of a list page, counted from 1."""
    return site.entries[(page - 1) * site.page_size : page * site.page_size]


def href(entry: Entry) -> str:
    """Where a list row leads."""
    return getattr(entry, "href", None) or entry.path


def article(site: Site, entry: Entry, page: Page) -> dict[str, object]:
    """What the articles of every family hold, ready for the blanks of its template."""
    return {
        "head_title": escape(page.head_title),
        "headline": headline(page),
        "published": entry.published,
        "source": source(site, entry),
        "hits": hit_counter(site),
        "share": SHARE,
        "body": body_html(page),
        "second": second_copy(site, entry, page),
        "neighbours": neighbours(site, entry),
        "related": related(site, entry),
        "footer": footer(site),
    }


def headline(page: Page) -> str:
    """The title as markup; its line breaks are `<br/>`."""
    return lines_html(page.title)


def meta(site: Site, fields: dict[str, str]) -> str:
    """The charset label and the government's meta tags."""
    tags = "\n".join(f'<meta name="{n}" content="{escape(v)}"/>' for n, v in fields.items())
    return f'<meta charset="{site.charset}">\n{tags}'


def neighbours(site: Site, entry: Entry) -> str:
    """上一篇 / 下一篇 in list order; 没有了 at the ends."""
    place = site.entries.index(entry)
    before = site.entries[place - 1] if place else None
    after = site.entries[place + 1] if place + 1 < len(site.entries) else None
    return (
        f'<div class="prev">上一篇：{_link(before)}</div>'
        f'<div class="next">下一篇：{_link(after)}</div>'
    )


def _link(entry: Entry | None) -> str:
    if entry is None:
        return "没有了"
    return f'<a href="{href(entry)}">{escape(entry.link_text, quote=False)}</a>'


def related(site: Site, entry: Entry) -> str:
    """相关阅读: other articles of the column, so that another year's title stands on every page."""
    others = [e for e in site.entries if e is not entry and getattr(e, "href", None) is None]
    rows = "".join(f"<li>• {_link(other)}</li>" for other in others[:RELATED])
    return f'<div class="related"><h3>相关阅读</h3><ul>{rows}</ul></div>'


def footer(site: Site) -> str:
    """Site declaration, operator, and the code of the site."""
    return (
        '<div class="links">相关链接 <select><option>直属单位</option><option>市州连接</option>'
        "</select></div>"
        '<div class="foot"><a>网站声明</a> <a>联系我们</a> <a>网站地图</a>'
        f"<p>主办单位：{site.printed}&nbsp;&nbsp;网站标识码：{site.site_id_code}</p>"
        "<p>云公网安备 99000000000000号 <a>移动端</a> <a>电脑端</a></p></div>"
    )


def hit_counter(site: Site) -> str:
    """浏览次数; scripts fill it on real sites."""
    return f'<span>浏览次数：<i id="hits">{site.hits}</i></span>'


def second_copy(site: Site, entry: Entry, page: Page) -> str:
    """The print or mobile copy of a body that stands twice, with its own small head."""
    if page.copies == 1:
        return ""
    return (
        f'<div id="print-area"><div class="bt">{site.column_name}</div><h2>{headline(page)}</h2>'
        f"<div>发布时间:{entry.published:%Y-%m-%d}&emsp;{source(site, entry)}</div>"
        f'<div class="detail-news">{body_html(page)}</div></div>'
    )


def source(site: Site, entry: Entry) -> str:
    """来源 as printed; the agency where the data names no office."""
    return getattr(entry, "source", "") or site.printed
