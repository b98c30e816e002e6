"""Registry rows for what was discovered, to be reviewed by a person: never written by a program."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from crawlers.addresses import column_key
from crawlers.columns import CODE_SHAPES, FIRST_REPORT_YEAR, LEGACY_LINE, PROVINCES
from crawlers.hosts import address_of, host_of
from crawlers.scout.model import Candidate, Refusal, Scouted, SeenList, SeenRow
from crawlers.titles import normalised

NOT_IN_A_NAME = {"www", "gov", "cn", "com", "wap", "m", "zwgk", "xxgk", "zfxxgk"}
TITLE_TAIL = re.compile(r"(?:关于)?(?:的)?(?:年度?)?(?:政府|政务)?信息公开.*$|年度?报告.*$")
TITLE_YEAR = re.compile(r"(?:关于)?(?:19|20)\d\d(?:年度?)?")
SITE_CODE = re.compile(r"(\d{6})\d{4}")
MANY = 3
"""Agencies in one list from which on its rows speak for themselves."""


def drafts(scouted: Scouted, known: Mapping[str, str], today: date) -> list[str]:
    """A `[[column]]` for each column found, best first.

    What is not known is left out behind a `#`: the registry refuses the row until somebody has
    filled it in.

    Args:
        scouted: a discovery.
        known: column key -> id of the rows that the registry has.
        today: the day of the look.
    """
    rows, names = [], Counter[str]()
    for candidate in scouted.candidates:
        if not candidate.is_column:
            continue
        if there := known.get(column_key(candidate.url)):
            rows.append(f"# {candidate.url}\n# is in the registry: {there}\n")
            continue
        id_ = id_for(host_of(candidate.url))
        names[id_] += 1
        rows.append(
            _draft(candidate, scouted, id_ + (f"_{n}" if (n := names[id_]) > 1 else ""), today)
        )
    return rows


def standing(scouted: Scouted, today: date) -> str | None:
    """The lines to write into a probed row; null where one look proves nothing.

    A host that did not answer today may answer tomorrow; a challenge is there until it is taken
    away, and a list with reports works. A host that speaks old TLS alone has the line that allows
    it: whether that is right is for people to say.
    """
    seen = scouted.seen
    if seen is not None and (seen.reports or seen.is_article):
        status, why = "working", _count(seen)
    elif line := next((each.line for each in scouted.refusals if each.line), None):
        return f"{line}\n"
    elif blocked := [each.why for each in scouted.refusals if _is_block(each)]:
        status, why = "blocked", blocked[0]
    else:
        return None
    return f'status = "{status}"\nas_of = {today.isoformat()}\nreason = {_text(why)}\n'


def _is_block(refusal: Refusal) -> bool:
    return refusal.why.startswith("blocked:") and not refusal.is_gone


def _count(seen: SeenList) -> str:
    if seen.is_article:
        return "itself a report"
    return f"{len(seen.reports)} reports on its first page"


def id_for(host: str) -> str:
    """`henan_yjglt` for `yjglt.henan.gov.cn`: region first."""
    if address_of(host) is not None:
        return f"host_{re.sub(r'[^0-9a-f]', '_', host)}"
    labels = [label for label in host.split(".") if label not in NOT_IN_A_NAME]
    return re.sub(r"[^a-z0-9]", "_", "_".join(reversed(labels))) or "site"


def agencies_in(rows: Iterable[SeenRow]) -> Counter[str]:
    """The agencies that the titles of a list name, without years and fixed words."""
    names = (TITLE_TAIL.sub("", TITLE_YEAR.sub("", normalised(row.text))) for row in rows)
    return Counter(name for name in names if name)


def _draft(candidate: Candidate, scouted: Scouted, id_: str, today: date) -> str:
    seen = candidate.seen
    assert seen is not None, "only what was looked at is a column"
    named = agencies_in(seen.reports)
    agency = named.most_common(1)[0][0] if named else scouted.meta.get("SiteName")
    years = sorted({year for row in seen.reports for year in row.years})
    lines = [
        f"# {candidate.text or 'no text'}: {'; '.join(candidate.evidence)}",
        "[[column]]",
        f"id = {_text(id_)}",
        _line("agency", agency, "the full official name"),
        'owner = "row"' if len(named) >= MANY else None,
        *_place(scouted.meta.get("SiteIDCode", "")),
        f"family = {_text(seen.family)}",
        f"list_url = {_text(candidate.url)}",
        f"first_year = {years[0] if years and not seen.more else FIRST_REPORT_YEAR}",
        LEGACY_LINE if scouted.request.legacy_tls else None,
        'evidence = "seen"',
        f"source = {_text(f'found from {scouted.request.url}')}",
        'status = "working"',
        f"as_of = {today.isoformat()}",
        f"reason = {_text(_count(seen))}",
    ]
    return "\n".join(line for line in lines if line is not None) + "\n"


def _place(site_code: str) -> list[str]:
    """Level and division, as far as the site's 网站标识码 tells; it keeps old codes."""
    match = SITE_CODE.fullmatch(site_code)
    code = match[1] if match and match[1][:2] in PROVINCES else None
    level = next((n for n, shape in CODE_SHAPES.items() if code and shape.fullmatch(code)), None)
    hint = f"  # or {level}_department: by the site's code {site_code}" if level else ""
    return [
        _line("level", level, "of the agency") + hint,
        _line("division", code, "GB/T 2260 code of the place"),
    ]


def _line(name: str, value: str | None, wanted: str) -> str:
    return f"# {name} = {wanted}" if value is None else f"{name} = {_text(value)}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
