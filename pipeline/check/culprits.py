"""Which single cell, changed to which value, would make failed identities hold: only a hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from pipeline.check.identities import Equation, amount_of, empty_totals, equations
from pipeline.model import Figure, Finding


class Slip(IntEnum):
    """How a figure becomes the one that is printed; the likelier slip has the lower number."""

    SWAPPED = 0
    """The same digits in another order, or zeros lost or added at the end."""
    ONE_DIGIT = 1
    """One digit is another, is missing, or is too many; or the cell was left empty."""
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that, changed to `value` alone, makes `repairs` failed identities hold.

    No identity that holds as printed breaks by the change.
    """

    where: str
    value: Decimal
    repairs: int
    slip: Slip
    is_limit: bool = False
    """No sum asks for this very value: it is the nearest that an upper limit allows."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Failed identities that share cells, and who may have caused them, the likeliest first."""

    failed: tuple[tuple[str, str], ...]
    """`code` and `where` of each of their findings."""
    suspects: tuple[Suspect, ...]

    @property
    def explaining(self) -> tuple[Suspect, ...]:
        """The suspects that make all of `failed` hold."""
        return tuple(s for s in self.suspects if s.repairs == len(self.failed))

    @property
    def tied(self) -> tuple[Suspect, ...]:
        """The likeliest suspects: those that nothing sets below the first."""
        first = self.suspects[:1]
        return tuple(s for s in self.suspects if first and _rank(s) == _rank(first[0]))


@dataclass(frozen=True, slots=True)
class _Ledger:
    """The identities that can be computed: by cell, with what left exceeds right by."""

    by_cell: Mapping[str, tuple[Equation, ...]]
    gaps: Mapping[tuple[str, str], Decimal]


def find_culprits(
    forms: Mapping[str, str | None], figures: Mapping[str, Figure], findings: Iterable[Finding]
) -> tuple[Trail, ...]:
    """One trail for each group of failed identities that have cells in common.

    Findings of other kinds are passed over; every failed identity is in exactly one trail, with or
    without suspects.
    """
    found = {(finding.code, finding.where) for finding in findings}
    if not found:
        return ()
    empty = {id_ for totals in empty_totals(forms, figures).values() for id_ in totals}
    every = (e for table, form in forms.items() if form for e in equations(form, table))
    known = [e for e in every if empty.isdisjoint((*e.left, *e.right))]
    failed = [equation for equation in known if _key(equation) in found]
    if not failed:
        return ()
    ledger = _ledger(known, figures)
    order = {id_: number for number, id_ in enumerate(figures)}
    return tuple(_trail(group, ledger, figures, order) for group in _connected(failed))


def slip(printed: Decimal | None, meant: Decimal) -> Slip:
    """How likely it is that `meant` was printed as `printed`; None stands for an empty cell."""
    if printed is None:
        return Slip.ONE_DIGIT
    old, new = (format(value.normalize(), "f").replace(".", "") for value in (printed, meant))
    same_but_zeros = old.rstrip("0") == new.rstrip("0") != ""
    if same_but_zeros or Counter(old) == Counter(new):
        return Slip.SWAPPED
    return Slip.ONE_DIGIT if _one_digit_apart(old, new) else Slip.OTHER


def _one_digit_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _key(equation: Equation) -> tuple[str, str]:
    return equation.code, equation.where


def _ledger(known: Iterable[Equation], figures: Mapping[str, Figure]) -> _Ledger:
    by_cell: dict[str, tuple[Equation, ...]] = {}
    gaps: dict[tuple[str, str], Decimal] = {}
    for equation in known:
        gap = _gap(equation, figures)
        if gap is None:
            continue
        gaps[_key(equation)] = gap
        for cell in (*equation.left, *equation.right):
            by_cell[cell] = (*by_cell.get(cell, ()), equation)
    return _Ledger(by_cell, gaps)


def _gap(equation: Equation, figures: Mapping[str, Figure]) -> Decimal | None:
    """Left minus right; None where a cell is absent or unreadable."""
    gap = Decimal(0)
    for cell in (*equation.left, *equation.right):
        value = amount_of(figures[cell])
        if value is None:
            return None
        gap += value * _sign(equation, cell)
    return gap


def _sign(equation: Equation, cell: str) -> int:
    return 1 if cell in equation.left else -1


def _connected(failed: Iterable[Equation]) -> list[list[Equation]]:
    groups: list[list[Equation]] = []
    for equation in failed:
        cells = {*equation.left, *equation.right}
        near = [g for g in groups if any(not cells.isdisjoint((*e.left, *e.right)) for e in g)]
        groups = [g for g in groups if g not in near]
        groups.append([*(e for group in near for e in group), equation])
    return groups


def _trail(
    group: list[Equation], ledger: _Ledger, figures: Mapping[str, Figure], order: Mapping[str, int]
) -> Trail:
    tried = {
        (cell, change): suspect
        for equation in group
        if _key(equation) in ledger.gaps
        for cell in (*equation.left, *equation.right)
        for change in [-ledger.gaps[_key(equation)] * _sign(equation, cell)]
        for suspect in [_suspect(figures[cell], change, ledger)]
    }
    suspects = [suspect for suspect in tried.values() if suspect]
    suspects.sort(key=lambda s: (*_rank(s), order[s.where]))
    return Trail(tuple(map(_key, group)), tuple(suspects))


def _suspect(figure: Figure, change: Decimal, ledger: _Ledger) -> Suspect | None:
    """None where the value would be negative or an identity that holds would break."""
    value = (amount_of(figure) or Decimal(0)) + change
    repaired: list[Equation] = []
    for equation in ledger.by_cell[figure.id]:
        before = ledger.gaps[_key(equation)]
        held = _holds(equation, before)
        holds = _holds(equation, before + change * _sign(equation, figure.id))
        if held and not holds:
            return None
        if holds and not held:
            repaired.append(equation)
    if value < 0:
        return None
    is_limit = all(equation.at_most for equation in repaired)
    return Suspect(figure.id, value, len(repaired), slip(figure.value, value), is_limit)


def _holds(equation: Equation, gap: Decimal) -> bool:
    return gap >= 0 if equation.at_most else gap == 0


def _rank(suspect: Suspect) -> tuple[int, Slip]:
    return -suspect.repairs, suspect.slip
