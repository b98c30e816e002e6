"""What people have decided about agencies: names, ids, codes and successions, each with a reason.

The file is data and is read anew at every run, so a decision survives whatever is read again:

    [[agency]]
    id = "419001:emergency_management"   # only where the name alone does not say it
    name = "济源示范区应急管理局"
    division = "419001"
    level = "prefecture_department"
    first_year = 2017
    reason = "the demonstration zone's own seal, same address and staff"
    decided = 2026-11-22

    [[succession]]
    before = "320205:旅游局"
    after = "320205:culture_tourism"
    year = 2019
    kind = "merged"
    reason = "…"
    decided = 2026-11-22
"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.agencies.book import AgencyError, Listed
from pipeline.agencies.codes import is_credit_code
from pipeline.agencies.model import Succession

SOURCE = "reviewed"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field(min_length=4)
    decided: date


class _AgencyRow(_Row):
    name: str = Field(min_length=3)
    division: str | None = Field(None, pattern=r"^\d{6}$")
    level: str = "other"
    id: str | None = Field(None, pattern=r"^\d{6}:.+$")
    credit_code: str | None = None
    first_year: int | None = None
    last_year: int | None = None

    @field_validator("credit_code")
    @classmethod
    def _checked(cls, code: str | None) -> str | None:
        if code is not None and not is_credit_code(code):
            raise ValueError(f"{code} fails the check digits of GB 32100 or GB 11714")
        return code


class _SuccessionRow(_Row):
    before: str = Field(pattern=r"^\d{6}:.+$")
    after: str = Field(pattern=r"^\d{6}:.+$")
    year: int
    kind: Literal["merged", "joined", "divided"]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    agency: tuple[_AgencyRow, ...] = ()
    succession: tuple[_SuccessionRow, ...] = ()


def packaged_decisions() -> str:
    """The decisions that come with the program, as TOML."""
    return files("pipeline").joinpath("agencies/data/agencies.toml").read_text("utf-8")


def decisions(content: str, name: str) -> tuple[tuple[Listed, ...], tuple[Succession, ...]]:
    """The rows of a file of decisions.

    Args:
        content: TOML, as above.
        name: of the file, for messages.

    Raises:
        AgencyError: not TOML, or a row that lacks something; it names the row.
    """
    try:
        found = _File.model_validate(tomllib.loads(content))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise AgencyError(f"{name}: {_said(error)}") from error
    listed = (
        Listed(
            name=row.name,
            division=row.division,
            level=row.level,
            source=SOURCE,
            id=row.id,
            first=row.first_year,
            last=row.last_year,
            credit_code=row.credit_code,
        )
        for row in found.agency
    )
    successions = (
        Succession(row.before, row.after, row.year, row.kind, SOURCE) for row in found.succession
    )
    return tuple(listed), tuple(successions)


def _said(error: tomllib.TOMLDecodeError | ValidationError) -> str:
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"not TOML: {error}"
    first: Any = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}; see pipeline/README.md, 'Agencies'"
