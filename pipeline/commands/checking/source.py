"""On which line of the source file a text stands: prose carries no line of its own."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from pathlib import Path

from pipeline.extract.charset import decode
from pipeline.extract.text import NOT_WORDS

TAG = re.compile("<[^<>]*>")

SHORTEST = 4
"""Letters; fewer stand on many lines."""

HEAD = 24
"""Letters of a text that are looked for: the rest may stand on the next line."""


class Source:
    """The lines of a file, read when first asked for."""

    def __init__(self, path: Path) -> None:
        """Opens nothing yet: most findings know their line."""
        self.path = path

    def line_of(self, text: str) -> int | None:
        """The first line that prints the text's beginning, whatever its markup; None: no line.

        A very short text must be the whole line: 概述.
        """
        wanted = _words(text)[:HEAD]
        if len(wanted) < SHORTEST:
            return next((n for n, line in enumerate(self._lines, 1) if line == wanted != ""), None)
        return next((n for n, line in enumerate(self._lines, 1) if wanted in line), None)

    def only_line_of(self, text: str) -> int | None:
        """The line that is this text and nothing else, if it is the only one."""
        wanted = _words(text)
        found = [n for n, line in enumerate(self._lines, 1) if line == wanted != ""]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _lines(self) -> tuple[str, ...]:
        try:
            text, _, _ = decode(self.path.read_bytes())
        except OSError:  # gone since it was read: the finding stays, its line is not known
            return ()
        return tuple(_words(TAG.sub("", line)) for line in text.splitlines())


def _words(text: str) -> str:
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))
