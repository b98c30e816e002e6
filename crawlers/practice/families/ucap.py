"""开普 UCAP: `common_list.shtml`, articles named by 32 hex digits, meta tags, `#UCAP-CONTENT`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from html import escape

from crawlers.practice.families import furniture
from crawlers.practice.model import Entry, Site
from crawlers.practice.page import Page

LIST = """<!DOCTYPE html><html><head>{meta}
<title>{column_name}</title></head><body>
<div class="pageList listContent infoList"><ul id="list">
{rows}
</ul><div id="page_div"></div>
<script>createPageHTML('page_div',{pages},{page},'common_list','shtml',{total});</script></div>
{footer}
</body></html>
"""
ARTICLE = """<!DOCTYPE html><html><head>{meta}
<title>{head_title}</title></head><body>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a>政务公开</a> &gt; {column_name}</div>
<div id="pc"><h2>{headline}</h2>
<ul class="tools"><li>发布时间: {published:%Y-%m-%d}</li><li>来源: {source}</li>\
<li>字体: <a>大</a><a>中</a><a>小</a></li><li>{hits}</li>\
<li>分享到: {share}</li><li>打印: </li></ul>
<div id="UCAP-CONTENT" class="article-content">{body}<ucapcontent></ucapcontent></div>
<div>【编辑: 甲乙】</div></div>
{second}
{neighbours}
{related}
{footer}
</body></html>
"""
PADDED_FROM = 2021
"""Paths were `/2020/1/20/`; since the templates changed they are `/202101/`."""


def list_path(site: Site, page: int) -> str:
    """`common_list.shtml`, then `common_list_2.shtml`."""
    return f"/{site.column}/common_list{'' if page == 1 else f'_{page}'}.shtml"


def article_path(column: str, published: datetime, key: str) -> str:
    """An unpadded date or a month as the folder, and 32 hex digits."""
    name = key if len(key) == 32 else hashlib.sha256(key.encode()).hexdigest()[:32]
    unpadded = f"{published.year}/{published.month}/{published.day}"
    folder = unpadded if published.year < PADDED_FROM else f"{published:%Y%m}"
    return f"/{column}/{folder}/{name}.shtml"


def list_html(site: Site, page: int) -> str:
    """Rows in `h4`, the pager in a script whose numbers count from 1."""
    fields = _site_fields(site) | {
        "ColumnDescription": f"{site.site_name}{site.column_name}栏目",
        "ColumnKeywords": "年报",
    }
    return LIST.format(
        meta=furniture.meta(site, fields),
        column_name=site.column_name,
        rows="\n".join(_row(entry) for entry in furniture.on_page(site, page)),
        pages=furniture.page_count(site),
        page=page,
        total=len(site.entries),
        footer=furniture.footer(site),
    )


def _site_fields(site: Site) -> dict[str, str]:
    return {
        "SiteName": site.site_name,
        "SiteDomain": f"{site.host}:{site.port}",
        "SiteIDCode": site.site_id_code,
        "ColumnName": site.column_name,
        "ColumnType": "政府信息公开",
    }


def _row(entry: Entry) -> str:
    return (
        f'<li><h4><a href="{furniture.href(entry)}" title="{escape(entry.link_text)}">'
        f"{escape(entry.link_text, quote=False)}</a></h4>"
        f'<span class="date">{entry.published:%Y-%m-%d}</span></li>'
    )


def article_html(site: Site, entry: Entry, page: Page) -> str:
    """Toolbar, body, editor, the second copy if there is one, and what stands below."""
    fields = _site_fields(site) | {
        "ArticleTitle": page.title.replace("\n", ""),
        "PubDate": f"{entry.published:%Y-%m-%d %H:%M:%S}",
        "ContentSource": furniture.source(site, entry),
        "Keywords": "年度报告",
    }
    return ARTICLE.format(
        meta=furniture.meta(replace(site, charset=page.charset), fields),
        column_name=site.column_name,
        **furniture.article(site, entry, page),
    )
