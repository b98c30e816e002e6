"""Text of a list page, whatever its label says."""

from __future__ import annotations

UTF8 = "utf-8-sig"


def decode_page(body: bytes) -> str:
    """The text of a page; see `text_and_charset`."""
    return text_and_charset(body)[0]


def text_and_charset(body: bytes) -> tuple[str, str]:
    """UTF-8 if it is UTF-8, else GB18030, which holds every GB2312 and GBK page.

    Labels are not asked: district sites label GBK bytes gb2312 and error pages iso-8859-1. Where
    neither fits, the reading with fewer holes wins.
    """
    readings: list[tuple[str, str]] = []
    for charset in (UTF8, "gb18030"):
        try:
            return body.decode(charset), charset
        except UnicodeDecodeError:
            readings.append((body.decode(charset, errors="replace"), "damaged"))
    return min(readings, key=lambda reading: reading[0].count("�"))
