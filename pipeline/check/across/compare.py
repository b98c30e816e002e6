"""Two reports of one agency about years that follow each other: what the later leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.across.copied import copied_sentences, copied_share
from pipeline.check.across.stocks import check_stocks
from pipeline.findings import finding
from pipeline.model import Finding, Report
from pipeline.versions import Comparison, CopiedSentence, Version, VersionKey

COPIED_SHARE = 0.5
"""Half of the prose. Years that were written apart share about a tenth: greetings and the law."""


def compare(before: Version, after: Version) -> Comparison:
    """What the two say of each other; neither is changed. The findings stand on the later one."""
    return Comparison(key_of(before), key_of(after), *contrast(before.report, after.report))


def contrast(
    before: Report, after: Report
) -> tuple[tuple[Finding, ...], tuple[CopiedSentence, ...]]:
    """Findings on the later report and the sentences that it copies."""
    copied = copied_sentences(before, after)
    share = copied_share(copied, after)
    return (*check_stocks(before, after), *_prose(before, share, len(copied))), copied


def key_of(version: Version) -> VersionKey:
    """What a version is called outside: the bytes that show it first are part of it."""
    first = version.captures[0]
    return VersionKey(version.agency, version.report_year, version.scope, first.digest)


def _prose(before: Report, share: float, count: int) -> Iterator[Finding]:
    if share >= COPIED_SHARE:
        values = {"share": f"{share:.0%}", "count": count, "before_year": before.report_year}
        yield finding("prose_copied", "page", **values)
