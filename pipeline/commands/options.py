"""What the groups of commands share: an option, an exit status, the places of this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.commands.places import Places

EXIT_FAILED = 1
"""Something that was asked for could not be done, or a check found errors."""

Registry = Annotated[
    Path | None, typer.Option("--registry", help="Folder of registry files; default: packaged")
]


def places_here(registry: Path | None = None) -> Places:
    """As the environment says; `registry` over what it names."""
    from pipeline.commands.places import Places  # noqa: PLC0415 (slow to import)

    given = {"NIANBAO_REGISTRY": str(registry)} if registry else {}
    return Places.from_environment({**os.environ, **given})
