"""Document -> Report, unchecked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.forms.sections import is_older
from pipeline.model import Claim, Document, Finding, Report, ReportKind
from pipeline.parse.dates import read_date
from pipeline.parse.facts.read import read_facts, unread_prose
from pipeline.parse.genre import genre_of, has_figures
from pipeline.parse.habits import folded
from pipeline.parse.identity import identify
from pipeline.parse.oddities.all import oddities_of_tables, oddities_of_text
from pipeline.parse.runs import without_rows
from pipeline.parse.sections import missing_sections, read_sections, stamp_below
from pipeline.parse.several import one_report
from pipeline.parse.tables import TablesRead, read_tables

NOTHING_KNOWN = Claim()


def parse(document: Document, claim: Claim = NOTHING_KNOWN) -> Report:
    """Read a document as an annual report; what it lacks or garbles becomes a finding."""
    document, several = one_report(document, claim)
    sections = read_sections(document.blocks)
    identity = identify(document.fields, sections, claim)
    year = identity.report_year
    if is_older(year):
        sections = read_sections(document.blocks, older=True)
    tables = read_tables(document.blocks, year)
    prose = without_rows(document.blocks, (*tables.figures, *tables.local))
    if len(prose) < len(document.blocks):
        sections = read_sections(prose, older=is_older(year))
    listed = claim.report_year is not None
    genre = genre_of(document, identity.title, sections, tables.figures, year, listed=listed)
    of_tables = (*folded(tables.findings), *oddities_of_tables(tables.seen))
    read = (
        *missing_sections(sections, year),
        *of_tables,
        *folded(oddities_of_text(document, sections, identity.title, year)),
    )
    if genre.kind is ReportKind.OTHER:
        # What another paper lacks to be a report is no news; how its figures were read is.
        read = tuple(_of_what_is_read(of_tables, tables))
    return Report(
        title=identity.title,
        agency=identity.agency,
        report_year=year,
        scope=identity.scope,
        published_on=read_date(document.fields.published or stamp_below(sections)),
        forms=tables.forms,
        figures=tables.figures,
        sections=sections,
        facts=read_facts(sections, year, identity.scope),
        findings=(
            *document.findings,
            *several,
            *genre.findings,
            *unread_prose(sections),
            *identity.findings,
            *read,
        ),
        body_copies=document.body_copies,
        fields=document.fields,
        local=tables.local,
        kind=genre.kind,
    )


def _of_what_is_read(findings: Iterable[Finding], tables: TablesRead) -> Iterator[Finding]:
    """The findings of tables with figures, not of those that are not there."""
    if has_figures(tables.figures):
        for each in findings:
            if tables.forms.get(each.where.partition(".")[0]):
                yield each
