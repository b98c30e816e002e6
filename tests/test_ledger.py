"""A column's ledger while nothing happens to it: packed, and nothing forgotten."""

from __future__ import annotations

from crawlers.families.base import Link
from crawlers.ledger import Ledger
from crawlers.registry import columns_of, default_registry
from crawlers.tally import Tally

HOST = "https://www.henan.gov.cn"
COLUMN = next(c for c in columns_of(default_registry(), "41_henan") if c.id == "henan")
LINKS = [Link(f"{HOST}/{year}.html", f"{year}年报告", f"{year + 1}-01-20") for year in (2019, 2020)]


def done() -> tuple[Tally, Ledger]:
    """Two reports named and kept, and a list that came."""
    tally = Tally([COLUMN], [2019, 2020])
    ledger = tally["henan"]
    ledger.list_came(COLUMN.list_url, None)
    for year, link in zip((2019, 2020), LINKS, strict=True):
        ledger.name(link, year)
        tally.want(link.url, "henan", link.text)
        tally.kept(link.url, is_new=True)
    return tally, ledger


def test_a_column_that_is_done_names_what_its_lists_named() -> None:
    _, ledger = done()

    assert ledger.done
    named = [(entry.url, entry.title, entry.published) for entry in ledger.listing().entries]
    assert named == [(link.url, link.text, link.published) for link in LINKS]
    assert {entry.state for entry in ledger.listing().entries} == {"kept"}


def test_a_column_that_is_done_knows_the_other_faces_of_its_reports() -> None:
    _, ledger = done()

    assert ledger.has_page(f"{HOST.replace('www', 'wap')}/2019.html")
    assert ledger.twins == {f"{HOST.replace('www', 'wap')}/2019.html": LINKS[0].url}
    assert not ledger.has_page(f"{HOST}/2018.html")


def test_a_column_that_was_done_goes_on_with_a_report_named_later() -> None:
    tally, ledger = done()

    later = Link(f"{HOST}/2020-2.html", "2020年报告（更正）", "2021-03-01")
    ledger.name(later, 2020)
    assert tally.want(later.url, "henan", later.text)
    assert not ledger.done
    tally.failed(later.url, "HTTP 404", gone=True)

    states = {entry.url: entry.state for entry in ledger.listing().entries}
    assert states == {LINKS[0].url: "kept", LINKS[1].url: "kept", later.url: "gone"}
