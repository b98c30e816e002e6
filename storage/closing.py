"""What is open until it is closed, at the latest by the end of its `with`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self


class Closing(ABC):
    """Closes itself at the end of a `with`, whatever happened there."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything that is open."""

    def __enter__(self) -> Self:
        """Itself: it is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()
