"""Codes that name an agency or a site, with their check digits."""

from __future__ import annotations

import re

from stdnum.cn import uscc

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11714-1997, 附录A."""

CREDIT_CODE = re.compile(r"(?<![0-9A-Z])1[12][0-9]{6}[0-9A-Z]{9}[0-9A-Z](?![0-9A-Z])")
"""统一社会信用代码 of agencies (11) and public institutions (12)."""

SITE_CODE = re.compile(r"(?:bm\d{8}|\d{10})", re.IGNORECASE)
"""网站标识码: six digits of a division and four of a series, or `bm` and eight digits."""


def is_organisation_code(code: str) -> bool:
    """Whether nine characters are an organisation code with the right check digit (GB 11714)."""
    if not re.fullmatch(r"[0-9A-Z]{8}[0-9X]", code):
        return False
    values = (int(char, 36) for char in code[:8])
    rest = 11 - sum(v * w for v, w in zip(values, ORGANISATION_WEIGHTS, strict=True)) % 11
    return code[8] == {10: "X", 11: "0"}.get(rest, str(rest))


def is_credit_code(code: str) -> bool:
    """Whether both check digits are right: GB 32100 over all, GB 11714 over characters 9 to 17."""
    return (
        bool(CREDIT_CODE.fullmatch(code))
        and uscc.is_valid(code)
        and is_organisation_code(code[8:17])
    )


def credit_code_in(text: str | None) -> str | None:
    """The credit code that an 索引号 carries; None unless both check digits are right."""
    found = (match[0] for match in CREDIT_CODE.finditer((text or "").upper()))
    return next((code for code in found if is_credit_code(code)), None)


def division_of_site(code: str | None) -> str | None:
    """The division that a 网站标识码 begins with. Sites keep theirs when the division ends."""
    if code is None or not SITE_CODE.fullmatch(code) or code[:2].lower() == "bm":
        return None
    return code[:6]
