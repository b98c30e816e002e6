"""The catalogue of findings: code -> severity and the sentence, in Chinese and English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.model import Finding, Severity


@dataclass(frozen=True, slots=True)
class FindingKind:
    """An entry of `findings.toml`; the templates name the values a finding must bring."""

    code: str
    severity: Severity
    zh: str
    en: str


@cache
def load_findings() -> dict[str, FindingKind]:
    """Every finding that any stage can make, by code."""
    text = files("pipeline").joinpath("findings.toml").read_text("utf-8")
    return {
        code: FindingKind(code, Severity(row["severity"]), row["zh"], row["en"])
        for code, row in tomllib.loads(text).items()
    }


def finding(code: str, where: str, **values: object) -> Finding:
    """Make a finding of a catalogued kind.

    Raises:
        KeyError: the code is not in `findings.toml`, or its template names a value not given here.
    """
    kind = load_findings()[code]
    return Finding(
        code, kind.severity, where, kind.zh.format_map(values), kind.en.format_map(values)
    )
