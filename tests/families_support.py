"""Pages of our own for each CMS family: a folder each, with a page and `expected.json`."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
CASES = sorted(path.parent for path in PAGES.glob("*/*/expected.json"))


def name_of(case: Path) -> str:
    """Its family and what it shows."""
    return f"{case.parent.name}/{case.name}"


def page_of(case: Path) -> str:
    """The page as text."""
    (page,) = case.glob("page.*")
    return page.read_text("utf-8")
