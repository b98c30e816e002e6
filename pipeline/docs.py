"""The parts of the documents that follow from data: `python -m pipeline.docs` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.findings import Check, load_checks, load_findings
from pipeline.forms import load_forms, load_indicators
from pipeline.forms.sections import load_sections

HERE = Path(__file__).parent
BEGIN, END = "<!-- glossary: written by python -m pipeline.docs -->", "<!-- end -->"


def glossary() -> str:
    """Official terms of sections, rows and columns with their codes, as Markdown tables."""
    rows = dict.fromkeys((i.label_row, i.table, i.row) for i in load_indicators())
    columns = dict.fromkeys((i.label_column, i.table, i.column) for i in load_indicators())
    sections = (f"| {label} | `{id_}` |" for id_, (label, _) in load_sections(older=True).items())
    return "\n".join(
        (
            *_table("section | code", sections),
            *_table("row | code", (f"| {label} | `{t}.{row}` |" for label, t, row in rows)),
            *_table("column | code", (f"| {label} | `{t}.*.{col}` |" for label, t, col in columns)),
        )
    )


def findings_page() -> str:
    """Every finding that is no check: code, severity and its sentence in both languages."""
    lines = [
        "# Findings",
        "",
        "What reading a page, comparing reports across years and agencies, and amending a figure",
        "can say; `{…}` stands for what was seen. What every single report is held against: see",
        "the [checks](CHECKS.md). An `error` makes a figure doubtful or contradicts another; a",
        "`warning` is about something not there or not clear; a `note` says that something was",
        "read with certainty though printed oddly. Source: `findings.toml`.",
        "",
    ]
    for kind in load_findings().values():
        if kind.code not in load_checks():
            lines += [f"- **`{kind.code}`** ({kind.severity}): {kind.zh}  ", f"  {kind.en}"]
    return "\n".join(lines) + "\n"


def checks_page() -> str:
    """Every check: what should hold, why, what is said where it does not, pages that show it."""
    lines = [
        "# Checks",
        "",
        f"{len(load_checks())} properties that every report is held against, and the finding where",
        "one fails. None knows a site. Each is tested on the pages named: corpus documents (to see",
        "one: `python -m crawlers.practice.corpus DIR --only NAME`) and practice reports. An",
        "`error` makes a figure doubtful or contradicts another; a `warning` is about something",
        "likely wrong or lacking; a `note` is worth knowing. Source: `check/checks.toml`.",
        "",
        *_table("check | severity | formula", map(_check_row, load_checks().values())),
    ]
    group = ""
    for check in load_checks().values():
        if check.group != group:
            group = check.group
            lines += [f"## {group.capitalize()}", ""]
        lines += [
            f"### `{check.kind.code}`",
            "",
            f"{check.formula}",
            "",
            f"- {check.kind.severity}. {check.why}",
            f"- {check.kind.zh}  ",
            f"  {check.kind.en}",
            f"- passes: {', '.join(f'`{name}`' for name in check.passes)}",
            f"- fails: {', '.join(f'`{name}`' for name in check.fails)}",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _check_row(check: Check) -> str:
    return f"| `{check.kind.code}` | {check.kind.severity} | {check.formula} |"


def forms_line() -> str:
    """One line on which forms are known, for which years and on what basis."""
    return "; ".join(
        f"form `{form.code}` ({form.source}, report years {form.first_year}-{form.last_year or ''})"
        for form in load_forms().values()
    )


def with_glossary(readme: str) -> str:
    """The README with its generated part anew; all else untouched."""
    head, _, rest = readme.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{forms_line()}.\n\n{glossary()}\n\n{END}{tail}"


def _table(nouns: str, rows: Iterable[str]) -> tuple[str, ...]:
    return (f"| {nouns} |", f"|{' --- |' * (nouns.count('|') + 1)}", *rows, "")


def main() -> None:
    """Write `README.md`, `FINDINGS.md` and `CHECKS.md` of this package."""
    readme = HERE / "README.md"
    pages = {
        readme: with_glossary(readme.read_text("utf-8")),
        HERE / "FINDINGS.md": findings_page(),
        HERE / "CHECKS.md": checks_page(),
    }
    for path, text in pages.items():
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
