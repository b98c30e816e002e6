"""Answers kept: the same few hundred texts stand on every page and in many of its cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Remembered(dict[str, T]):
    """What a function says of a text: a dict that asks it for what it does not hold yet.

    Looked up some two thousand times a page, at half the price of `functools.lru_cache`. It forgets
    everything when it is full, so that a hostile page does not fill the memory; a text longer than
    `longest` is prose, comes once, and is not kept.
    """

    __slots__ = ("ask", "longest", "most")

    def __init__(self, ask: Callable[[str], T], most: int, longest: int | None = None) -> None:
        super().__init__()
        self.ask = ask
        self.most = most
        self.longest = longest

    def __missing__(self, text: str) -> T:
        """Ask, and keep the answer."""
        answer = self.ask(text)
        if self.longest is None or len(text) <= self.longest:
            if len(self) >= self.most:
                self.clear()
            self[text] = answer
        return answer


def remembered(
    most: int, longest: int | None = None
) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Decorate a function of one text whose answers are worth keeping, at most so many."""
    return lambda ask: Remembered(ask, most, longest).__getitem__
