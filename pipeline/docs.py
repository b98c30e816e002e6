"""The parts of the documents that follow from data: `python -m pipeline.docs` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.findings import load_findings
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
            *_table("section", sections),
            *_table("row", (f"| {label} | `{t}.{row}` |" for label, t, row in rows)),
            *_table("column", (f"| {label} | `{t}.*.{col}` |" for label, t, col in columns)),
        )
    )


def findings_page() -> str:
    """Every kind of finding: code, severity and its sentence in both languages."""
    lines = [
        "# Findings",
        "",
        "What a reading or a check can say of a report; `{…}` stands for what was seen.",
        "An `error` makes a figure doubtful or contradicts another; a `warning` is about something",
        "not there or not clear; a `note` says that something was read with certainty though",
        "printed oddly. Source: `findings.toml`.",
        "",
    ]
    for kind in load_findings().values():
        lines += [f"- **`{kind.code}`** ({kind.severity}): {kind.zh}  ", f"  {kind.en}"]
    return "\n".join(lines) + "\n"


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


def _table(noun: str, rows: Iterable[str]) -> tuple[str, ...]:
    return (f"| {noun} | code |", "| --- | --- |", *rows, "")


def main() -> None:
    """Write `README.md` and `FINDINGS.md` of this package."""
    readme = HERE / "README.md"
    readme.write_text(with_glossary(readme.read_text("utf-8")), "utf-8")
    (HERE / "FINDINGS.md").write_text(findings_page(), "utf-8")
    sys.stdout.write(f"{readme}\n{HERE / 'FINDINGS.md'}\n")


if __name__ == "__main__":
    main()
