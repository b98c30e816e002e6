"""龙讯 LonSun Ex8: lists by query string, an index table, the pager in a script."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from html import escape

from crawlers.practice.families import furniture
from crawlers.practice.model import Entry, Site
from crawlers.practice.page import Page

POSITION = (
    '<div class="wzy_position">您现在所在的位置：<a href="/">首页</a> &gt; '
    '<a href="/public/">政务公开</a> &gt; <a href="/public/column/{organ}?type=4&action=list">'
    "{printed}</a> &gt; {column_name}</div>"
)
NAVIGATION = """<div class="xxgk_left"><ul class="xxgk_nav">\
<li><a href="/public/column/{organ}?type=2">政府信息公开指南</a></li>\
<li><a href="/public/column/{organ}?type=1">政府信息公开制度</a></li>\
<li><a href="/public/column/{organ}?type=4">法定主动公开内容</a></li>\
<li class="cur"><a href="/public/column/{organ}?type=3">政府信息公开年报</a></li>\
<li><a href="/public/column/{organ}?type=5">依申请公开</a></li></ul></div>"""
LIST = """<!DOCTYPE html><html><head>{meta}
<title>{column_name}_{site_name}信息公开网</title></head><body>
{position}
{navigation}
<div class="xxgk_navli1"><ul class="clearfix xxgk_nav_list doc_list list-{organ}">
{rows}
</ul>
<div id="page_public_info" class="page"></div>
<script>var pageCfg={{ pageIndex:{page}, pageCount:{pages}, pageSize:{size}, total:{total}, \
link:"{link}" }};
Ls.pagination("#page_public_info",{{ pageIndex:{page}, pageCount:{pages}, \
callback:function(p){{ location.href=pageCfg.link+p; }} }});</script></div>
{footer}
</body></html>
"""
ARTICLE = """<!DOCTYPE html><html><head>{meta}
<title>{head_title}_{site_name}信息公开网</title></head><body>
{position}
<table class="table_suoyin"><tr><td class="pmingcheng" colspan="4">{name}</td></tr>\
<tr><th>索引号</th><td>{index_number}</td><th>信息分类</th><td>{column_name}</td></tr>\
<tr><th>发布机构</th><td>{source}</td><th>发布日期</th><td>{published:%Y-%m-%d %H:%M}</td></tr>\
<tr><th>文号</th><td></td><th>有效性</th><td>有效</td></tr></table>
<h1 class="wztit">{headline}</h1>
<div class="wzbjxx"><span>发布时间：{published:%Y-%m-%d %H:%M}</span>\
<span>信息来源：{source}</span>{hits}\
<span>字体：[<a class="j-fontBig">大</a> <a class="j-fontSmall">小</a>] \
保护视力色： 阅读 </span>{share}</div>
<div class="wzcon j-fontContent">{body}</div>
{second}
{neighbours}
{related}
{footer}
</body></html>
"""


def list_path(site: Site, page: int) -> str:
    """Every page by its `pageIndex`, the first one too."""
    return f"{_link(site)}{page}"


def _link(site: Site) -> str:
    organ, category = site.column.split("/")
    return f"/public/column/{organ}?type=4&catId={category}&action=list&nav=3&pageIndex="


def article_path(column: str, published: datetime, key: str) -> str:
    """`/public/<organ>/<content id>.html`; nothing in it tells a date."""
    organ, _ = column.split("/")
    return f"/public/{organ}/{key if key.isdigit() else furniture.number(key, 9)}.html"


def list_html(site: Site, page: int) -> str:
    """Rows with absolute links and a title attribute; the number of pages stands in a script."""
    organ, _ = site.column.split("/")
    column = {"ColumnName": site.column_name}
    return LIST.format(
        **_frame(site),
        meta=furniture.meta(site, _site_fields(site) | column),
        navigation=NAVIGATION.format(organ=organ),
        rows="\n".join(_row(site, entry) for entry in furniture.on_page(site, page)),
        page=page,
        pages=furniture.page_count(site),
        size=site.page_size,
        total=len(site.entries),
        link=_link(site),
    )


def _frame(site: Site) -> dict[str, str]:
    organ, _ = site.column.split("/")
    names = {"organ": organ, "column_name": site.column_name, "site_name": site.site_name}
    position = POSITION.format(printed=site.printed, **names)
    return names | {"position": position, "footer": furniture.footer(site)}


def _site_fields(site: Site) -> dict[str, str]:
    return {"SiteName": site.site_name, "SiteIDCode": site.site_id_code}


def _row(site: Site, entry: Entry) -> str:
    link = furniture.href(entry)
    url = link if "://" in link else site.base_url + link
    return (
        f'<li class="clearfix"><a href="{url}" title="{escape(entry.link_text)}" target="_blank">'
        f"{escape(entry.link_text, quote=False)}</a>"
        f'<span class="right date">{entry.published:%Y-%m-%d}</span></li>'
    )


def article_html(site: Site, entry: Entry, page: Page) -> str:
    """Index table, headline, info line, body, and what stands below."""
    name = page.title.replace("\n", "")
    fields = _site_fields(site) | {
        "ArticleTitle": name,
        "PubDate": f"{entry.published:%Y-%m-%d %H:%M}",
        "ContentSource": furniture.source(site, entry),
        "ColumnName": site.column_name,
    }
    return ARTICLE.format(
        **(_frame(site) | furniture.article(site, entry, page)),
        meta=furniture.meta(replace(site, charset=page.charset), fields),
        name=escape(name),
        index_number=getattr(entry, "index_number", ""),
    )
