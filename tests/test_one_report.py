"""One report through its captures: printed twice, fetched again, corrected; its agency renamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from crawlers.practice.library import load_sites
from crawlers.practice.model import Site
from crawlers.practice.render import render_report
from pipeline.agencies.book import AgencyError, Listed, book_of
from pipeline.agencies.divisions import load_divisions
from pipeline.agencies.reviewed import decisions
from pipeline.agencies.settle import settle_agency
from pipeline.agencies.successions import successions
from pipeline.commands.agency_review import review_rows
from pipeline.dedup.versions import group
from pipeline.model import Capture, CapturedReport, CaptureKind, Claim, PageFields
from pipeline.read import read_page
from pipeline.versions import Showing, Version, VersionKind
from storage.warehouse.agencies import forget_unnamed, load_agencies
from storage.warehouse.engine import open_warehouse
from storage.warehouse.load import load
from storage.warehouse.series import series

START = datetime(2026, 1, 20, tzinfo=UTC)
ROOT = Path(__file__).parents[1]


def site(id_: str) -> Site:
    return next(each for each in load_sites() if each.id == id_)


def fetched(body: bytes, night: int, *, agency: str, year: int, url: str = "/a") -> CapturedReport:
    capture = Capture(
        id=night,
        crawl=f"night {night}",
        region="51_sichuan",
        column="sichuan_yjglt",
        kind=CaptureKind.REPORT,
        report_year=year,
        url=f"http://127.51.0.1{url}",
        status=200,
        content_type="text/html",
        fetched_at=START + timedelta(days=night),
        digest=f"sha256:{hash(body)}",
        warc="a.warc.gz",
        offset=0,
        is_new=True,
    )
    return CapturedReport(capture, read_page(body, claim=Claim(agency, year)))


def sichuan(night: int, hits: int = 1, old: str = "", new: str = "") -> CapturedReport:
    """The page with its two bodies, as it stands after so many visits and this edit."""
    place = site("sichuan_yjglt")
    report = place.report(2019)
    edited = tuple(
        replace(section, blocks=tuple(block.replace(old, new) for block in section.blocks))
        for section in report.sections
        if old
    )
    assert not old or edited != report.sections
    if edited:
        changed = replace(report, sections=edited)
        entries = tuple(changed if entry is report else entry for entry in place.entries)
        report, place = changed, replace(place, entries=entries)
    body = render_report(report, replace(place, hits=hits))
    return fetched(body, night, agency=report.agency, year=2019)


def test_two_printed_bodies_are_one_report_with_one_set_of_facts() -> None:
    (version,) = group([sichuan(1)])

    report = version.report
    assert report.body_copies == 2
    assert len({section.id for section in report.sections}) == len(report.sections)
    stated = [(fact.id, fact.section, fact.start, fact.raw) for fact in report.facts]
    assert len(stated) == len(set(stated))
    assert len([fact for fact in report.facts if fact.id == "n.requests_received"]) == 1


def test_a_new_click_counter_is_no_new_version() -> None:
    (version,) = group([sichuan(1, hits=1), sichuan(2, hits=4711)])

    assert [version.showing(capture) for capture in version.captures] == [
        Showing.FIRST,
        Showing.REFORMATTED,
    ]


def test_one_digit_changed_in_the_prose_is_one_correction_that_names_the_fact() -> None:
    edited = sichuan(3, 1, "公开件5件", "公开件6件")

    first, second = group([sichuan(1), sichuan(2), edited])

    assert (first.kind, second.kind) == (VersionKind.FIRST, VersionKind.CORRECTION)
    assert [(c.before.id, c.before.raw, c.after.raw) for c in second.stated] == [
        ("n.requests_received", "5", "6")
    ]
    assert second.changed_after == START + timedelta(days=2)
    assert second.is_current


def test_one_digit_changed_in_a_table_is_one_correction_that_names_the_cell() -> None:
    place = site("henan_sgj")
    report = place.report(2019)
    body = render_report(report, place)
    before = fetched(body, 1, agency=report.agency, year=2019)
    cell = next(f for f in before.report.figures if f.raw and len(f.raw) > 2 and f.value)
    changed = body.replace((cell.raw or "").encode(), b"7" + (cell.raw or "").encode()[1:], 1)

    _, second = group([before, fetched(changed, 2, agency=report.agency, year=2019)])

    assert second.kind is VersionKind.CORRECTION
    assert [change.id for change in second.changes] == [cell.id]


# --- an agency renamed ----------------------------------------------------------------------------

OLD, NEW = "济源市安全生产监督管理局", "济源市应急管理局"
BOOK = book_of([Listed(NEW, "419001", "prefecture_department", "registry")])


def renamed() -> list[Version]:
    """A report of 2017 under the old name, one of 2019 under the new one."""
    place = site("henan_sgj")
    report = place.report(2019)
    items = []
    for year, agency in ((2017, OLD), (2019, NEW)):
        body = render_report(report, place).decode().replace(report.agency, agency)
        item = fetched(
            body.replace("2019年", f"{year}年").encode(),
            year,
            agency=agency,
            year=year,
            url=f"/{year}",
        )
        items.append(replace(item, report=settle_agency(item.report, BOOK, "419001")))
    return list(group(items))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_warehouse(f"sqlite:///{tmp_path}/warehouse.sqlite")
    load_agencies(opened, BOOK.agencies.values(), [], load_divisions())
    yield opened
    opened.dispose()


def test_an_agency_renamed_between_two_years_keeps_one_series_with_both_names(
    engine: Engine,
) -> None:
    load(engine, renamed(), loaded_at=START)

    with engine.connect() as connection:
        series = connection.execute(text(_query("series"))).mappings().all()
    found = [(row["report_year"], row["agency"]) for row in series]
    assert found == [(2017, OLD), (2019, NEW)]
    assert {row["agency_id"] for row in series} == {"419001:emergency_management"}


@pytest.mark.parametrize("name", ["succession", "corrections", "across"])
def test_every_question_of_the_guide_is_one_that_the_warehouse_answers(
    engine: Engine, name: str
) -> None:
    offices = ("工商行政管理局", "质量技术监督局", "市场监督管理局")
    rows = [Listed(f"济源市{office}", "419001", "other", "registry") for office in offices]
    book = book_of(rows)
    load_agencies(engine, book.agencies.values(), successions(book), load_divisions())

    with engine.connect() as connection:
        found = connection.execute(text(_query(name))).mappings().all()

    ended = [(row["ended"], row["went_to"], row["year"]) for row in found if "ended" in row]
    expected = [(f"济源市{office}", "济源市市场监督管理局", 2018) for office in offices[:2]]
    assert sorted(ended) == (sorted(expected) if name == "succession" else [])


def _query(name: str) -> str:
    """The query of that name in the README, as a reader would copy it."""
    block = (ROOT / "storage" / "README.md").read_text("utf-8").split(f"-- {name}:")[1]
    return block.split("```")[0].partition("\n")[2]


def test_agencies_are_listed_with_their_names_and_unknown_ones_as_rows_to_complete(
    engine: Engine,
) -> None:
    old, new = renamed()
    elsewhere = replace(new.captures[0], url="http://127.51.0.1/x", digest="sha256:x")
    unknown = replace(
        new,
        report=replace(new.report, agency_id="419001:某办"),
        agency="济源某办",
        captures=(elsewhere,),
    )
    load(engine, [old, new, unknown], loaded_at=START)

    (known,) = series(engine, "应急")
    (waiting,) = series(engine, unreviewed=True)
    rows = "\n".join(review_rows([waiting], date(2026, 11, 22)))

    assert known.years == {OLD: (2017,), NEW: (2019,)}
    assert waiting.id == "419001:某办"
    assert 'name = "济源某办"' in rows
    with pytest.raises(AgencyError, match="reason"):
        decisions(rows, "to_review.toml")
    completed = rows.replace('reason = ""', 'reason = "its own seal"')
    assert decisions(completed, "mine.toml")[0][0].name == "济源某办"


def test_the_hosts_of_an_agency_are_kept_with_the_code_that_their_pages_print(
    engine: Engine,
) -> None:
    coded = PageFields(meta=(("SiteIDCode", "4190010000"),))
    placeholder = PageFields(meta=(("SiteIDCode", "政府网站标识码"),))
    old, new = renamed()
    versions = [
        replace(old, report=replace(old.report, fields=coded)),
        replace(new, report=replace(new.report, fields=placeholder)),
    ]
    load(engine, versions, loaded_at=START)

    with engine.connect() as connection:
        sites = connection.execute(text("SELECT * FROM agency_site")).all()
    assert [tuple(row) for row in sites] == [
        ("419001:emergency_management", "127.51.0.1", "4190010000")
    ]


def test_a_decision_that_gives_a_name_to_another_agency_moves_its_reports(engine: Engine) -> None:
    (old, _) = renamed()
    unlisted = replace(old, report=replace(old.report, agency_id="419001:安监局"))
    load(engine, [unlisted], loaded_at=START)

    load(engine, [old], loaded_at=START)
    gone = forget_unnamed(engine)

    with engine.connect() as connection:
        names = connection.execute(text("SELECT name, agency_id FROM agency_name")).all()
    assert [tuple(row) for row in names] == [(OLD, "419001:emergency_management")]
    assert gone.removed == 1
