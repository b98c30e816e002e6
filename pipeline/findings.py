"""The catalogue of findings: code -> severity and the sentence, in Chinese and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What can be said of a report; the templates name the values a finding must bring."""

    code: str
    severity: Severity
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Check:
    """A property that a report should have, the finding where it has not, pages that show it."""

    kind: FindingKind
    group: str
    """`identities`, `plausibility`, `completeness`, `prose`, `contradictions`, `copies`."""
    formula: str
    """What should hold, in Chinese, as printed for people."""
    why: str
    passes: tuple[str, ...]
    """Pages of our own, by name, on which it holds."""
    fails: tuple[str, ...]
    claim: str | None
    """The agency that the registry names for those pages; null: none is claimed."""


@cache
def load_findings() -> dict[str, FindingKind]:
    """Every finding that any stage can make, by code: those of the reading, then the checks."""
    read = {code: _kind(code, row) for code, row in _data("pipeline", "findings.toml").items()}
    return {**read, **{code: check.kind for code, check in load_checks().items()}}


@cache
def load_checks() -> dict[str, Check]:
    """Every check by its code, group by group."""
    groups = _data("pipeline.check", "checks.toml")
    return {code: _check(g, code, row) for g, rows in groups.items() for code, row in rows.items()}


def _data(package: str, name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(package).joinpath(name).read_text("utf-8"))


def _kind(code: str, row: Mapping[str, str]) -> FindingKind:
    return FindingKind(code, Severity(row["severity"]), row["zh"], row["en"])


def _check(group: str, code: str, row: Mapping[str, Any]) -> Check:
    return Check(
        kind=_kind(code, row),
        group=group,
        formula=row["formula"],
        why=row["why"],
        passes=tuple(row["passes"]),
        fails=tuple(row["fails"]),
        claim=row.get("claim"),
    )


def finding(code: str, where: str, **values: object) -> Finding:
    """Make a finding of a catalogued kind.

    Raises:
        KeyError: the code is in no catalogue, or its template names a value not given here.
    """
    kind = load_findings()[code]
    return Finding(
        code, kind.severity, where, kind.zh.format_map(values), kind.en.format_map(values)
    )
