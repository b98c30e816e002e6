"""HTML put together so that text of a report can never become markup."""

from __future__ import annotations

from html import escape

from pipeline.commands.checking.words import visible


class Markup(str):
    """Text that is HTML already; every other string is escaped when it gets into a tag."""

    __slots__ = ()


def tag(name: str, *children: str, **attributes: str | int | None) -> Markup:
    """An element; `class_` is `class`, attributes that are None or empty are left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_safe(str(value))}"'
        for key, value in attributes.items()
        if value not in {None, ""}
    )
    return Markup(f"<{name}{given}>{join(*children)}</{name}>")


def join(*children: str) -> Markup:
    """Markup side by side, all else escaped."""
    return Markup("".join(c if isinstance(c, Markup) else _safe(c) for c in children))


def _safe(text: str) -> str:
    return escape(visible(text))
