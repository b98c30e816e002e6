"""Accidents of the page as a whole: titles, copies, pictures for tables, false labels."""

from __future__ import annotations

from dataclasses import replace

from crawlers.practice.page import Grid, Page, Picture


def broken_title(page: Page, *, after: str) -> Page:
    """The headline on two lines."""
    return replace(page, title=page.title.replace(after, f"{after}\n", 1))


def title_without_region(page: Page) -> Page:
    """The title names the agency without its place. The data has it so: nothing changes here."""
    return page


def truncated_head_title(page: Page, *, length: int) -> Page:
    """The title element stops in the middle."""
    return replace(page, head_title=page.head_title[:length])


def body_twice(page: Page) -> Page:
    """The body once for the desk and once for print or mobile."""
    return replace(page, copies=2)


def tables_as_images(page: Page) -> Page:
    """No table is left; the data has pictures in their places."""
    if any(isinstance(block, Grid) for block in page.blocks):
        raise KeyError("a page of scanned tables has none in text")
    if not any(isinstance(block, Picture) for block in page.blocks):
        raise KeyError("a page of scanned tables shows at least one of them")
    return page


def gb18030_called_gb2312(page: Page) -> Page:
    """Bytes in GB18030 under the label gb2312, in the page and in the header."""
    return replace(page, encoding="gb18030", charset="gb2312")


def as_written(page: Page, *, text: str, means: str) -> Page:
    """Words the agency wrote by mistake, such as a wrong year; they stand in the prose already."""
    if not any(text in getattr(block, "text", "") for block in page.blocks):
        raise KeyError(f"no paragraph says {text!r}")
    return page
