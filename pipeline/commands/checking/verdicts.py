"""A trail of failed identities in words: which cell is the likeliest culprit. Only ever a hint."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.check.culprits import Slip, Suspect, Trail
from pipeline.commands.checking.spots import RAW_LENGTH, Spots
from pipeline.commands.checking.words import Language, Words, visible

SLIPS = {Slip.SWAPPED: Words("，数字颠倒或多、少了 0", "; digits swapped, or zeros lost or added")}

NO_SINGLE_CELL = Words(
    "没有哪一个单元格单独改动就能使其全部成立，应不止一处有误。请核对原始数据。",
    "no change of a single cell makes all hold: more than one is wrong.",
)

NAMED = 6
"""Cells that a sentence names where none explains all; JSON has every one."""


def verdict(trail: Trail, spots: Spots) -> Words:
    """The sentence about a trail's culprits."""
    return Words(_said(trail, spots, "zh"), _said(trail, spots, "en"))


def _said(trail: Trail, spots: Spots, language: Language) -> str:
    count, explaining = len(trail.failed), trail.explaining
    if not explaining:
        return _unexplained(trail, spots, language)
    cells = _cells(explaining, spots, language)
    if language == "zh":
        holds = "即可成立" if count == 1 else f"则 {count} 处全部成立"
        if len(explaining) == 1:
            return f"最可能有误的是{cells}，{holds}。请核对原始数据。"
        return f"可能有误的单元格（可能性大的在前，改其中任一个{holds}）：{cells}。请核对原始数据。"
    holds = "it holds" if count == 1 else f"all {count} hold"
    if len(explaining) == 1:
        return f"the likeliest culprit is {cells}: then {holds}. Compare with your records."
    return f"any one of these may be wrong, the likeliest first; changed alone, {holds}: {cells}."


def _unexplained(trail: Trail, spots: Spots, language: Language) -> str:
    count = len(trail.failed)
    best = [s for s in trail.suspects if s.repairs == trail.suspects[0].repairs > 1]
    if not best:
        return NO_SINGLE_CELL.said(language)
    cells, repairs = _cells(best[:NAMED], spots, language), best[0].repairs
    if language == "zh":
        more = f"等 {len(best)} 个" if len(best) > NAMED else ""
        return (
            f"没有哪一个单元格能单独使 {count} 处全部成立，应不止一处有误；"
            f"改动后各可使其中 {repairs} 处成立的：{cells}{more}。请核对原始数据。"
        )
    more = f" and {len(best) - NAMED} more" if len(best) > NAMED else ""
    return (
        f"no single cell explains all {count}: more than one is wrong; "
        f"each of these mends {repairs}: {cells}{more}."
    )


def _cells(suspects: Sequence[Suspect], spots: Spots, language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(_cell(s, spots, language) for s in suspects)


def _cell(suspect: Suspect, spots: Spots, language: Language) -> str:
    spot = spots.cell(suspect.where)
    printed = visible(spot.shown.said(language), RAW_LENGTH) if spot.shown else "-"
    why = SLIPS[suspect.slip].said(language) if suspect.slip in SLIPS else ""
    if language == "zh":
        to = f"改为 {suspect.value}{'（改动最小的值）' if suspect.is_limit else ''}"
        return f"{spot.said('zh')}，印着“{printed}”，{to}{why}"
    to = f"changed to {suspect.value}{' (the smallest change)' if suspect.is_limit else ''}"
    return f"{spot.said('en')}, printed “{printed}”, {to}{why}"
