"""What a paragraph has stated so far: later figures may belong to it."""

from __future__ import annotations

from collections.abc import Collection


class Said:
    """Ids of the facts stated so far; bounded by the number of ids, however long the paragraph."""

    __slots__ = ("_order", "last")

    def __init__(self) -> None:
        self._order: dict[str, None] = {}
        self.last = ""
        """The id stated just before; empty at the beginning."""

    def add(self, id_: str) -> None:
        """Remember a fact as the last one."""
        self._order.pop(id_, None)
        self._order[id_] = None
        self.last = id_

    def any_of(self, ids: Collection[str]) -> str | None:
        """The one of these that was stated last."""
        return next((id_ for id_ in reversed(self._order) if id_ in ids), None)

    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self._order)
