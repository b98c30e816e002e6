"""Pages of a site as the bytes it serves: pure functions of the data."""

from __future__ import annotations

from crawlers.practice.compose import compose
from crawlers.practice.families import FAMILIES
from crawlers.practice.model import Notice, PracticeReport, Site
from crawlers.practice.page import Page, Prose


def render_report(report: PracticeReport, site: Site) -> bytes:
    """A report in its site's template, in the bytes that its accidents ask for."""
    page = compose(report, site)
    html = FAMILIES[site.family].article_html(site, report, page)
    return html.encode(page.encoding)


def render_notice(notice: Notice, site: Site) -> bytes:
    """A near miss in the same template."""
    blocks = tuple(Prose(text) for text in notice.paragraphs)
    page = Page(notice.title, notice.title, blocks, encoding=site.encoding, charset=site.charset)
    return FAMILIES[site.family].article_html(site, notice, page).encode(page.encoding)


def render_list(site: Site, page: int) -> bytes:
    """A list page, counted from 1."""
    return FAMILIES[site.family].list_html(site, page).encode(site.encoding)


def render_home(site: Site) -> bytes:
    """A front page whose only use is its link to the column."""
    link = FAMILIES[site.family].list_path(site, 1).replace("&", "&amp;")
    html = (
        f'<!DOCTYPE html><html><head><meta charset="{site.charset}"><title>{site.site_name}</title>'
        f'</head><body><a href="{link}">{site.column_name}</a></body></html>\n'
    )
    return html.encode(site.encoding)


def list_url(site: Site, page: int = 1) -> str:
    """Full URL of a list page."""
    return site.base_url + FAMILIES[site.family].list_path(site, page)


def report_url(site: Site, year: int) -> str:
    """Full URL of the report on a year."""
    return site.base_url + site.report(year).path
