"""What stops storage: a file or a database that is not what it should be."""

from __future__ import annotations

from pipeline.errors import NianbaoError


class StorageError(NianbaoError):
    """Something at rest is not as it should be."""


class StageFileError(StorageError):
    """A stage file is missing, cut short, or holds something else than was asked for."""


class WarehouseError(StorageError):
    """The warehouse cannot be opened, or is not a warehouse of this version of nianbao."""
