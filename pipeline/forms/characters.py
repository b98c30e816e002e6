"""Traditional characters of labels, headings and facts, read as simplified ones."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _traditional() -> dict[str, str]:
    text = files("pipeline.forms").joinpath("traditional.toml").read_text("utf-8")
    return {pair[0]: pair[1] for pair in tomllib.loads(text)["characters"].split()}


@cache
def _any_traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_traditional())}]")


def simplified(text: str) -> str:
    """The text with the characters that labels, headings and facts use in simplified form.

    One for one, so places stay places. For comparing alone: what is stored is always as printed.
    """
    return _any_traditional().sub(lambda found: _traditional()[found[0]], text)


COMMONEST = "開發報請務況條會"
"""Of the traditional characters those without which no sentence says what was disclosed."""


def simplified_prose(text: str) -> str:
    """As `simplified`; prose without the commonest traditional characters is as it is."""
    return simplified(text) if any(map(text.__contains__, COMMONEST)) else text
