"""Where lists and articles come from an address of their own: `APIS` maps layouts to them."""

from __future__ import annotations

from typing import Protocol

from crawlers.practice.exchange import Answer, Request
from crawlers.practice.faults import Faults
from crawlers.practice.generated.apis import epoint, gkmlpt, jpage, unitbuild
from crawlers.practice.generated.model import Column, Listed


class Api(Protocol):
    """What a page's script asks; each is a module with these functions."""

    def owner(self, request: Request) -> int | None:
        """The number of the agency that is asked about; null: the request is for no API."""

    def give(self, column: Column, listed: Listed, request: Request, faults: Faults) -> Answer:
        """The rows, or an article, in the API's own words."""


APIS: dict[str, Api] = {
    "epoint": epoint,
    "gkmlpt": gkmlpt,
    "jpage": jpage,
    "unitbuild": unitbuild,
}
