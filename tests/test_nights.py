"""One night after another: what is asked again, what is gone, and the index made from the files."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.checker import Checker  # type: ignore[import-untyped]

from crawlers.run import CrawlError, crawl
from crawlers.summary import ColumnSummary, CrawlSummary
from pipeline.commands.places import Cell, Places
from pipeline.commands.steps import extract_cell, group_cell, load_cells, read_cell
from pipeline.model import CaptureKind
from storage.captures import CaptureStore, CrawlRunningError, rebuild_index
from tests.crawl_town import FAST, TITLE, Site, column, listing, report, row

REGION = "99_nights"
NIGHTS = ("first", "quiet", "changed", "deep", "relisted")


def rows(*years: int, mark: str = "") -> str:
    return listing(*(row(f"/{year}.html", f"青禾县{year}{TITLE}{mark}") for year in years))


@dataclass
class Nights:
    folder: Path
    site: Site
    other: Site
    asked: dict[str, list[str]] = field(default_factory=dict)
    summaries: dict[str, CrawlSummary] = field(default_factory=dict)
    seen: dict[str, dict[str, sqlite3.Row]] = field(default_factory=dict)

    def __getitem__(self, night: str) -> ColumnSummary:
        return next(c for c in self.summaries[night].columns if c.column == "nights")

    def crawl(self, night: str, **more: Any) -> None:
        before = len(self.site.log)
        settings = FAST | more.pop("settings", {})
        self.summaries[night] = crawl(
            REGION,
            range(2019, 2023),
            registry=self.folder / "registry",
            captures=self.folder / "captures",
            settings=settings,
            **more,
        )
        self.asked[night] = sorted(asked.path for asked in self.site.log[before:])

    def entries(self) -> dict[str, sqlite3.Row]:
        with contextlib.closing(sqlite3.connect(self.folder / "captures/index.sqlite")) as index:
            index.row_factory = sqlite3.Row
            found = index.execute("SELECT * FROM entry WHERE \"column\" = 'nights'").fetchall()
        return {row["url"].rsplit("/", 1)[1]: row for row in found}


def live(nights: Nights) -> None:
    """Five nights on one site."""
    site = nights.site
    site.put("/list.html", rows(2019, 2020, 2021), ETag='"a lie that never changes"')
    for year in range(2019, 2022):
        site.put(f"/{year}.html", report(year), ETag=f'"{year}"')
    nights.crawl("first")
    nights.crawl("quiet")
    corrected = row("/2020.html", f"青禾县2020{TITLE}（更正）")
    site.put("/list.html", listing(row("/2019.html", f"青禾县2019{TITLE}"), corrected))
    site.put("/2020.html", report(2020, "corrected"), ETag='"2020b"')
    nights.crawl("changed")
    nights.seen["changed"] = nights.entries()
    site.pages.pop("/2019.html")
    nights.crawl("deep", settings={"DEEP_AFTER_DAYS": 0})
    nights.seen["deep"] = nights.entries()
    site.put("/list.html", listing(corrected, row("/2021.html", f"青禾县2021{TITLE}")))
    nights.crawl("relisted")
    nights.seen["relisted"] = nights.entries()


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("nights")
    nights = Nights(folder, Site("127.79.0.1"), Site("127.79.0.2"))
    nights.other.put("/list.html", rows(2019, 2020, 2021, 2022))
    for year in range(2019, 2023):
        nights.other.put(f"/{year}.html", report(year))
    (folder / "registry").mkdir()
    sites = {"nights": nights.site, "other": nights.other}
    lines = [column(name, f"{site.url}/list.html") for name, site in sites.items()]
    (folder / "registry" / f"{REGION}.toml").write_text("\n".join(lines), "utf-8")
    live(nights)
    yield nights
    for site in sites.values():
        site.close()


def test_the_first_night_asks_for_everything(nights: Nights) -> None:
    assert nights.asked["first"] == ["/2019.html", "/2020.html", "/2021.html", *ROBOTS_AND_LIST]
    assert (nights["first"].deep, nights["first"].new) == (True, 3)


ROBOTS_AND_LIST = ["/list.html", "/robots.txt"]


def test_an_unchanged_night_costs_the_list_alone(nights: Nights) -> None:
    assert nights.asked["quiet"] == ["/list.html"]
    assert (nights["quiet"].deep, nights["quiet"].known, nights["quiet"].found) == (False, 3, 3)
    assert nights["quiet"].bytes == 0  # the list's own tag says that it is the same
    assert nights.summaries["quiet"].complete is nights.summaries["first"].complete


def test_a_row_that_says_something_new_is_asked_for(nights: Nights) -> None:
    assert nights.asked["changed"] == ["/2020.html", "/list.html"]
    assert (nights["changed"].new, nights["changed"].known) == (1, 1)


def test_a_report_that_left_its_list_gets_a_tombstone_and_stays(nights: Nights) -> None:
    (gone,) = nights["changed"].vanished
    entry = nights.seen["changed"]["2021.html"]

    assert gone.endswith("/2021.html")
    assert (entry["vanished_why"], entry["vanished_at"] is not None) == ("unlisted", True)
    with CaptureStore(nights.folder / "captures") as store:
        assert store.captures(REGION, 2021)


def test_a_deep_night_asks_for_every_page_and_sees_what_is_gone(nights: Nights) -> None:
    assert nights.asked["deep"] == ["/2019.html", "/2020.html", "/list.html"]
    entry = nights.seen["deep"]["2019.html"]
    assert (entry["state"], entry["vanished_why"]) == ("gone", "gone")
    assert nights["deep"].unchanged == 1


def test_what_comes_back_is_there_again(nights: Nights) -> None:
    seen = nights.seen["relisted"]

    assert seen["2021.html"]["vanished_at"] is None
    assert seen["2019.html"]["vanished_why"] == "gone"
    assert nights.asked["relisted"] == ["/list.html"]


def test_readers_are_told_what_vanished(nights: Nights) -> None:
    with CaptureStore(nights.folder / "captures") as store:
        standing = {
            capture.url.rsplit("/", 1)[1]: capture.vanished_at
            for capture in store.captures(REGION, latest_only=True)
            if capture.column == "nights"
        }

    assert standing["2019.html"] is not None
    assert standing["2020.html"] is standing["2021.html"] is None


def test_agencies_and_samples_narrow_a_crawl(nights: Nights) -> None:
    nights.crawl("sample", agencies=["青禾县other"], sample=1, settings={"DEEP_AFTER_DAYS": 0})
    summary = nights.summaries["sample"]

    (asked,) = summary.columns
    assert (asked.column, asked.found, asked.left_out) == ("other", 1, 3)
    assert asked.vanished == ()
    assert summary.not_asked == {"nights": "not among the agencies asked for"}
    assert nights.asked["sample"] == []


def test_an_unknown_agency_is_refused_with_those_that_are_near(nights: Nights) -> None:
    with pytest.raises(CrawlError, match=r"called 青禾县othor \(near: 青禾县other"):
        nights.crawl("never", agencies=["青禾县othor"])


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """All rows but their numbers, which tell no more than an order."""
    with contextlib.closing(sqlite3.connect(folder / "index.sqlite")) as index:
        index.row_factory = sqlite3.Row
        records = {r["id"]: r["record_id"] for r in index.execute("SELECT * FROM capture")}
        found = [dict(row) for row in index.execute(f"SELECT * FROM {name}").fetchall()]
    for one in found:
        one["refers_to"] = records.get(one.get("refers_to"))
        if name in {"capture", "note"}:
            one.pop("id")
    return sorted(found, key=lambda one: str(sorted(one.items(), key=str)))


def test_the_index_is_made_again_from_the_files_alone(nights: Nights, tmp_path: Path) -> None:
    shutil.copytree(nights.folder / "captures", tmp_path / "captures")
    names = ("crawl", "capture", "note", "entry")
    before = {name: table(tmp_path / "captures", name) for name in names}
    for path in (tmp_path / "captures").glob("index.sqlite*"):
        path.unlink()

    rebuilt = rebuild_index(tmp_path / "captures")

    assert {name: table(tmp_path / "captures", name) for name in names} == before
    assert (rebuilt.crawls, rebuilt.torn) == (len(before["crawl"]), ())
    with CaptureStore(tmp_path / "captures") as store:
        assert store.verify() == []


def test_a_torn_file_gives_what_is_whole_in_it(nights: Nights, tmp_path: Path) -> None:
    shutil.copytree(nights.folder / "captures", tmp_path / "captures")
    last = tmp_path / "captures" / nights.summaries["relisted"].warc
    last.write_bytes(last.read_bytes()[:-100])

    rebuilt = rebuild_index(tmp_path / "captures")

    assert rebuilt.torn == (nights.summaries["relisted"].warc,)
    with CaptureStore(tmp_path / "captures") as store:
        assert store.verify() == []
        assert store.captures(REGION, 2020)


def test_an_index_is_not_made_while_somebody_crawls(nights: Nights) -> None:
    folder = nights.folder / "captures"
    with (
        CaptureStore(folder) as store,
        store.open_crawl(REGION, [2019]),
        pytest.raises(CrawlRunningError),
    ):
        rebuild_index(folder)


def test_the_files_stand_up_to_an_independent_check(nights: Nights) -> None:
    """What `warcio check` does, in this process."""

    files = [str(path) for path in (nights.folder / "captures").glob("*/*.warc.gz")]
    checker = Checker(SimpleNamespace(verbose=False, inputs=files))
    for path in files:
        checker.process_one(path)

    assert len(files) >= len(NIGHTS)
    assert checker.exit_value == 0


def cells_of(url: Path) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(url)) as warehouse:
        return warehouse.execute(
            "SELECT figure.* FROM figure JOIN report ON report.id = report_id "
            "WHERE region = '99_yunjiang' ORDER BY report_id, indicator_id"
        ).fetchall()


def test_the_warehouse_from_the_files_alone_has_the_same_cells(
    demo_data: Path, tmp_path: Path
) -> None:
    """Index, stages and warehouse are thrown away; what is left is the WARC files."""
    for path in (demo_data / "captures").glob("*/*.warc.gz"):
        target = tmp_path / "captures" / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    rebuild_index(tmp_path / "captures")
    with contextlib.closing(sqlite3.connect(demo_data / "warehouse.sqlite")) as warehouse:
        query = "SELECT DISTINCT report_year FROM report WHERE region = '99_yunjiang'"
        years = [year for (year,) in warehouse.execute(query)]
    url = f"sqlite:///{tmp_path}/warehouse.sqlite"
    places = Places(tmp_path, demo_data / "practice/registry", url)
    cells = [Cell("99_yunjiang", year) for year in sorted(years)]
    for step in (extract_cell, read_cell, group_cell):
        for cell in cells:
            step(places, cell)
    load_cells(places, cells, datetime.now(UTC))

    assert cells_of(tmp_path / "warehouse.sqlite") == cells_of(demo_data / "warehouse.sqlite") != []


def test_list_pages_are_kept_each_night(nights: Nights) -> None:
    with CaptureStore(nights.folder / "captures") as store:
        lists = store.captures(REGION, kind=CaptureKind.LIST)

    assert len({c.crawl for c in lists if c.column == "nights"}) == len(NIGHTS)
