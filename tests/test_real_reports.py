"""`nianbao check` on real reports names every known deviation, and nothing else.

The reports and what is known of them lie outside the repository; `golden/real_findings.json` says
which finding stands for which of the known deviations, in their order, or why none does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from tests.shared_support import SHARED

REPORTS = SHARED / "real_reports"
GOLDEN = json.loads((Path(__file__).parent / "golden" / "real_findings.json").read_text("utf-8"))

pytestmark = pytest.mark.skipif(
    not REPORTS.is_dir(), reason=f"{REPORTS} is not here: the real reports are kept apart"
)


def checked(name: str) -> list[str]:
    result = CliRunner().invoke(app, ["check", "--format", "json", str(REPORTS / f"{name}.txt")])
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    return sorted(f"{finding['code']} {finding['where']}" for finding in findings)


def test_every_real_report_is_among_the_golden_ones() -> None:
    assert sorted(GOLDEN) == sorted(path.stem for path in REPORTS.glob("*.txt"))


@pytest.mark.parametrize("name", GOLDEN)
def test_every_known_deviation_is_accounted_for(name: str) -> None:
    known = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"))

    assert len(GOLDEN[name]["deviations"]) == len(known["deviations"])


@pytest.mark.parametrize("name", GOLDEN)
def test_all_known_deviations_are_named_and_nothing_else(name: str) -> None:
    named = {code for each in GOLDEN[name]["deviations"] if isinstance(each, list) for code in each}

    assert checked(name) == sorted(named | set(GOLDEN[name]["errors"]))
