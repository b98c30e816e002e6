"""How much memory a process has and had, as Linux counts it."""

from __future__ import annotations

import os
import re
from pathlib import Path


def most_in_use(process: int | None = None) -> float:
    """MB at most since the process began its program; its own where none is named.

    0 where it has ended. Not `ru_maxrss`, which a process takes over from the one that began it.
    """
    status = Path(f"/proc/{process or os.getpid()}/status")
    try:
        peak = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(peak[1]) / 1024 if peak else 0.0
