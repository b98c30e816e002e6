"""A WARC file that grows: whole records or nothing."""

from __future__ import annotations

import os
from pathlib import Path


class WarcFile:
    """The file of one crawl; `end` is where its last whole record ends."""

    def __init__(self, path: Path, end: int) -> None:
        self.path = path
        self.end = end

    def write(self, records: bytes) -> int:
        """Put records after the last one and return where they end; `OSError` if they do not fit.

        They count only after `advance`: until then `undo` takes them back.
        """
        with self.path.open("r+b", buffering=0) as stream:
            stream.seek(self.end)
            rest = records
            while rest:
                written = stream.write(rest)
                if not written:
                    raise OSError("no byte could be written")
                rest = rest[written:]
        return self.end + len(records)

    def advance(self, end: int) -> None:
        """The records up to there are in the index too."""
        self.end = end

    def undo(self) -> None:
        """Cut the file back; where even that fails, the next crawl that opens it does it."""
        try:
            os.truncate(self.path, self.end)
        except OSError:
            return
