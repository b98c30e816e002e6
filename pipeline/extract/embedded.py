"""Articles that a page carries as a JSON string: in a script, or as the whole answer of an API."""

from __future__ import annotations

import json
import re

STRING = re.compile(r'"((?:[^"\\]|\\[\s\S])*+)(?P<end>"|\Z)')
"""A JSON string literal, or the rest of the text after a quote that nothing closes: each character
is looked at once."""

MARKUP = re.compile(r"<(?:p|table|div|br)\b", re.IGNORECASE)

LEAST = 400
"""Characters of the shortest article; templates in scripts hold shorter markup."""


def embedded_article(text: str) -> str | None:
    """The longest JSON string of the page that holds markup, decoded; None where there is none.

    gkmlpt keeps the article in `_CONFIG.DETAIL.content`, 新点 answers with `infocontent`.
    """
    literals = (
        match[1] for match in STRING.finditer(text) if match["end"] and len(match[1]) >= LEAST
    )
    decoded = (_decoded(literal) for literal in literals)
    articles = [article for article in decoded if article and MARKUP.search(article)]
    return max(articles, key=len, default=None)


def embedded_title(text: str) -> str | None:
    """The value of the first `title` key beside it."""
    match = re.search(r'"(?:info)?title"\s*:\s*"((?:[^"\\]|\\.){1,400})"', text)
    return _decoded(match[1]) if match else None


def _decoded(literal: str) -> str | None:
    try:
        value = json.loads(f'"{literal}"', strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None
