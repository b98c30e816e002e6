"""Where a scout goes and what it makes of what it sees: pure, on pages handed to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawlers.families.base import Ask
from crawlers.hosts import allow_list
from crawlers.scout.drafts import agencies_in, drafts, id_for, standing
from crawlers.scout.look import look_at
from crawlers.scout.model import Candidate, Refusal, Scouted, ScoutRequest, SeenRow
from crawlers.scout.scoring import candidates, is_accepted, score_of, site_meta, ways
from crawlers.scout.walks import Discovery, Probe, walk_of
from tests.crawl_town import TITLE

HOME = "https://www.qinghe.gov.cn/"
MENU = f"{HOME}zwgk/xxgk/"


def request(task: str = "discover", **more: object) -> ScoutRequest:
    values = {"task": task, "url": HOME, "hosts": ("www.qinghe.gov.cn",), "captures": Path("x")}
    return ScoutRequest.model_validate(values | more)


def page(*links: tuple[str, str]) -> str:
    anchors = "".join(f"<li><a href='{href}'>{text}</a></li>" for href, text in links)
    return f"<html><body><ul>{anchors}</ul></body></html>"


def rows(*titles: str) -> str:
    found = (
        f"<li><a href='/zwgk/202301/t20230116_{n}.html'>{title}</a><span>2023-01-16</span></li>"
        for n, title in enumerate(titles, 1)
    )
    return f"<html><body><ul>{''.join(found)}</ul></body></html>"


@pytest.mark.parametrize(
    ("text", "url", "score"),
    [
        ("政府信息公开年报", f"{HOME}zwgk/xxgk/zfxxgknb/", 100),
        ("政府信息公开年报", f"{HOME}col/col93261/index.html", 70),
        ("信息公开年度报告", f"{HOME}zfxxgk/ndbg/", 100),
        ("年报", f"{HOME}gk/2023/nb2023/", 100),
        ("各部门政府信息公开年报", f"{HOME}zwgk/xxgknb/bmnb/", 90),
        ("政府网站年度报表", f"{HOME}zwgk/ndbb/", -50),
        ("法治政府建设年度报告", f"{HOME}fzzf/ndbg/", -20),
        ("政府信息公开指南", f"{HOME}zwgk/xxgk/zn/", -50),
        ("政府信息公开制度", f"{HOME}zwgk/xxgk/zd/", -50),
        ("部门预决算公开", f"{HOME}zwgk/czyjs/", -50),
        ("政府信息公开年报", f"{HOME}zwgk/202301/t20230116_1.html", 10),
        ("首页", HOME, 10),
    ],
)
def test_a_link_is_scored_by_words_address_and_place(text: str, url: str, score: int) -> None:
    assert score_of(text, url, MENU)[0] == score


def test_the_evidence_adds_up_to_the_score() -> None:
    score, evidence = score_of("政府信息公开年报", f"{HOME}zwgk/xxgk/zfxxgknb/", MENU)

    assert [line.rsplit(" ", 1)[1] for line in evidence] == ["+60", "+30", "+10"]
    assert is_accepted(score)


def test_years_count_below_a_column_alone() -> None:
    html = page((f"{HOME}zfxxgknb/2023n/", "2023年"), (f"{HOME}zwgk/", "政务公开"))

    assert [c.text for c in candidates(html, f"{HOME}zfxxgknb/", below=True)] == ["2023年"]
    assert candidates(html, f"{HOME}zfxxgknb/") == []


def test_ways_lead_from_the_likeliest_and_never_through_articles() -> None:
    html = page(
        ("/map/", "网站地图"), ("/zwgk/", "政务公开"), ("/gk/", "政府信息公开"), ("/news/", "新闻"),
        ("/202301/t20230116_1.html", "政府信息公开"),
    )  # fmt: skip

    assert ways(html, HOME) == [f"{HOME}gk/", f"{HOME}zwgk/", f"{HOME}map/"]


def test_a_number_behind_the_mark_of_a_catalogue_belongs_to_the_address() -> None:
    html = page(("/gkmlpt/annualreport#2629", "政府信息公开年报"))

    assert [c.url for c in candidates(html, HOME)] == [f"{HOME}gkmlpt/annualreport#2629"]


def walk(pages: dict[str, str], asked: ScoutRequest) -> tuple[Scouted, list[str]]:
    """Drive a walk over pages by hand; what is not there is refused."""
    trip, log = walk_of(asked), list[str]()
    waiting: list[Iterator[Ask]] = [trip.begin()]
    while waiting:
        for ask in waiting.pop():
            log.append(ask.url.removeprefix(HOME))
            text = pages.get(ask.url.removeprefix(HOME))
            if text is None:
                waiting.append(trip.refused(Refusal(url=ask.url, why="HTTP 404", is_gone=True)))
            else:
                waiting.append(trip.answered(ask, ask, text))
    return trip.scouted("c", len(log)), log


SITE = {
    "": page(("/zwgk/", "政务公开"), ("/news/", "新闻中心"), ("/zwgk/gone/xxgknb/", "年报")),
    "zwgk/": page(
        ("/zwgk/xxgknb/", "政府信息公开年报"), ("/zwgk/wzbb/", "政府网站年度报表"),
        ("https://elsewhere.gov.cn/xxgknb/", "政府信息公开年报"),
    ),
    "zwgk/xxgknb/": page(("/zwgk/xxgknb/2022n/", "2022年"), ("/zwgk/xxgknb/2021n/", "2021年")),
    "zwgk/xxgknb/2022n/": rows(f"青禾县2022{TITLE}", f"青禾县水利局2022{TITLE}"),
    "zwgk/xxgknb/2021n/": rows(f"青禾县2021{TITLE}", f"青禾县水利局2021{TITLE}"),
}  # fmt: skip


def test_columns_of_a_year_each_are_found_below_their_parent() -> None:
    scouted, log = walk(SITE, request())

    found = [
        candidate.url.removeprefix(HOME) for candidate in scouted.candidates if candidate.is_column
    ]
    assert sorted(found) == ["zwgk/xxgknb/2021n/", "zwgk/xxgknb/2022n/"]
    assert log[0] == ""
    assert "news/" not in log
    assert "zwgk/wzbb/" not in log
    assert [refusal.why for refusal in scouted.refusals] == ["HTTP 404"]


def test_another_host_is_named_and_not_asked() -> None:
    scouted, log = walk(SITE, request())

    (foreign,) = [c for c in scouted.candidates if "elsewhere" in c.url]
    assert foreign.seen is None
    assert all("elsewhere" not in url for url in log)


def test_a_walk_ends_after_the_pages_it_was_given() -> None:
    scouted, log = walk(SITE, request(most_pages=2))

    assert len(log) == 2
    assert not any(candidate.is_column for candidate in scouted.candidates)


def test_a_probe_asks_for_one_page() -> None:
    asked = request("probe", url=f"{HOME}zwgk/xxgknb/2022n/", family="trs")

    scouted, log = walk(SITE, asked)

    assert log == ["zwgk/xxgknb/2022n/"]
    assert scouted.seen is not None
    assert [row.years for row in scouted.seen.reports] == [(2022,), (2022,)]
    assert isinstance(walk_of(asked), Probe)
    assert isinstance(walk_of(request()), Discovery)


def test_in_a_list_of_agencies_a_name_is_a_report() -> None:
    html, asked = rows("市教育局", "市水利局"), Ask(f"{HOME}bmnb/2022n/")
    hosts = allow_list(["www.qinghe.gov.cn"])

    alone = look_at(html, asked, request(), hosts)
    listed = look_at(html, asked, request(lists_agencies=True, column_year=2022), hosts)

    assert [row.why_not for row in alone.rows] == ["names no report"] * 2
    assert [row.years for row in listed.reports] == [(2022,), (2022,)]


@pytest.mark.parametrize(
    ("host", "id_"),
    [
        ("yjglt.henan.gov.cn", "henan_yjglt"),
        ("www.henan.gov.cn", "henan"),
        ("zwgk.changchun.gov.cn", "changchun"),
        ("122.137.242.24", "host_122_137_242_24"),
    ],
)
def test_an_id_follows_the_host(host: str, id_: str) -> None:
    assert id_for(host) == id_


def test_agencies_are_counted_without_years_and_fixed_words() -> None:
    titles = (f"青禾县2022{TITLE}", f"2021年青禾县{TITLE[1:]}", "青禾县水利局政府信息公开年报")
    seen = [SeenRow(url="u", text=title, published=None, why_not=None) for title in titles]

    assert agencies_in(seen) == {"青禾县": 2, "青禾县水利局": 1}


def test_what_is_not_known_of_a_draft_is_left_open() -> None:
    scouted, _ = walk(SITE, request())

    (first, *_) = drafts(scouted, {}, date(2026, 11, 22))

    assert "# level = of the agency" in first
    assert "# division = GB/T 2260 code of the place" in first
    assert 'source = "found from https://www.qinghe.gov.cn/"' in first
    assert "as_of = 2026-11-22" in first


def test_what_the_registry_has_is_named_and_not_drafted() -> None:
    candidate = Candidate(url=f"{HOME}nb/", text="年报", score=90, evidence=(), found_on=HOME)
    seen = look_at(SITE["zwgk/xxgknb/2022n/"], Ask(candidate.url), request(), allow_list([HOME]))
    inside = seen.model_copy(
        update={"rows": tuple(r.model_copy(update={"why_not": None}) for r in seen.rows)}
    )
    scouted = Scouted(
        request=request(),
        crawl="c",
        asked=1,
        candidates=(candidate.model_copy(update={"seen": inside}),),
    )

    (row,) = drafts(scouted, {"qinghe.gov.cn/nb/": "qinghe"}, date(2026, 11, 22))

    assert row.endswith("# is in the registry: qinghe\n")


@pytest.mark.parametrize(
    ("path", "status"),
    [("zwgk/xxgknb/2022n/", "working"), ("zwgk/", None), ("nowhere/", None)],
)
def test_a_probe_says_which_status_its_row_deserves(path: str, status: str | None) -> None:
    scouted, _ = walk(SITE, request("probe", url=f"{HOME}{path}"))

    lines = standing(scouted, date(2026, 11, 22))

    assert (tomllib.loads(lines)["status"] if lines else None) == status


def test_a_challenge_is_a_status_and_a_silent_host_is_none() -> None:
    asked = request("probe")
    wall, silent = (
        Scouted(request=asked, crawl="c", asked=1, refusals=(Refusal(url=HOME, why=why),))
        for why in ("blocked:slider (HTTP 200)", "TimeoutError: 40 s")
    )

    assert 'status = "blocked"' in str(standing(wall, date(2026, 11, 22)))
    assert standing(silent, date(2026, 11, 22)) is None


def test_the_site_s_own_tags_are_read_where_they_are_filled_in() -> None:
    html = "<meta name='SiteName' content='青禾县'><meta name='SiteIDCode' content=''>"

    assert site_meta(html) == {"SiteName": "青禾县"}
