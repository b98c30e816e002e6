"""Accuracy of the reader on all pages of our own: printed, and never falling.

`floors.json` holds the share of right cells by form, shape and family, and how many mistakes of
each kind there are. To record an improvement, `NIANBAO_FLOORS=raise pytest tests/test_floors.py`;
it never lowers anything. Where harder documents were added, `NIANBAO_FLOORS=lower` writes down
what is measured, whatever it is.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.floors_support import MISTAKES, Score, measured

FLOORS = Path(__file__).parent / "floors.json"
SHARE_DIGITS = 10_000
"""Shares are kept to the hundredth of a percent, rounded down."""
WORST = 12
"""Pages named below the table."""


def test_no_share_falls_below_its_floor_and_no_mistake_is_new(
    record_property: Callable[[str, object], None],
) -> None:
    groups, failing = measured()
    wish = os.environ.get("NIANBAO_FLOORS")
    floors = json.loads(FLOORS.read_text("utf-8"))
    if wish in {"raise", "lower"}:
        floors = recorded(groups, floors, keep_best=wish == "raise")
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", "utf-8")
    table = printed(groups, failing)
    record_property("terminal", table)

    assert fallen(groups, floors) == [], f"the reader got worse:\n{table}"


def share(score: Score) -> float:
    return math.floor(score.share * SHARE_DIGITS) / SHARE_DIGITS


def recorded(groups: Mapping[str, Score], old: Any, *, keep_best: bool) -> dict[str, Any]:
    """Floors as measured; with `keep_best`, never lower than they were."""
    shares = {name: share(score) for name, score in sorted(groups.items())}
    ceilings = dict(groups["all"].mistakes)
    if keep_best:
        shares = {n: max(s, old["shares"].get(n, s)) for n, s in shares.items()}
        ceilings = {n: min(c, old["mistakes"].get(n, c)) for n, c in ceilings.items()}
    return {"shares": shares, "mistakes": ceilings}


def fallen(groups: Mapping[str, Score], floors: Any) -> list[str]:
    """What is worse than recorded, in words."""
    worse = [
        f"{name}: {share(score):.2%} of the cells, the floor is {floors['shares'].get(name):.2%}"
        if name in floors["shares"]
        else f"{name}: no floor is recorded"
        for name, score in groups.items()
        if share(score) < floors["shares"].get(name, math.inf)
    ]
    worse += [f"{name}: no page is left" for name in set(floors["shares"]) - set(groups)]
    counts = groups["all"].mistakes
    return worse + [
        f"{name}: {counts[name]} on all pages, {floors['mistakes'][name]} are recorded"
        for name in MISTAKES
        if counts[name] > floors["mistakes"][name]
    ]


def printed(groups: Mapping[str, Score], failing: Mapping[str, Score]) -> str:
    """The table that `make check` shows."""
    lines = [f"{'cells read right':<24}{'pages':>6}{'cells':>8}{'share':>9}{'silent':>8}"]
    lines += [
        f"{name:<24}{s.pages:>6}{s.cells:>8}{s.share:>9.2%}{s.mistakes['silent']:>8}"
        for name, s in sorted(groups.items())
    ]
    counts = ", ".join(f"{name} {groups['all'].mistakes[name]}" for name in MISTAKES)
    lines.append(f"mistakes: {counts}; {len(failing)} pages have any")
    worst = sorted(failing.items(), key=lambda item: item[1].right - item[1].cells)
    lines += [f"  {name}: {s.right}/{s.cells}" for name, s in worst[:WORST]]
    return "\n".join(lines)


def test_a_share_below_its_floor_is_named() -> None:
    half = Score(pages=1, cells=10, right=5)
    floors = {"shares": {"all": 0.6}, "mistakes": dict.fromkeys(MISTAKES, 0)}

    assert fallen({"all": half}, floors) == ["all: 50.00% of the cells, the floor is 60.00%"]
    assert fallen({"all": half}, recorded({"all": half}, floors, keep_best=False)) == []
    assert recorded({"all": half}, floors, keep_best=True)["shares"] == {"all": 0.6}


def test_a_mistake_more_than_recorded_is_named() -> None:
    worse = Score(pages=1, cells=10, right=10)
    worse.mistakes["silent"] = 1
    floors = {"shares": {"all": 1.0}, "mistakes": dict.fromkeys(MISTAKES, 0)}

    assert fallen({"all": worse}, floors) == ["silent: 1 on all pages, 0 are recorded"]
    assert recorded({"all": worse}, floors, keep_best=True)["mistakes"]["silent"] == 0


def test_a_group_without_a_floor_or_without_a_page_is_named() -> None:
    whole = Score(pages=1, cells=10, right=10)
    floors = {"shares": {"shape tabs": 1.0}, "mistakes": dict.fromkeys(MISTAKES, 0)}

    assert fallen({"all": whole}, floors) == [
        "all: no floor is recorded",
        "shape tabs: no page is left",
    ]
