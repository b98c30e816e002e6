"""Where this machine keeps what: data folder, registry, warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Cell(NamedTuple):
    """A unit of work: one region's reports about one year."""

    region: str
    year: int

    def __str__(self) -> str:
        """As people write it: `41_henan 2021`."""
        return f"{self.region} {self.year}"


@dataclass(frozen=True, slots=True)
class Places:
    """The paths that every step works on; all absolute."""

    data: Path
    registry: Path
    warehouse: str
    """SQLAlchemy URL."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Places:
        """`NIANBAO_DATA`, `NIANBAO_REGISTRY` and `NIANBAO_WAREHOUSE`, or the defaults for each.

        The default warehouse lies in the data folder, the default registry in the package.
        """
        from crawlers.registry import default_registry  # noqa: PLC0415 (pydantic; only if asked)

        data = Path(environment.get("NIANBAO_DATA", "data")).absolute()
        registry = environment.get("NIANBAO_REGISTRY")
        return cls(
            data=data,
            registry=Path(registry).absolute() if registry else default_registry(),
            warehouse=environment.get("NIANBAO_WAREHOUSE", f"sqlite:///{data}/warehouse.sqlite"),
        )

    @property
    def captures(self) -> Path:
        """WARC files and their index."""
        return self.data / "captures"

    @property
    def exports(self) -> Path:
        """A folder for what leaves the house."""
        return self.data / "exports"

    def stage(self, name: str, cell: Cell) -> Path:
        """The file between two stages, one per cell."""
        return self.data / "stages" / name / cell.region / f"{cell.year}.jsonl"
