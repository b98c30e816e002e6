"""Paragraphs -> sentences, each with the heading it stands under and what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.forms.characters import simplified_prose
from pipeline.model import Section
from pipeline.parse.facts.flat import ITEM, Paragraph, narrow, paragraphs
from pipeline.values import value

SENTENCE = re.compile("[^。!?]*[。!?]?")

MAY_STATE = re.compile("[0-9一二两三四五六七八九十百千零未末没无均都评]|不存在|所有|全部|考核")
"""A sentence without any of these states no fact."""

LONGEST = 1500
"""Characters; the longest sentence seen, a list of 19 topics, has 260. Longer ones are cut."""

TOPIC = 40
"""Characters of a heading that count as the topic of what follows."""

LEANS_ON = (
    *("其中", "分别", "按申请", "上述", "从申请", "包括"),
    *("按办理结果", "按答复", "从办理结果", "从答复", "答复中"),
    *("省政府本级", "市政府本级", "县政府本级", "区政府本级"),
)
"""A sentence that begins so is about the sentence before."""

LEAN_WITH = frozenset(words[0] for words in LEANS_ON)
"""Tried first, for it is quick."""

LEAD = 150
"""Characters of that sentence that are looked at again."""


@value
class Sentence:
    """A sentence without blanks, narrow and simplified, and where it is from."""

    text: str
    start: int
    """Place of its first character in the paragraph."""
    paragraph: Paragraph
    section: Section
    topic: str
    """The item heading it stands under: `（四）发挥新媒体作用`."""
    lead: str
    """The end of the sentence before, where this one leans on it."""

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Places of a slice of this sentence in the stored text of the section."""
        place, offset = self.paragraph.place, self.start
        return place(offset + start), place(offset + end - 1) + 1

    def as_printed(self) -> str:
        """The stored sentence with its blanks, torn lines joined."""
        start, end = self.stored(0, len(self.text))
        return self.section.text[start:end].replace("\n", "")


def sentences(section: Section) -> Iterator[Sentence]:
    """The sentences of a section that may state a fact, in order."""
    topic = ""
    for paragraph in paragraphs(simplified_prose(narrow(section.text))):
        before = ""
        for start, text in _cut(paragraph.text):
            if ITEM.match(text):
                topic = text[:TOPIC]
            if MAY_STATE.search(text):
                leans = text[0] in LEAN_WITH and text.startswith(LEANS_ON)
                lead = before[-LEAD:] if leans else ""
                yield Sentence(text, start, paragraph, section, topic, lead)
            before = text


def _cut(text: str) -> Iterator[tuple[int, str]]:
    for match in SENTENCE.finditer(text):
        if match.end() - match.start() <= LONGEST:
            yield match.start(), match[0]
        else:
            yield from _pieces(text, *match.span())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """A sentence that is too long, cut behind its commas where it has some."""
    while start < end:
        comma = text.rfind(",", start, start + LONGEST) + 1
        stop = end if end - start <= LONGEST else comma if comma > start else start + LONGEST
        yield start, text[start:stop]
        start = stop
