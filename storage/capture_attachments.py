"""Which files were kept with which page."""

from __future__ import annotations

import sqlite3

from pipeline.model import Attachment

QUERY = """
SELECT file.page_url, file.page_digest, file.url, file.link_text, file.media, file.size,
       file.digest, coalesce(held.warc, file.warc) AS warc,
       coalesce(held."offset", file."offset") AS "offset"
FROM capture AS file LEFT JOIN capture AS held ON held.id = file.refers_to
WHERE file.kind = 'attachment' AND file.region = ? AND file.blocked IS NULL
      AND (file.status = 200 OR (file.status = 304 AND file.refers_to IS NOT NULL))
ORDER BY file.id
"""
UNKNOWN = "unknown"


def attachments_of(
    index: sqlite3.Connection, region: str
) -> dict[tuple[str, str], tuple[Attachment, ...]]:
    """Address and digest of a page -> its files, each wording of a file once, oldest first."""
    found: dict[tuple[str, str], dict[tuple[str, str], Attachment]] = {}
    for row in index.execute(QUERY, [region]):
        of_page = found.setdefault((row["page_url"], row["page_digest"]), {})
        file = Attachment(
            url=row["url"],
            name=row["link_text"] or row["url"],
            media=row["media"] or UNKNOWN,
            size=row["size"],
            digest=row["digest"],
            warc=row["warc"],
            offset=row["offset"],
        )
        of_page.setdefault((file.url, file.digest), file)
    return {page: tuple(files.values()) for page, files in found.items()}
