"""Text of a list page, whatever its label says."""

from __future__ import annotations


def decode_page(body: bytes) -> str:
    """UTF-8 if it is UTF-8, else GB18030, which holds every GB2312 and GBK page.

    Labels are not asked: district sites label GBK bytes gb2312 and error pages iso-8859-1. Where
    neither fits, the reading with fewer holes wins.
    """
    readings: list[str] = []
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            readings.append(body.decode(charset, errors="replace"))
    return min(readings, key=lambda text: text.count("�"))
