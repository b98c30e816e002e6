"""Where this machine keeps what: data folder, registry, warehouse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pydantic import JsonValue

from crawlers.registry import default_registry
from pipeline.errors import NianbaoError


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
    crawl_settings: Mapping[str, JsonValue] = field(default_factory=dict)
    """Scrapy settings over those of `crawlers.settings`; real hosts allow no ruder ones."""
    agencies: Path | None = None
    """File of decisions about agencies; null: the packaged one."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Places:
        """From `NIANBAO_DATA`, `_REGISTRY`, `_WAREHOUSE`, `_CRAWL_SETTINGS`, or their defaults.

        The default warehouse lies in the data folder, the default registry in the package. The
        crawl settings are a JSON object, such as `{"DOWNLOAD_DELAY": 0}` for the practice province.
        """
        data = Path(environment.get("NIANBAO_DATA", "data")).absolute()
        registry = environment.get("NIANBAO_REGISTRY")
        agencies = environment.get("NIANBAO_AGENCIES")
        return cls(
            data=data,
            registry=Path(registry).absolute() if registry else default_registry(),
            warehouse=environment.get("NIANBAO_WAREHOUSE", f"sqlite:///{data}/warehouse.sqlite"),
            crawl_settings=_settings(environment.get("NIANBAO_CRAWL_SETTINGS", "{}")),
            agencies=Path(agencies).absolute() if agencies else None,
        )

    @property
    def practice(self) -> Path:
        """What the practice province writes; the folder is there once it was crawled."""
        return self.data / "practice"

    def keep_apart(self) -> None:
        """Refuse to crawl real sites into a folder of the practice province.

        Raises:
            NianbaoError: invented reports would stand among real ones, of the same agencies even.
        """
        if self.registry.resolve() == default_registry().resolve() and self.practice.exists():
            raise NianbaoError(
                f"{self.data} holds the practice province, whose reports are invented: give real "
                "sites a folder of their own, such as NIANBAO_DATA=$HOME/nianbao-data"
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


def _settings(text: str) -> dict[str, JsonValue]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NianbaoError(
            f"NIANBAO_CRAWL_SETTINGS is {text!r}; expected a JSON object of Scrapy settings, such "
            'as {"DOWNLOAD_DELAY": 3}'
        )
    return found
