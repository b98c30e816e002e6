"""Values that a page makes by the hundred: frozen to the type checker, cheap to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from dataclasses import dataclass as value
else:
    from dataclasses import dataclass

    def value(*, frozen, slots):
        """A dataclass that hashes and compares as a frozen one does; mypy forbids to assign to it.

        A frozen dataclass sets each of its fields through `object.__setattr__`. That is four times
        the price of a plain one, and of a page's figures and rows a twentieth of all its reading.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)
