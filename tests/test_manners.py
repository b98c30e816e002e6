"""Manners as functions: hours, the circuit breaker, Retry-After, traps, addresses of the inside."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.blocked import is_root, kinds, shell_target
from crawlers.breaker import STRIKES, Breaker
from crawlers.gate import retry_after
from crawlers.hours import is_open, parse_hours
from crawlers.resolver import InsideAddressError, check_address
from crawlers.traps import trap, without_session

NIGHT = datetime(2026, 1, 20, 18, 30, tzinfo=UTC)  # 02:30 on 21 January in China
DAY = datetime(2026, 1, 20, 3, 0, tzinfo=UTC)  # 11:00 in China


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("22-06", NIGHT, True),
        ("22-06", DAY, False),
        ("02-03", NIGHT, True),
        ("03-05", NIGHT, False),
        ("08-18", DAY, True),
        ("00-24", DAY, True),
    ],
)
def test_hours_are_those_of_china_and_may_pass_midnight(
    hours: str, moment: datetime, *, expected: bool
) -> None:
    assert is_open(hours, moment) is expected


@pytest.mark.parametrize("hours", ["22", "22-22", "25-03", "10pm-6am", ""])
def test_what_is_no_pair_of_hours_is_refused(hours: str) -> None:
    with pytest.raises(ValueError, match="such as 22-06"):
        parse_hours(hours)


def test_one_challenge_is_enough_to_leave_a_host() -> None:
    breaker = Breaker()

    assert breaker.bad("a.gov.cn", "slider", "blocked:slider (HTTP 200 at /x)")
    assert breaker.left == {"a.gov.cn": "blocked:slider (HTTP 200 at /x)"}


def test_failures_leave_a_host_only_in_a_row() -> None:
    breaker, most = Breaker(), STRIKES["failure"]
    for _ in range(3):
        for _ in range(most - 1):
            assert not breaker.bad("a.gov.cn", "failure", "TimeoutError")
        breaker.good("a.gov.cn")
    assert not breaker.left

    hits = [breaker.bad("a.gov.cn", "failure", "TimeoutError") for _ in range(most)]

    assert hits == [False] * (most - 1) + [True]
    assert breaker.left == {"a.gov.cn": f"TimeoutError {most} times in a row"}


def test_a_soft_404_says_nothing_about_its_host() -> None:
    breaker = Breaker()
    for _ in range(20):
        assert not breaker.bad("a.gov.cn", "soft404", "blocked:soft404")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"7", 7.0),
        (b"Tue, 20 Jan 2026 18:30:30 GMT", 30.0),
        (b"Tue, 20 Jan 2026 18:00:00 GMT", 0.0),
        (b"soon", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: bytes, seconds: float | None) -> None:
    assert retry_after(header, NIGHT) == seconds


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "::1", "fd00::1"],
)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(InsideAddressError, match=f"www.a.gov.cn resolves to {address}"):
        check_address("www.a.gov.cn", address)


def test_public_addresses_and_literal_ones_of_the_registry_pass() -> None:
    assert check_address("www.a.gov.cn", "59.175.169.110") == "59.175.169.110"
    assert check_address("127.77.0.1", "127.77.0.1") == "127.77.0.1"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://a.gov.cn/list?date=2020-01-31", "calendar"),
        ("http://a.gov.cn/rl/?year=2020&month=2020-02", "calendar"),
        ("http://a.gov.cn/zwgk/nb/zwgk/nb/zwgk/nb/1.html", "repeats"),
        ("http://a.gov.cn/" + "a/b/c/d/e/" * 2 + "f/g/h/i/j/k/1.html", "folders"),
        ("http://a.gov.cn/?q=" + "x" * 1000, "characters"),
    ],
)
def test_traps_are_named(url: str, why: str) -> None:
    assert why in (trap(url) or "")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=11320000014000186X&fbtime=2020",
        "http://a.gov.cn/gkmlpt/content/9/9103/post_9103540.html",
        "http://a.gov.cn/public/column/1?type=4&action=list&pageIndex=2",
        "http://a.gov.cn/art/2020/1/20/art_1234_56789.html",
    ],
)
def test_addresses_of_reports_are_no_traps(url: str) -> None:
    assert trap(url) is None
    assert without_session(url) == url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.gov.cn/1.jsp;jsessionid=AB12?id=3", "http://a.gov.cn/1.jsp?id=3"),
        ("http://a.gov.cn/1.jsp?id=3&PHPSESSID=9", "http://a.gov.cn/1.jsp?id=3"),
    ],
)
def test_a_session_id_is_not_part_of_an_address(url: str, expected: str) -> None:
    assert without_session(url) == expected


def test_a_shell_is_followed_within_its_host_only() -> None:
    url = "http://a.gov.cn/old/"

    assert shell_target(b"<script>location.replace('./szf/');</script>", url) == f"{url}szf/"
    assert shell_target(b"<script>window.location.href='http://b.cn/'</script>", url) is None
    assert shell_target(b"<script>location.href=location.pathname</script>", url) is None


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/index.shtml", "/default.aspx"])
def test_a_home_page_is_known_by_its_address(path: str) -> None:
    assert is_root(f"http://a.gov.cn{path}")
    assert not is_root(f"http://a.gov.cn{path}?id=3")


def test_every_kind_says_why_it_exists() -> None:
    assert all(kind.reason and (kind.title or kind.text or kind.words) for kind in kinds())
