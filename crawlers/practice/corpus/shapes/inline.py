"""Headings and paragraphs as HTML."""

from __future__ import annotations

import re
from html import escape

RUNS = re.compile(r"(\d+)")
WORD = (
    '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:29.0pt">'
    '<span style="font-size:16.0pt;font-family:仿宋_GB2312;color:black">{}</span></p>'
)
HEADINGS = {
    "strong": "<p><strong>{}</strong></p>",
    "h2": "<h2>{}</h2>",
    "plain": "<p>{}</p>",
    "black": '<p style="text-indent:2em"><span style="font-family:黑体">{}</span></p>',
}


def heading(text: str, kind: str) -> str:
    """A section heading in the editor's way."""
    return HEADINGS[kind].format(escape(text, quote=False))


def paragraph(text: str, kind: str) -> str:
    """A paragraph; `word` puts each number in a span of its own."""
    html = escape(text, quote=False)
    if kind == "word":
        return WORD.format(RUNS.sub(r'<span lang="EN-US">\1</span>', html))
    if kind == "br":
        return f"&emsp;&emsp;{html}<br/>"
    return f'<p style="text-indent:2em">{html}</p>'
