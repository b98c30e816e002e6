"""Families that are not asked page by page, crawled for real: forms, ranges, years, surprises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from crawlers.run import crawl
from crawlers.summary import ColumnSummary, CrawlSummary
from pipeline.model import Capture, CaptureKind
from storage.captures import CaptureStore
from tests.crawl_town import FAST, PROSE, REGION, TITLE, YEARS, Site, column, report, row

HEADINGS = "一、总体情况 二、主动公开政府信息情况 三、收到和处理申请情况 统计期限"
DETAIL, LIST = "/qh/rest/zfxxgk/getGovInfoDetail", "/qh/rest/zfxxgk/getGovInfoList"
GATEWAY = "/api-gateway/jpaas-publish-server/front/page/build/unit"
AREA = "11990702MB00000024"
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp?area={}&fbtime={}"
PROXY = "/module/web/jpage/dataproxy.jsp"


def put_json(site: Site, path: str, value: object) -> None:
    body = json.dumps(value, ensure_ascii=False).encode()
    site.pages[path] = lambda: (200, {"Content-Type": "application/json"}, body)


def form(**params: object) -> str:
    return urlencode({"params": json.dumps(params, separators=(",", ":"))})


def furnish_epoint(site: Site) -> str:
    call = f'/* POST {LIST} params={{"cateid":"7","pageIndex":0,"pageSize":1}} */'
    site.put("/nb.html", f"<div class='ewb-main'>{PROSE}</div><script>{call}</script>")
    for index, year in enumerate((2021, 2020)):
        found = {"title": f"青禾县审计局{year}{TITLE}", "infodate": f"{year + 1}-01-20"}
        found["infourl"] = f"/showinfo.html?infoGuid={year}"
        answer = {"custom": {"total": 2, "infolist": [found]}}
        put_json(site, f"{LIST} {form(cateid='7', pageIndex=index, pageSize=1)}", answer)
        body = {"custom": {"data": {"infocontent": report(year)}}}
        put_json(site, f"{DETAIL} {form(infoid=str(year))}", body)
    return "/nb.html"


def furnish_annual(site: Site) -> str:
    menu = "".join(
        f"<a href='{ANNUAL.format(AREA, year)}'>{year}</a> " for year in range(2015, 2023)
    )
    for year in (2019, 2020, 2022):
        site.put(ANNUAL.format(AREA, year), menu + report(year, HEADINGS))
    site.put(ANNUAL.format(AREA, 2021), menu + PROSE)
    return f"/module/xxgk/xxgkAnnualReport.jsp?fbtime=2022&area={AREA}"


def furnish_trs(site: Site) -> str:
    """A hub with a folder a year; one holds a list of two pages, one the report as a picture."""
    years = "".join(
        f"<a href='./{year}n/'>{year}年政府信息公开年报</a>" for year in range(2017, 2023)
    )
    site.put(
        "/zfxxgknb/", f"<title>政府信息公开年报</title><i class='CurrChnlCls'></i>{PROSE}{years}"
    )
    rows = row("./202001/t20200120_1.html", f"青禾县2019{TITLE}")
    site.put(
        "/zfxxgknb/2019n/", PROSE + rows + '<script>createPageHTML(2,0,"index","html")</script>'
    )
    later = row("./202001/t20200121_2.html", f"青禾县水利局2019{TITLE}")
    site.put("/zfxxgknb/2019n/index_1.html", PROSE + later)
    site.put("/zfxxgknb/2019n/202001/t20200120_1.html", report(2019))
    site.put("/zfxxgknb/2019n/202001/t20200121_2.html", report(2019, "水利"))
    site.put("/zfxxgknb/2020n/", f"{PROSE}<img src='W0202101.png'>")
    for year in (2021, 2022):
        site.put(f"/zfxxgknb/{year}n/", f"<h1>青禾县{year}{TITLE}</h1>{PROSE}{HEADINGS}")
    return "/zfxxgknb/"


def furnish_stuck(site: Site) -> str:
    """A gateway that gives its first page whatever is asked for."""
    query = "{'webId':'1','tagId':'信息列表'}"
    site.put("/col/", f'{PROSE}<script src="unitbuild.js" url="{GATEWAY}" queryData="{query}">')
    html = row("/art/2020/1/20/art_1_2.html", f"青禾县2019{TITLE}")
    html += "<div class='pagination' rows='1' count='3' currpage='1'></div>"
    for page in (1, 2, 3):
        wanted = json.dumps({"pageNo": page, "pageSize": 15}, separators=(",", ":"))
        asked = urlencode({"webId": "1", "tagId": "信息列表", "paramJson": wanted})
        put_json(site, f"{GATEWAY}?{asked}", {"success": True, "data": {"html": html}})
    site.put("/art/2020/1/20/art_1_2.html", report(2019))
    return "/col/"


def furnish_deep(site: Site) -> str:
    """A jpage that promises five rows; the second range is short, what is left of it empty."""

    def record(number: int) -> str:
        link = row(f"/art/2020/1/20/art_1_{number}.html", f"青禾县{number}局2019{TITLE}")
        return f"<record><![CDATA[{link}]]></record>"

    call = (
        f'$("#5").jpage({{ dataproxy:"{PROXY}", totalRecord:5, perPage:1, proxyparam:{{"unitid":5}}'
    )
    store = f'<div id="5"><script type="text/xml">{record(1)}{record(2)}{record(3)}</script></div>'
    site.put("/col/col1/index.html", f"{PROSE}{store}<script>{call} }});</script>")
    ranges = {4: record(4), 5: "\n</recordset>\n</datastore>"}
    for start, records in ranges.items():
        asked = f"{PROXY}?startrecord={start}&endrecord=5&perpage=1 unitid=5"
        site.put(asked, f"<datastore><recordset>{records}", Content_Type="text/xml")
    for number in range(1, 6):
        site.put(f"/art/2020/1/20/art_1_{number}.html", report(2019, str(number)))
    return "/col/col1/index.html"


def furnish_gkmlpt(site: Site) -> str:
    tree = [{"id": 9, "name": "政府信息公开年报"}]
    config = json.dumps({"SID": "7", "TREE": tree}, ensure_ascii=False)
    site.put("/gkmlpt/annualreport", f"{PROSE}<script>window._CONFIG = {config};</script>")
    rows = [
        {"title": f"青禾县{year}{TITLE}", "url": f"/gkmlpt/content/post_{year}.html"}
        for year in YEARS
    ]
    for page, some in enumerate((rows[:3], rows[3:]), start=1):
        answer = {"total": 4, "articles": some}
        put_json(site, f"/gkmlpt/api/all/85?page={page}&sid=7", answer)
    for year in YEARS:
        site.put(f"/gkmlpt/content/post_{year}.html", report(year))
    return "/gkmlpt/annualreport#85"


def furnish_mistaken(site: Site) -> str:
    """A UCAP site that the registry takes for LonSun: read as that, its later pages are lost."""
    pager = "<script>createPageHTML('page_div',2,{},'list','shtml',2);</script>"
    for page, year in enumerate((2021, 2020), start=1):
        rows = row(f"/202201/c01_{year}.shtml", f"青禾县{year}{TITLE}")
        site.put("/list.shtml" if page == 1 else "/list_2.shtml", PROSE + rows + pager.format(page))
        site.put(f"/202201/c01_{year}.shtml", report(year))
    return "/list.shtml"


FURNISH = {
    "epoint": furnish_epoint,
    "annual": furnish_annual,
    "trs": furnish_trs,
    "stuck": furnish_stuck,
    "deep": furnish_deep,
    "gkmlpt": furnish_gkmlpt,
    "mistaken": furnish_mistaken,
}
FAMILY_OF = {"annual": "hanweb_annual", "stuck": "hanweb_unit", "deep": "hanweb_jpage"}


class Crawled:
    """The sites, two crawls of them, and what the archive holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "captures"
        self.sites = {name: Site(f"127.78.0.{n}") for n, name in enumerate(FURNISH, start=1)}
        registry = folder / "registry"
        registry.mkdir()
        rows = [
            column(
                name,
                site.url + FURNISH[name](site),
                family="lonsun" if name == "mistaken" else FAMILY_OF.get(name, name),
            )
            for name, site in self.sites.items()
        ]
        (registry / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")
        self.summaries: list[CrawlSummary] = []
        self.logged: list[dict[str, int]] = []
        for _ in range(2):
            deep = {**FAST, "DEEP_AFTER_DAYS": 0}
            self.summaries.append(
                crawl(REGION, YEARS, registry=registry, captures=self.folder, settings=deep)
            )
            self.logged.append({name: len(site.log) for name, site in self.sites.items()})

    def __getitem__(self, name: str) -> ColumnSummary:
        return next(c for c in self.summaries[0].columns if c.column == name)

    def kept(self, name: str, kind: CaptureKind = CaptureKind.REPORT) -> list[Capture]:
        """Captures of the first crawl."""
        crawl_id = self.summaries[0].crawl
        with CaptureStore(self.folder) as store:
            found = store.captures(REGION, kind=kind)
        return [c for c in found if (c.column, c.crawl) == (name, crawl_id)]

    def asked(self, name: str) -> list[str]:
        """What the first crawl asked for after robots.txt."""
        return [asked.path for asked in self.sites[name].log[1 : self.logged[0][name]]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    town = Crawled(tmp_path_factory.mktemp("families"))
    yield town
    for site in town.sites.values():
        site.close()


def test_lists_and_articles_that_come_by_form_are_kept_under_addresses_of_their_own(
    town: Crawled,
) -> None:
    public = [c.url.removeprefix(town.sites["epoint"].url) for c in town.kept("epoint")]
    lists = {
        c.url.removeprefix(town.sites["epoint"].url) for c in town.kept("epoint", CaptureKind.LIST)
    }

    assert sorted(public) == ["/showinfo.html?infoGuid=2020", "/showinfo.html?infoGuid=2021"]
    assert lists == {
        "/nb.html",
        *(
            f"{LIST}?__wb_method=POST&{form(cateid='7', pageIndex=page, pageSize=1)}"
            for page in (0, 1)
        ),
    }
    with CaptureStore(town.folder) as store:
        bodies = [json.loads(store.body(c)) for c in town.kept("epoint")]
    assert {"2021年" in body["custom"]["data"]["infocontent"] for body in bodies} == {True, False}
    assert not [path for path in town.asked("epoint") if path.startswith("/showinfo")]


def test_a_page_per_year_is_list_and_report_and_fetched_once(town: Crawled) -> None:
    annual = town["annual"]

    assert sorted(c.report_year or 0 for c in town.kept("annual")) == [2019, 2020, 2022]
    assert annual.missing == (2021,)
    assert (annual.found, annual.failed) == (3, ())
    years = [path[-4:] for path in town.asked("annual")]
    assert sorted(years) == ["2019", "2020", "2021", "2022"]


def test_columns_of_the_years_asked_are_followed_and_the_others_are_not(town: Crawled) -> None:
    found = {(c.url.rsplit("/zfxxgknb/")[1], c.report_year) for c in town.kept("trs")}

    assert found == {
        ("2019n/202001/t20200120_1.html", 2019),
        ("2019n/202001/t20200121_2.html", 2019),
        ("2020n/", 2020),
        ("2021n/", 2021),
        ("2022n/", 2022),
    }
    assert len(town.asked("trs")) == len(set(town.asked("trs")))
    assert not [path for path in town.asked("trs") if "2017n" in path or "2018n" in path]


def test_a_gateway_that_gives_one_page_for_ever_ends_and_is_said_to_be_cut_short(
    town: Crawled,
) -> None:
    (problem,) = town["stuck"].failed

    assert problem.why == "the list says it has 3 rows and gave 1: it is cut short"
    assert len([path for path in town.asked("stuck") if path.startswith(GATEWAY)]) == 2
    assert town["stuck"].found == 1


def test_what_a_range_is_short_of_is_asked_for_again_and_an_empty_answer_ends_it(
    town: Crawled,
) -> None:
    (problem,) = town["deep"].failed

    assert problem.why == "the list says it has 5 rows and gave 4: it is cut short"
    assert [p for p in town.asked("deep") if p.startswith(PROXY)] == [
        f"{PROXY}?startrecord=4&endrecord=5&perpage=1 unitid=5",
        f"{PROXY}?startrecord=5&endrecord=5&perpage=1 unitid=5",
    ]
    assert town["deep"].found == 4


def test_an_empty_application_leads_to_its_rows(town: Crawled) -> None:
    assert sorted(c.report_year or 0 for c in town.kept("gkmlpt")) == list(YEARS)
    assert town["gkmlpt"].failed == ()


def test_a_list_of_another_cms_than_claimed_is_read_as_what_it_is_and_said(town: Crawled) -> None:
    (note,) = town["mistaken"].notes

    assert "family lonsun and bears a mark of ucap" in note
    assert sorted(c.report_year or 0 for c in town.kept("mistaken")) == [2020, 2021]


def test_a_second_night_keeps_the_same_pages_and_the_archive_is_whole(town: Crawled) -> None:
    first, second = town.summaries

    assert (second.totals["new"], second.totals["unchanged"]) == (0, first.totals["found"])
    assert second.totals["requests"] == first.totals["requests"]
    with CaptureStore(town.folder) as store:
        assert store.verify() == []
