"""Small functions of printed text that several stages share."""

from __future__ import annotations

import re
import unicodedata

from pipeline.forms.characters import simplified
from pipeline.remembered import remembered

BLANKS = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ue5e5\ufeff]+")
"""White space as Word and CMS editors leave it: zero-width marks, soft hyphens, marks of writing
direction and the private U+E5E5 too."""

FILLER = "\u3164"
"""The one of them that is neither white space to Python nor unprintable: most texts hold no other
than plain white space, which is soon told."""

SENTENCE = re.compile("[。；！？]")
"""What a line of prose holds and a label, a heading or a link does not."""

LONGEST_LABEL = 60
"""Characters. Longer texts are prose, come once, and would fill the memory of labels."""

LINES = 256
"""Of a few pages: a line is asked by four stages of reading its page, and then no more."""

LONGEST_LINE = 1000
"""Characters of a line that is kept so long; the longest paragraphs have some 500."""

NOT_WORDS = re.compile(r"[\W_]+")
NOT_CHINESE = re.compile(r"[\W_A-Za-z]+")
"""Of a text that is not Latin as a whole: some pages print each label in English beside it."""


def squeeze(text: str) -> str:
    """One line: runs of white space become one space, none at the ends."""
    if text.isdecimal():
        return text
    words = " ".join(text.split())
    is_plain = words.isprintable() and FILLER not in words
    return words if is_plain else BLANKS.sub(" ", text).strip()


def has_chinese(text: str) -> bool:
    """Whether a Chinese character stands in the text: words, where a figure or a sign might be."""
    return any("一" <= letter <= "鿿" for letter in text)


@remembered(LINES, LONGEST_LINE)
def tight(text: str) -> str:
    """Without any white space: Chinese needs none, and pages put it anywhere."""
    if text.isdecimal():
        return text
    words = "".join(text.split())
    is_plain = words.isprintable() and FILLER not in words
    return words if is_plain else BLANKS.sub("", words)


@remembered(65536, LONGEST_LABEL)
def core(text: str) -> str:
    """Letters and digits alone, simplified and half-width: what two printings of a label share."""
    words = unicodedata.normalize("NFKC", simplified(text))
    return (NOT_WORDS if words.isascii() else NOT_CHINESE).sub("", words)
