"""Traditional characters of labels and headings, read as simplified ones."""

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
    """The text with the characters that labels and headings use in simplified form.

    For comparing alone: what is stored is always as printed.
    """
    return _any_traditional().sub(lambda found: _traditional()[found[0]], text)
