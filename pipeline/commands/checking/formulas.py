"""What should hold where an identity fails: the formula with the figures that are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.identities import Equation, equations
from pipeline.commands.checking.words import (
    Language,
    Words,
    column_names,
    form_table,
    row_names,
)
from pipeline.forms.model import TableForm
from pipeline.model import Figure, Finding, Report

SPELLED_OUT = 2
"""A side of so few figures is printed whole; a longer one leaves out its zeros."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An identity as printed: `总计 10 = 自然人 8 + 其余 5 项 0`, and how far it is off."""

    text: Words
    left: Decimal
    right: Decimal
    at_most: bool = False

    def said(self, language: Language) -> str:
        """With both sides computed: `…（10 ≠ 9）`."""
        sides = f"{self.left} {'<' if self.at_most else '≠'} {self.right}"
        text = self.text.said(language)
        return f"{text}（{sides}）" if language == "zh" else f"{text} ({sides})"

    @property
    def difference(self) -> Decimal:
        """Never negative."""
        return abs(self.left - self.right)


def formula_of(report: Report, figures: Mapping[str, Figure], finding: Finding) -> Formula | None:
    """The formula of a failed identity; None for a finding of another kind."""
    table = finding.where.split(".", 1)[0]
    form = form_table(report.forms.get(table), table)
    known = equations(form.form, table) if form else ()
    failed = [e for e in known if (e.code, e.where) == (finding.code, finding.where)]
    if not failed or form is None:
        return None
    sides = [[figures[id_] for id_ in ids] for ids in (failed[0].left, failed[0].right)]
    zh, en = (_spelled(failed[0], form, sides, language) for language in ("zh", "en"))
    left, right = (sum((f.value or Decimal(0) for f in side), Decimal(0)) for side in sides)
    return Formula(Words(zh, en), left, right, failed[0].at_most)


def _spelled(
    equation: Equation, form: TableForm, sides: Sequence[Sequence[Figure]], language: Language
) -> str:
    is_row = equation.where.count(".") == 1
    names = column_names(form) if is_row else row_names(form)
    part = 2 if is_row else 1
    sign = " ≥ " if equation.at_most else " = "
    return sign.join(
        _side([(names[f.id.split(".")[part]].said(language), f.value) for f in side], language)
        for side in sides
    )


def _side(terms: Sequence[tuple[str, Decimal | None]], language: Language) -> str:
    """Blanks and dashes count as nothing, in the formula as in the check."""
    kept = [(name, value or 0) for name, value in terms if value or len(terms) <= SPELLED_OUT]
    said = [f"{name} {value}" for name, value in kept]
    rest = len(terms) - len(kept)
    if rest:
        others = "其余" if kept else "全部"
        zh, en = f"{others} {rest} 项 0", f"{rest} {'others' if kept else 'parts'} 0"
        said.append(zh if language == "zh" else en)
    return " + ".join(said) or "0"
