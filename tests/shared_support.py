"""What lies beside this repository and is no part of it: tests of it are skipped without it."""

from __future__ import annotations

from pathlib import Path

import pytest

BESIDE = [folder / "shared" for folder in Path(__file__).resolve().parents]
SHARED = next((folder for folder in BESIDE if folder.is_dir()), BESIDE[2])
"""Of the folders above this one the nearest that has it; else where it would be."""


def real_reports() -> Path:
    """The folder of real reports, or a skip where it is not there."""
    folder = SHARED / "real_reports"
    if not folder.is_dir():
        pytest.skip("no shared/real_reports beside this repository; it is not part of it")
    return folder
