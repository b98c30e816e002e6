"""Each check is silent on the pages that pass it and speaks on those that fail it."""

from __future__ import annotations

from functools import cache

import pytest

from crawlers.practice.corpus.catalogue import cases
from crawlers.practice.corpus.documents import document
from crawlers.practice.library import load_sites
from crawlers.practice.render import render_report
from pipeline.check.identities import equations
from pipeline.check.prose import comparisons
from pipeline.findings import Check, load_checks
from pipeline.forms import load_forms, load_indicators
from pipeline.forms.facts import fact_table
from pipeline.model import Claim
from pipeline.read import read_page
from tests.floors_support import CONTENT_TYPES

CHECKS = load_checks()


@cache
def codes(name: str, agency: str | None) -> frozenset[str]:
    """What is found on a page of our own; `agency` is the one that the registry names."""
    body, content_type, claim = page(name)
    claim = Claim(agency, claim.report_year) if agency else claim
    report = read_page(body, content_type=content_type, claim=claim)
    return frozenset(finding.code for finding in report.findings)


def page(name: str) -> tuple[bytes, str, Claim]:
    """A corpus document by its name, a practice report by its site and year."""
    for case in cases():
        if case.name == name:
            made = document(case)
            return made.body, CONTENT_TYPES[made.suffix], Claim()
    for site in load_sites():
        for report in site.reports:
            if f"{site.id} {report.report_year}" == name:
                claim = Claim(site.agency, report.report_year)
                return render_report(report, site), "text/html", claim
    raise AssertionError(f"no page is called {name!r}: see crawlers/practice/corpus/data/catalogue")


FAILING = [(code, name) for code, check in CHECKS.items() for name in check.fails]
PASSING = [(code, name) for code, check in CHECKS.items() for name in check.passes]


@pytest.mark.parametrize(("code", "name"), FAILING)
def test_a_check_speaks_on_a_page_that_fails_it(code: str, name: str) -> None:
    assert code in codes(name, CHECKS[code].claim)


@pytest.mark.parametrize(("code", "name"), PASSING)
def test_a_check_is_silent_on_a_page_that_passes_it(code: str, name: str) -> None:
    assert code not in codes(name, CHECKS[code].claim)


@pytest.mark.parametrize("check", CHECKS.values(), ids=[*CHECKS])
def test_a_check_says_what_should_hold_and_has_pages_of_both_kinds(check: Check) -> None:
    assert check.passes
    assert check.fails
    assert not {*check.passes} & {*check.fails}
    assert check.formula.strip()
    assert check.why.strip()


def test_every_identity_of_every_form_is_a_check() -> None:
    tables = [table for form in load_forms().values() for table in form.tables.values()]
    used = {equation.code for t in tables for equation in equations(t.form, t.id)}

    assert used < {code for code, check in CHECKS.items() if check.group == "identities"}


def test_comparisons_name_facts_cells_and_checks_that_there_are() -> None:
    cells = {indicator.id for indicator in load_indicators()}

    for each in comparisons():
        assert f"`{each.fact}`" in fact_table(), each
        assert {cell for option in each.either for cell in option} <= cells, each
        assert CHECKS[each.check].group == "prose"
