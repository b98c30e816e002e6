"""A request as a site sees it, and the answer before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    target: str
    """Path and query."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def fields(self) -> dict[str, str]:
        """Query and form together; the form wins."""
        form = self.body.decode("utf-8", "replace") if self.method == "POST" else ""
        return dict([*parse_qsl(urlsplit(self.target).query), *parse_qsl(form)])


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent, and how."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    """Seconds between two pieces of the body; 0: it goes out in one."""
    cut: int | None = None
    """The connection breaks after so many bytes of the body; -1: before the status line."""
    part: str = ""
    """What was asked for: `robots`, `home`, `list`, `article`, `attachment`, nothing of these."""
    column: str = ""
    """The column that it belongs to, where the site has several."""
    year: int | None = None
    """The report year of an article."""
