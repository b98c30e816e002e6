"""`nianbao sites`: the registry listed and checked, a site looked at before it is crawled."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crawlers.registry import default_registry, load_registry
from pipeline.cli import app
from pipeline.errors import NianbaoError
from storage.captures import CaptureStore
from tests.crawl_town import FAST, TITLE, Site, column, listing, row

PUBLISHED = "2023-01-16"
HOME = """<html><head><title>青禾县人民政府</title>
<meta name="SiteName" content="青禾县人民政府门户网站">
<meta name="SiteIDCode" content="9907020001"></head><body>
<a href="/zwgk/">政务公开</a><a href="/xwzx/">新闻中心</a>
<a href="https://www.gov.cn/">中国政府网</a>
<a href="https://clone.example/xxgknb/">政府信息公开年报</a></body></html>"""
DISCLOSURE = """<html><body><p>政府信息公开</p>
<a href="/zwgk/xxgk/zhinan/">政府信息公开指南</a>
<a href="/zwgk/xxgk/xxgknb/">政府信息公开年报</a>
<a href="/zwgk/xxgk/bmnb/">各部门政府信息公开年报</a>
<a href="/zwgk/wzbb/">政府网站年度报表</a>
<a href="/zwgk/fzzf/ndbg/">法治政府建设年度报告</a>
<a href="/zwgk/202301/t20230116_1.html">政府信息公开年报</a></body></html>"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    sites = {name: Site(f"127.78.0.{n}") for n, name in enumerate(("county", "closed", "wall"), 1)}
    county = sites["county"]
    county.put("/", HOME)
    county.put("/zwgk/", DISCLOSURE)
    own = [
        row("/zwgk/202301/t20230116_2.html", f"青禾县2022{TITLE}", PUBLISHED),
        row("/zwgk/202301/t20230116_2_wap.html", f"青禾县2022{TITLE}", PUBLISHED),
        row("/zwgk/202201/t20220116_3.html", f"青禾县2021{TITLE}", "2022-01-16"),
        row("/zwgk/202201/t20220116_4.html", f"青禾县2021{TITLE}解读", "2022-01-20"),
        row("https://clone.example/1.html", f"青禾县2020{TITLE}", "2021-01-16"),
    ]
    county.put(
        "/zwgk/xxgk/xxgknb/",
        listing(*own, after="<script>createPageHTML(2,0,'index','html')</script>"),
    )
    agencies = ("教育局", "水利局", "民政局", "财政局")
    many = [
        row(f"/zwgk/202301/t20230117_{n}.html", f"青禾县{name}2022{TITLE}", "2023-01-17")
        for n, name in enumerate(agencies)
    ]
    county.put("/zwgk/xxgk/bmnb/", listing(*many))
    sites["closed"].put("/robots.txt", "User-agent: *\nDisallow: /\n")
    sites["wall"].put("/list.html", "<script>$_ts={}</script>", 412)
    yield sites
    for site in sites.values():
        site.close()


