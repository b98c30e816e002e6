"""What goes out for an ask, and the URL that names its answer in the archive."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from crawlers.asking import answered, kept_under, request_for
from crawlers.families.base import Ask
from storage.captures import PageClaim

REST = "https://sj.lanxi.gov.cn/rest/list"


def request_of(ask: Ask, keep_as: str | None = None) -> Request:
    return request_for(ask, print, print, PageClaim("c", "list"), keep_as, column="c")


def test_a_page_is_kept_under_its_address() -> None:
    request = request_of(Ask("https://a.gov.cn/gkmlpt/annualreport#8510"))

    assert (request.method, request.url) == ("GET", "https://a.gov.cn/gkmlpt/annualreport")
    assert kept_under(request) == request.url


@pytest.mark.parametrize(
    ("ask", "url"),
    [
        (Ask(REST, "POST", "page=2&id=7"), f"{REST}?__wb_method=POST&page=2&id=7"),
        (Ask(f"{REST}?a=1", "POST", "b=年"), f"{REST}?a=1&__wb_method=POST&b=%E5%B9%B4"),
        (
            Ask(REST, "POST", '{"page":2}', (("Content-Type", "application/json"),)),
            f"{REST}?__wb_method=POST&__wb_post_data=eyJwYWdlIjoyfQ==",
        ),
    ],
    ids=["a form", "a form beside a query", "json"],
)
def test_each_body_asked_with_has_an_address_of_its_own(ask: Ask, url: str) -> None:
    assert kept_under(request_of(ask)) == url


def test_an_article_of_a_second_request_is_kept_under_its_public_address() -> None:
    public = "https://sj.lanxi.gov.cn/showinfo.html?infoGuid=1"
    request = request_of(Ask(REST, "POST", "id=1"), public)

    assert kept_under(request) == public
    moved = request.replace(url="https://sj.lanxi.gov.cn/new", method="GET", body=b"")
    moved.meta["redirect_times"] = 1
    assert kept_under(moved) == "https://sj.lanxi.gov.cn/new"


def test_a_form_says_that_it_is_one_and_other_bodies_what_they_are() -> None:
    json = (("Content-Type", "application/json"), ("X-Requested-With", "XMLHttpRequest"))

    form = request_of(Ask(REST, "POST", "a=1")).headers["Content-Type"]
    assert form == b"application/x-www-form-urlencoded; charset=UTF-8"
    sent = request_of(Ask(REST, "POST", "{}", json)).headers
    assert (sent["Content-Type"], sent["X-Requested-With"]) == (
        b"application/json",
        b"XMLHttpRequest",
    )


def test_rows_are_read_from_where_the_answer_came_with_the_number_that_was_asked() -> None:
    answer = Response("https://new.gov.cn/gkmlpt/annualreport")

    assert answered(Ask("https://old.gov.cn/gkmlpt/annualreport#85"), answer) == Ask(
        "https://new.gov.cn/gkmlpt/annualreport#85"
    )
