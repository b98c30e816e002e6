"""`nianbao crawl` at a terminal: what a person is told of a crawl, and of a wrong question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crawlers.summary import CrawlSummary
from pipeline.cli import app
from pipeline.errors import NianbaoError
from tests.crawl_town import FAST, REGION, TITLE, Site, column, listing, report, row


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    site = Site("127.79.0.1")
    site.put("/years/", listing(row("/years/2021nb/", "2021年"), row("/years/2022nb/", "2022年")))
    years = (2014, 2016, 2017, 2019)
    site.put("/list/", listing(*(row(f"/{year}.html", f"青禾县{year}{TITLE}") for year in years)))
    for year in years[:3]:
        site.put(f"/{year}.html", report(year))
    site.put(
        "/odd/", listing(*(row(f"/odd/{n}.html", f"青禾县2014{TITLE}（{n}）") for n in range(13)))
    )
    folder = tmp_path / "registry"
    folder.mkdir()
    site.put("/away/", "", 302, Location="/")
    site.put("/", f"<html><title>青禾县人民政府</title>{'<p>信息公开</p>' * 300}</html>")
    names = ("years", "list", "odd", "away")
    rows = (column(n, f"{site.url}/{n}/", family="generic", first_year=2008) for n in names)
    (folder / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")
    monkeypatch.setenv("NIANBAO_REGISTRY", str(folder))
    monkeypatch.setenv("NIANBAO_DATA", str(tmp_path))
    monkeypatch.setenv("NIANBAO_CRAWL_SETTINGS", json.dumps(FAST))
    yield site
    site.shutdown()
    site.server_close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["crawl", "--region", REGION, *arguments])


def test_a_person_is_told_what_is_missing_what_was_not_had_and_where_all_of_it_stands(
    site: Site, tmp_path: Path
) -> None:
    result = run("--year", "2012-2020")

    assert result.exit_code == 1
    table = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "2015 2018 2020; none before 2014" in table["list"]
    assert "2012-2020 not known" in table["years"], "the column of 2021 was not had"
    assert "HTTP 404" in table["list"]
    assert "13 x HTTP 404" in table["odd"]
    assert f"list: {site.url}/2019.html: HTTP 404" in result.stderr
    assert "odd: and 3 pages more" in result.stderr
    (said,) = (line for line in result.stderr.splitlines() if line.startswith("all of it: "))
    summary = CrawlSummary.from_json(Path(said.removeprefix("all of it: ")).read_text("utf-8"))
    assert [c.column for c in summary.columns] == ["years", "list", "odd", "away"]
    assert "away: blocked:home (HTTP 200)\n  where it may stand now: " in result.stderr
    assert f"nianbao sites discover {site.url}/\n" in result.stderr


def test_the_status_of_a_year_says_why_a_report_is_not_there(site: Site) -> None:
    run("--year", "2012-2020", "--agency", "list", "--agency", "odd")

    result = CliRunner().invoke(app, ["status", "--region", REGION, "--year", "2016"])

    assert result.exit_code == 0, result.output
    why = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "list" not in why, "it is in the archive"
    assert "missing: not listed, older ones are" in why["odd"]
    assert "not crawled yet" in why["years"]
    nothing = CliRunner().invoke(app, ["status", "--region", "99_nope", "--year", "2016"])
    assert "nothing is known of 99_nope 2016" in str(nothing.exception)


def test_columns_of_other_years_are_no_empty_list(site: Site) -> None:
    result = run("--year", "2012-2014", "--agency", "years")

    assert result.exit_code == 0, result.output
    assert "none before 2015" in result.stdout


def test_a_backfill_of_no_year_is_no_success(site: Site) -> None:
    result = CliRunner().invoke(app, ["backfill", "--region", REGION, "--year", "2097"])

    assert isinstance(result.exception, NianbaoError)
    assert "no report year in 2097: there are 2008-" in str(result.exception)


@pytest.mark.parametrize("text", ["{bad", "[1]"])
def test_settings_that_are_no_object_are_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("NIANBAO_CRAWL_SETTINGS", text)

    result = run("--year", "2014")

    assert isinstance(result.exception, NianbaoError)
    assert "expected a JSON object" in str(result.exception)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--year", "2007-2009"), "2007: the first reports are about 2008"),
        (("--year", "2020-2097"), "-2097: a report comes out after the year that it is about"),
        (("--year", "2020", "--agency", "lists"), "is called lists (near: list, "),
    ],
)
def test_what_nobody_can_answer_is_refused_with_what_to_ask(
    site: Site, asked: tuple[str, ...], said: str
) -> None:
    result = run(*asked)

    assert isinstance(result.exception, NianbaoError)
    assert said in str(result.exception)
    assert not site.log
