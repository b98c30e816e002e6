"""Sentences of a report that stood in last year's word for word."""

from __future__ import annotations

from pipeline.model import Report
from pipeline.parse.prose import own_sentences
from pipeline.versions import CopiedSentence


def copied_sentences(before: Report, after: Report) -> tuple[CopiedSentence, ...]:
    """The sentences of `after` that `before` prints too, in page order.

    Blanks, punctuation, traditional script and the year named do not count; another number does:
    a sentence with this year's figure in it was written again.
    """
    known = {said.key: said for said in reversed(list(own_sentences(before)))}
    return tuple(
        CopiedSentence(
            section=said.section.id,
            start=said.start,
            end=said.end,
            text=said.section.text[said.start : said.end],
            before_section=known[said.key].section.id,
            before_start=known[said.key].start,
        )
        for said in own_sentences(after)
        if said.key in known
    )


def copied_share(copied: tuple[CopiedSentence, ...], after: Report) -> float:
    """The share of the prose, by characters, that is copied; 0 where there is no prose."""
    written = sum(said.end - said.start for said in own_sentences(after))
    return sum(each.end - each.start for each in copied) / written if written else 0.0
