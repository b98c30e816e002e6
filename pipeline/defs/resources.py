"""What the assets are given: the paths of this machine. The only reader of its environment here."""

from __future__ import annotations

import os

import dagster as dg

from crawlers.registry import load_registry
from pipeline.commands.places import Places


class Home(dg.ConfigurableResource[None]):
    """`NIANBAO_DATA`, `NIANBAO_REGISTRY` and `NIANBAO_WAREHOUSE`, or the default of each.

    No fields: the UI shows a resource's configuration, and a warehouse URL may hold a password.
    """

    @property
    def places(self) -> Places:
        """As the environment of the run says."""
        return Places.from_environment(os.environ)


def regions() -> list[str]:
    """The region files of the registry, sorted: a dimension of the partitions.

    A new file appears after "Reload definitions".
    """
    return sorted(load_registry(Places.from_environment(os.environ).registry))
