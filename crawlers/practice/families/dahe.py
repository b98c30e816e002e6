"""河南省政府统一技术平台 (dahe): dated paths, an info line, no index table and no meta tags."""

from __future__ import annotations

from datetime import datetime
from html import escape

from crawlers.practice.families import furniture
from crawlers.practice.model import Entry, Site
from crawlers.practice.page import Page

LOCATION = (
    '<div class="location">您当前所在位置:<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a>'
    " &gt; {}</div>"
)
ARTICLE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>{head_title} - {site_name}</title></head><body>
<div class="top"><a>智能搜索</a> <a>长者模式</a> <a>无障碍阅读</a></div>
{location}
<h1>{headline}</h1>
<div class="info"><span>【打印】</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span>\
<span>时间：{published:%Y-%m-%d %H:%M}</span><span>来源：{source}</span>\
{hits}<span>分享：</span>{share}</div>
<div class="content" id="content">{body}</div>
{second}
<div class="editor">【编辑：甲乙】</div>
{neighbours}
{related}
{footer}
<script src="/static/js/head.js"></script></body></html>
"""
LIST = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>政府信息公开年报</title></head><body>
{location}
<ul class="news-list">
{rows}
</ul>
<div class="pagination">{pager}</div>
{footer}
<script src="/static/js/head.js"></script><script src="/static/js/nav.js"></script></body></html>
"""


def list_path(site: Site, page: int) -> str:
    """The column's folder, then `index_2.html`: the real address of page 2 was never seen."""
    return f"{site.column}{'' if page == 1 else f'index_{page}.html'}"


def article_path(column: str, published: datetime, key: str) -> str:
    """`/2020/01-23/1284712.html`: the date is the publication date."""
    digits = key if key.isdigit() else furniture.number(key, 7)
    return f"/{published:%Y/%m-%d}/{digits}.html"


def list_html(site: Site, page: int) -> str:
    """Rows without a title attribute; the way to the next page is a link alone."""
    more = page < furniture.page_count(site)
    pager = f'<a href="{list_path(site, page + 1)}">下一页</a>' if more else "下一页"
    return LIST.format(
        charset=site.charset,
        location=LOCATION.format(site.column_name),
        rows="\n".join(_row(entry) for entry in furniture.on_page(site, page)),
        pager=pager,
        footer=furniture.footer(site),
    )


def _row(entry: Entry) -> str:
    text = escape(entry.link_text, quote=False)
    return (
        f'<li><a href="{furniture.href(entry)}" target="_blank">{text}</a>'
        f"<span>{entry.published:%Y-%m-%d}</span></li>"
    )


def article_html(site: Site, entry: Entry, page: Page) -> str:
    """Location, headline, info line, body, and what stands below."""
    return ARTICLE.format(
        charset=page.charset,
        site_name=site.site_name,
        location=LOCATION.format(site.column_name),
        **furniture.article(site, entry, page),
    )