@pytest.fixture
def registry(town: dict[str, Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NIANBAO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NIANBAO_CRAWL_SETTINGS", json.dumps(FAST))
    folder = tmp_path / "registry"
    folder.mkdir()
    rows = [
        column("qinghe", f"{town['county'].url}/zwgk/xxgk/xxgknb/", family="trs"),
        column("closed", f"{town['closed'].url}/list.html"),
        column("wall", f"{town['wall'].url}/list.html"),
        column("down", "http://127.78.0.99:9/list.html"),
    ]
    (folder / "99_qinghe.toml").write_text("\n".join(rows), "utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["sites", *map(str, arguments)])


def test_the_packaged_registry_is_listed_by_what_is_asked() -> None:
    lines = run("list", "--region", "42", "--family", "trs", "--jsonl").stdout.splitlines()
    columns = [json.loads(line) for line in lines]

    assert {"hubei", "hubei_2025"} <= {each["id"] for each in columns}
    assert {each["region"] for each in columns} == {"42_hubei"}
    assert "湖北省人民政府" in run("list", "--region", "42_hubei", "--level", "province").stdout
    assert {
        json.loads(x)["id"]
        for x in run("list", "--status", "blocked", "--jsonl").stdout.splitlines()
    } == {"gansu", "ningxia", "ningxia_history"}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--region", "99"), "no column of region '99'; there are: 00_central, 11_beijing"),
        (("--family", "TRS"), "no column of family 'TRS'; there are: dahe, "),
        (("--region", "41", "--level", "central"), "all of this: region 41, level central"),
    ],
)
def test_a_question_that_no_column_answers_is_said(asked: tuple[str, ...], said: str) -> None:
    result = run("list", *asked)

    assert isinstance(result.exception, NianbaoError)
    assert said in str(result.exception)


def test_ids_are_whole_in_a_pipe() -> None:
    result = run("list")

    listed = {line.split()[0] for line in result.stdout.splitlines()[2:] if line.strip()}
    assert {column.id for column in load_registry(default_registry())["41_henan"]} <= listed


def test_the_packaged_registry_passes_its_check() -> None:
    result = run("check")

    assert result.exit_code == 0
    assert "143 rows read, 0 problems" in result.stderr


def test_a_registry_with_problems_fails_with_every_row_named(registry: Path) -> None:
    broken = column("x", "https://clone.example/nb/") + column(
        "y", "https://y.gov.cn/", level="village"
    )
    (registry / "99_other.toml").write_text(broken, "utf-8")

    result = run("check", registry)

    assert result.exit_code == 1
    said = result.stdout.splitlines()
    assert said[0].startswith("99_other.toml, [[column]] 1 (x): host 'clone.example' is not below")
    assert said[1].startswith("99_other.toml, [[column]] 2 (y): level: Input should be")
    assert "4 rows read, 2 problems" in result.stderr


@pytest.mark.parametrize(
    ("agency", "code", "said"),
    [
        ("青禾县水利局", "429999", "is in no revision of GB/T 2260"),
        ("新津县水利局", "510132", "510118 follows it"),
        ("青禾县水利局", "420107", "is 青山区, which the name 青禾县水利局 does not say"),
    ],
)
def test_a_division_that_is_not_the_agency_s_is_named(
    tmp_path: Path, agency: str, code: str, said: str
) -> None:
    region = "51_sichuan" if code.startswith("51") else "42_hubei"
    site = {"evidence": "seen", "source": "looked at", "agency": agency, "division": code}
    row = column("x", "https://x.gov.cn/nb/", **site)
    (tmp_path / f"{region}.toml").write_text(row, "utf-8")

    result = run("check", tmp_path)

    assert result.exit_code == 1
    assert f"{region}.toml (x): division {code}" in result.stdout
    assert said in result.stdout


def test_a_probe_asks_once_keeps_what_came_and_shows_what_a_crawl_would_follow(
    registry: Path, town: dict[str, Site], tmp_path: Path
) -> None:
    town["county"].log.clear()

    result = run("probe", "qinghe", "--registry", registry, "--jsonl")

    assert result.exit_code == 0, result.output
    seen = json.loads(result.stdout)
    assert [(each["years"], each["why_not"]) for each in seen["rows"]] == [
        ([2022], None),
        ([2022], f"second face of {seen['rows'][0]['url']}"),
        ([2021], None),
        ([], "another paper: 解读"),
        ([2020], "host clone.example is not below .gov.cn"),
    ]
    assert seen["more"] == [f"{seen['url']}index_1.html"]
    assert [asked.path for asked in town["county"].log] == ["/robots.txt", "/zwgk/xxgk/xxgknb/"]
    with CaptureStore(tmp_path / "data/captures") as store:
        assert store.verify() == []
    assert list((tmp_path / "data/captures/scouts").glob("*.warc.gz"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("closed", "Forbidden by robots.txt"),
        ("wall", "blocked:js_challenge (HTTP 412)"),
        ("down", "refused"),
    ],
)
def test_a_page_that_is_not_had_is_named_with_the_reason(
    registry: Path, name: str, why: str
) -> None:
    result = run("probe", name, "--registry", registry)

    assert result.exit_code == 1
    assert "/list.html: " in result.stderr
    assert why in result.stderr


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("nobody", "neither a column's id nor an address"),
        ("https://clone.example/nb/", "is not below .gov.cn"),
        ("http://127.0.0.1:9/", "is not below .gov.cn"),
        ("http://10.0.0.1/", "is not below .gov.cn"),
    ],
)
def test_only_official_hosts_are_asked(asked: str, why: str) -> None:
    for command in ("probe", "discover"):
        result = run(command, asked)

        assert isinstance(result.exception, NianbaoError)
        assert why in str(result.exception)


@pytest.mark.parametrize("path", ["/zwgk/2023nb/", "/zwgk/2024nb/"])
def test_a_list_that_is_gone_is_said_with_the_way_to_find_it_again(
    registry: Path, town: dict[str, Site], path: str
) -> None:
    town["county"].put("/zwgk/2024nb/", "", 302, Location="/")
    home = f"{town['county'].url}/"

    result = run("probe", f"{home}{path[1:]}", "--registry", registry)

    assert result.exit_code == 1
    assert f"nianbao sites discover {home}\n" in result.stderr
    assert "status" not in result.stdout, "gone today is not blocked"


def test_columns_are_discovered_from_a_home_page_with_rows_to_review(
    registry: Path, town: dict[str, Site], tmp_path: Path
) -> None:
    county = town["county"]
    county.log.clear()

    result = run("discover", f"{county.url}/", "--registry", registry)

    assert result.exit_code == 0, result.output
    drafts = result.stdout[result.stdout.index("# ") :]
    assert f"# {county.url}/zwgk/xxgk/xxgknb/\n# is in the registry: qinghe" in drafts
    (found,) = tomllib.loads(drafts)["column"]
    assert found["list_url"] == f"{county.url}/zwgk/xxgk/bmnb/"
    assert (found["owner"], found["division"], found["level"]) == ("row", "990702", "county")
    assert (found["first_year"], found["status"]) == (2022, "working")
    assert "text has 信息公开年报 +50" in drafts
    folder = tmp_path / "reviewed"
    folder.mkdir()
    (folder / "99_qinghe.toml").write_text(drafts[drafts.index("[[column]]") :], "utf-8")
    assert load_registry(folder)["99_qinghe"][0].owner == "row"
    asked = {each.path for each in county.log}
    assert asked == {"/robots.txt", "/", "/zwgk/", "/zwgk/xxgk/xxgknb/", "/zwgk/xxgk/bmnb/"}
